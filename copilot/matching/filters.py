"""Hard filters: who could take this session at all."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from copilot.domain import MatchQuery, Person
from copilot.matching.candidates import Candidate
from copilot.matching.languages import Wanted, name_of
from copilot.thresholds import MATCHING


def overlap_hours(one: str, other: str, now: datetime) -> float | None:
    """Hours a day in which both zones are awake (MATCHING.wakes_at to sleeps_at); None = zone unknown."""
    offsets = []
    for zone in (one, other):
        try:
            offset = now.astimezone(ZoneInfo(zone)).utcoffset()
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return None
        if offset is None:
            return None
        offsets.append(offset.total_seconds() / 3600)
    awake = MATCHING.sleeps_at - MATCHING.wakes_at
    apart = abs(offsets[0] - offsets[1]) % 24
    # Two arcs of a 24-hour circle may meet at both ends.
    return round(max(0.0, awake - apart) + max(0.0, awake - (24 - apart)), 2)


def obstacle(
    candidate: Candidate, query: MatchQuery, mentee: Person | None, wanted: Wanted, now: datetime
) -> str | None:
    """Why this mentor cannot take the session, as words after the name; None when nothing is in the way."""
    person = candidate.person
    free = candidate.free_minutes
    if not person.active:
        return "is not taking part at present"
    if free is not None and free < query.minutes:
        left = "no minutes" if free == 0 else f"only {free} minutes"
        return f"has {left} free this month ({query.minutes} asked)"
    if wanted.required and person.languages and not set(person.languages) & set(wanted.required):
        return f"does not list {' or '.join(name_of(code) for code in wanted.required)}"
    if mentee is not None:
        hours = overlap_hours(person.timezone, mentee.timezone, now)
        if hours is not None and hours < MATCHING.overlap_hours_min:
            return f"shares only {hours:g} waking hours a day"
    return None
