"""Agendas: what earlier sessions left open is gathered, an engine plans, code makes minutes add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from copilot.agenda import build_agenda
from copilot.conflicts.wording import brief
from copilot.domain import (
    ActionState,
    Agenda,
    AgendaRequest,
    Disagreement,
    MentorProfile,
    OpenAction,
    Person,
    Recap,
    Session,
    Speaker,
    Triage,
)
from copilot.errors import BadInput

if TYPE_CHECKING:
    from copilot.store import Unit
    from copilot.workflow.parts import Parts

EARLIER_POINTS = 12
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
UNSETTLED = (Triage.OPEN, Triage.CONFIRMED)
UNFINISHED = (ActionState.OPEN, ActionState.STUCK, ActionState.CHANGED)


def agenda_for_session(parts: Parts, session_id: str) -> tuple[Agenda, Session, Person, Person]:
    """Plan a stored session and keep the agenda; gives the session, its mentor and its mentee too."""
    with parts.store.read(parts.programme) as unit:
        session = unit.sessions.get(session_id)
        mentor, mentee = unit.people.get(session.mentor), unit.people.get(session.mentee)
        goal = unit.goals.find(session.goal) if session.goal else None
        if goal is None:
            raise BadInput(
                f"Session {session_id} has no goal.",
                "Give one: mentor-copilot agenda --goal TEXT --mentor ID --minutes N",
            )
        request = _request(
            goal.better or goal.text, session.planned_minutes, mentor, unit.profiles.find(mentor.id)
        )
        request = _with_history(unit, request, mentee, session)
    agenda = build_agenda(request, parts.engine, session=session_id)
    with parts.store.write(parts.programme) as unit:
        agenda = unit.agendas.add(agenda)
    return agenda, session, mentor, mentee


def agenda_for_goal(
    parts: Parts, goal: str, mentor_id: str, minutes: int, mentee_id: str | None = None
) -> Agenda:
    """Plan a conversation that is not booked yet; nothing is kept."""
    with parts.store.read(parts.programme) as unit:
        mentor = unit.people.get(mentor_id)
        request = _request(goal, minutes, mentor, unit.profiles.find(mentor_id))
        if mentee_id is not None:
            request = _with_history(unit, request, unit.people.get(mentee_id), None)
    return build_agenda(request, parts.engine, session=None)


def _request(goal: str, minutes: int, mentor: Person, profile: MentorProfile | None) -> AgendaRequest:
    return AgendaRequest(
        goal=goal,
        minutes=minutes,
        mentor_name=mentor.name,
        mentor_headline=profile.headline if profile else "",
        mentor_expertise=profile.expertise if profile else (),
    )


def _with_history(
    unit: Unit, request: AgendaRequest, mentee: Person, session: Session | None
) -> AgendaRequest:
    """Adds this mentee's own approved past: only sessions before the one that is planned."""
    past = _approved_before(unit, mentee.id, session)
    earlier_ids = {recap.session for recap in past}
    actions = [
        OpenAction(
            task=item.task,
            owner=_owner(unit, item.owner, session_id, mentee),
            due=item.due,
            session=session_id,
        )
        for item, session_id in unit.actions.of_mentee(mentee.id, UNFINISHED)
        if session_id in earlier_ids
    ]
    return replace(
        request,
        mentee_name=mentee.name,
        mentee_background=mentee.background,
        open_actions=tuple(actions),
        disagreements=_unsettled(unit, mentee.id, earlier_ids),
        earlier=tuple(point.text for recap in past for point in recap.summary)[:EARLIER_POINTS],
        open_questions=tuple(note.text for recap in past for note in recap.questions),
    )


def _owner(unit: Unit, owner: Speaker | None, session_id: str, mentee: Person) -> str | None:
    """By name: with several mentors, "the mentor" would not say who."""
    if owner is Speaker.MENTOR:
        return unit.people.get(unit.sessions.get(session_id).mentor).name
    return mentee.name if owner is Speaker.MENTEE else None


def _approved_before(unit: Unit, mentee: str, session: Session | None) -> list[Recap]:
    """Approved recaps of the mentee, newest session first."""
    before = session.started_at if session and session.started_at else None
    held = [
        s
        for s in unit.sessions.all(mentee=mentee)
        if (session is None or s.id != session.id)
        and (before is None or (s.started_at is not None and s.started_at < before))
    ]
    held.sort(key=lambda s: (s.started_at or _LONG_AGO, s.id), reverse=True)
    recaps = (unit.recaps.approved(s.id) for s in held)
    return [recap for recap in recaps if recap is not None]


def _unsettled(unit: Unit, mentee: str, sessions: set[str]) -> tuple[Disagreement, ...]:
    found = [
        c
        for c in unit.conflicts.of_mentee(mentee)
        if c.status in UNSETTLED and c.a.session in sessions and c.b.session in sessions
    ]
    found.sort(key=lambda c: (-c.severity, -c.confidence, c.id))
    return tuple(Disagreement(topic=c.a.topic or c.b.topic or brief(c.a.text), ask=c.settle) for c in found)
