"""An agenda as an iCalendar event, so that it lies where the session is looked up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from copilot.agenda.build import disagreement_line
from copilot.domain import Agenda
from copilot.domain.plain import plain
from copilot.errors import BadInput
from copilot.text import content_hash

_NAME_MOST = 80
_YEAR = timedelta(days=366)
"""Clock changes are written out for so long on both sides of the session."""


def agenda_to_ics(
    agenda: Agenda, *, starts_at: datetime | None, now: datetime, mentor_name: str, mentee_name: str
) -> str:
    """One VCALENDAR with one VEVENT. A start in an IANA zone keeps it, any other offset becomes UTC.

    The UID stays the same for a session (or, without one, for the same goal and people), so that a new
    version replaces the old entry. Raises BadInput where there is no start, or one without a zone.
    """
    from icalendar import Calendar, Event

    if starts_at is None:
        raise BadInput("A calendar entry needs a start time.", "Give the session a start, then try again.")
    if starts_at.tzinfo is None or starts_at.utcoffset() is None:
        raise BadInput(
            f"The start {starts_at.isoformat()} has no time zone.", "Give it with an offset or a zone."
        )
    start = starts_at if isinstance(starts_at.tzinfo, ZoneInfo) else starts_at.astimezone(UTC)
    event = Event()
    event.add("uid", _uid(agenda, mentor_name, mentee_name))
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", start)
    event.add("duration", timedelta(minutes=agenda.minutes))
    event.add("summary", _summary(mentor_name, mentee_name))
    event.add("description", _description(agenda))
    event.add("sequence", agenda.version - 1)
    event.add("status", "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//Mentoring Copilot//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones(start.date() - _YEAR, start.date() + _YEAR)
    text: bytes = calendar.to_ical()
    return text.decode("utf-8")


def _uid(agenda: Agenda, mentor_name: str, mentee_name: str) -> str:
    parts = ("session", agenda.session) if agenda.session else ("goal", agenda.goal, mentor_name, mentee_name)
    return f"{content_hash(*parts).removeprefix('sha256:')[:32]}@mentor-copilot"


def _summary(mentor_name: str, mentee_name: str) -> str:
    names = [plain(n, _NAME_MOST) for n in (mentee_name, mentor_name)]
    who = " and ".join(n for n in names if n)
    return f"Mentoring: {who}" if who else "Mentoring session"


def _description(agenda: Agenda) -> str:
    lines = [f"Goal: {' '.join(agenda.goal.split())}", ""]
    at = 0
    for item in agenda.items:
        lines.append(f"{at}-{at + item.minutes} min: {item.title}")
        lines += [f"  - {p}" for p in item.prompts]
        at += item.minutes
    blocks = (
        ("Questions to bring", agenda.questions),
        ("Before the session", agenda.prework),
        ("Still open from before", agenda.open_actions),
        ("Where mentors differ", tuple(disagreement_line(d) for d in agenda.disagreements)),
    )
    for title, entries in blocks:
        if entries:
            lines += ["", f"{title}:", *(f"- {e}" for e in entries)]
    lines += ["", f"Done when: {agenda.done_when}"]
    return "\n".join(lines)
