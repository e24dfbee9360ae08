"""Matching: candidates by the index, then the ranking of `copilot.matching` over what SQL says of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from copilot.domain import MatchQuery, MatchResult, Person, SessionState
from copilot.errors import BadInput
from copilot.matching import Candidate, Lexicon, check_query, profile_passages, profile_text, shortlist
from copilot.matching import match as rank
from copilot.text import is_text
from copilot.thresholds import MATCHING
from copilot.workflow.passage_rows import ASIDE, KIND

if TYPE_CHECKING:
    from copilot.ports import Vectors
    from copilot.store import Unit
    from copilot.workflow.parts import Parts


@dataclass(frozen=True, slots=True)
class _Month:
    start: datetime
    end: datetime


def match(parts: Parts, query: MatchQuery) -> MatchResult:
    """Rank mentors for a request. A trouble with the index is healed and told in `note`.

    Raises BadInput for an unusable query or an empty programme, NotFound for an unknown mentee.
    """
    check_query(query)
    if not is_text(query.text):
        raise BadInput("The request holds a NUL character or half of one.", "Remove it and try again.")
    with parts.store.read(parts.programme) as unit:
        mentee = unit.people.get(query.mentee) if query.mentee is not None else None
        if not unit.profiles.some(1):
            raise BadInput("This programme has no mentors yet.", "Run: mentor-copilot import FOLDER")
        lexicon = Lexicon.of(
            profile_text(profile) for profile in unit.profiles.some(MATCHING.lexicon_profiles)
        )
    vector = parts.embedder.embed([query.text])[0]
    hits = parts.index.search(vector, MATCHING.passages_searched)
    notice = parts.index.take_notice()
    now = parts.clock.now()
    with parts.store.read(parts.programme) as unit:
        chosen = shortlist(hits, unit.passages.owners([id for id, _ in hits]), MATCHING.mentors_ranked)
        candidates = _candidates(unit, chosen, parts.embedder.name, mentee, now)
    result = rank(query, candidates, vector, lexicon=lexicon, now=now, mentee=mentee)
    note = " ".join(line for line in (result.note, notice) if line)
    return replace(result, note=note or None)


def _candidates(
    unit: Unit, chosen: Sequence[str], embedder: str, mentee: Person | None, now: datetime
) -> list[Candidate]:
    """Of those mentors who are still there, each with this month's load in the mentor's own zone."""
    passages = {id: profile_passages(unit.profiles.get(id)) for id in chosen}
    ids = [passage.id for own in passages.values() for passage in own]
    found = unit.vectors.get_many(KIND, embedder, ids) | unit.vectors.get_many(ASIDE, embedder, ids)
    stored = {id: vector for id, (_, vector) in found.items()}
    out = []
    for id, own in passages.items():
        known = tuple(passage for passage in own if passage.id in stored)
        if not known:
            continue
        person = unit.people.get(id)
        month = _month(now, person.timezone)
        out.append(
            Candidate(
                person=person,
                profile=unit.profiles.get(id),
                passages=known,
                vectors=_stacked(stored, [passage.id for passage in known]),
                promised_minutes=unit.sessions.promised_minutes(id, month.start, month.end),
                past_sessions=_met(unit, id, mentee),
            )
        )
    return out


def _stacked(stored: Mapping[str, Vectors], ids: Sequence[str]) -> Vectors:
    import numpy as np

    return np.stack([stored[id] for id in ids])


def _met(unit: Unit, mentor: str, mentee: Person | None) -> int:
    if mentee is None:
        return 0
    return len(unit.sessions.all(mentor=mentor, mentee=mentee.id, state=SessionState.HELD))


def _month(now: datetime, zone: str) -> _Month:
    """The calendar month around `now` in an IANA zone."""
    local = now.astimezone(ZoneInfo(zone))
    start = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    later = (start.year + 1, 1) if start.month == 12 else (start.year, start.month + 1)
    return _Month(start, start.replace(year=later[0], month=later[1]))
