"""Values for store tests: one small programme, recaps with every kind of line."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from copilot.domain import (
    ActionItem,
    Advice,
    AdviceSide,
    Conflict,
    ConflictKind,
    Goal,
    MentorProfile,
    Note,
    Person,
    Provenance,
    Recap,
    Role,
    Session,
    Speaker,
    Status,
    SummaryPoint,
    Usage,
    pair_key,
)
from copilot.store import Unit

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LATE = datetime(2026, 2, 28, 23, 30, tzinfo=timezone(-timedelta(hours=3)))
"""Already March in UTC, still 28 February where the call was."""

ANA = Person(id="ana", name="Ana Lírio", roles=frozenset({Role.MENTEE}), timezone="America/Sao_Paulo")
BEN = Person(
    id="ben",
    name="Ben O'Hara",
    roles=frozenset({Role.MENTOR, Role.MENTEE}),
    timezone="Europe/Dublin",
    languages=("en", "ga"),
    background="Ran a bakery.",
    career_stage="senior",
    industry="food",
    email="ben@example.org",
)
CHO = Person(id="cho", name="조은", roles=frozenset({Role.MENTOR}), timezone="Asia/Seoul", active=False)
PROFILE = MentorProfile(
    person="ben",
    headline="Baker turned analyst",
    bio="Ask me about pricing.\nI cannot help with visas.",
    expertise=("pricing", "sql"),
    industry="food",
    years_experience=12,
    capacity_minutes=90,
    formats=("video",),
    career_stage_served=("entry", "mid"),
)
GOAL = Goal(id="g1", mentee="ana", text="get a beter job", specific=False, better="An analyst job by June.")
FIRST = Session(
    id="s1",
    mentor="ben",
    mentee="ana",
    goal="g1",
    planned_minutes=30,
    started_at=LATE,
    transcript_file="s1.vtt",
    speakers={"Ben": Speaker.MENTOR, "Ana L.": Speaker.MENTEE},
)
SECOND = Session(
    id="s2", mentor="cho", mentee="ana", goal=None, planned_minutes=45, started_at=NOW + timedelta(days=1)
)


def people(unit: Unit) -> None:
    """Two mentors, one mentee, one goal, two sessions."""
    for person in (ANA, BEN, CHO):
        unit.people.put(person)
    unit.profiles.put(PROFILE)
    unit.goals.put(GOAL)
    for session in (FIRST, SECOND):
        unit.sessions.put(session)


def provenance(input: str = "sha256:1") -> Provenance:
    usage = Usage(calls=2, prompt_tokens=900, completion_tokens=80, cost=0.0123, seconds=1.5)
    return Provenance(engine="llm", model="m", input=input, thresholds="t", prompt="recap@1", usage=usage)


def advice(id: str, quote: str) -> Advice:
    return Advice(
        id=id,
        quote=quote,
        turns=(3, 4),
        at="00:03:12",
        text=f"Do: {quote}",
        topic="pricing",
        condition="if new",
        confidence=0.8125,
    )


def recap(session: str = "s1", *lines: Advice, input: str = "sha256:1") -> Recap:
    """A generated draft with every kind of line in it."""
    task = ActionItem(
        quote="I'll send it by Friday",
        turns=(9,),
        owner=Speaker.MENTOR,
        task="Send the sheet",
        due=date(2026, 3, 6),
        due_said="by Friday",
        at="00:09:00",
        id=f"{session}-t1",
    )
    note = Note(quote="so we stay", turns=(5,), text="Stay.", at=None)
    return Recap(
        session=session,
        status=Status.DRAFT,
        coverage=0.75,
        summary=(SummaryPoint(text="They met.", turns=(0, 1)), SummaryPoint(text="They left.", turns=(8,))),
        advice=lines or (advice(f"{session}-a1", "Raise your price — now."),),
        actions=(task, replace(task, id=f"{session}-t2", owner=None, due=None, due_said=None, at=None)),
        decisions=(note,),
        questions=(replace(note, text="Which?"), replace(note, text="When?", at="00:01:00")),
        opportunities=(replace(note, text="A fair in May."),),
        thanks="Thank you, Ben.",
        unsupported=2,
        provenance=provenance(input),
        notices=("One window was skipped.",),
    )


def approve(unit: Unit, *recaps: Recap) -> None:
    for one in recaps:
        stored = unit.recaps.add(one)
        unit.recaps.approve(stored.session, stored.version, "ben", NOW)


def conflict(a: AdviceSide, b: AdviceSide, confidence: float = 0.9) -> Conflict:
    return Conflict(
        id=pair_key(a.advice, b.advice),
        mentee=a.mentee,
        a=a,
        b=b,
        verdict="conflict",
        kind=ConflictKind.DIRECT,
        severity=2,
        confidence=confidence,
        when_a="When new.",
        when_b="When known.",
        settle="Which is it?",
    )
