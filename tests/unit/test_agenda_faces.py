"""Agendas as Markdown and as calendar entries."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from markdown_it import MarkdownIt

from copilot.agenda import agenda_to_ics, agenda_to_markdown
from copilot.domain import Agenda, AgendaItem, Disagreement, Provenance
from copilot.errors import BadInput

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
START = datetime(2026, 3, 30, 10, 0, tzinfo=ZoneInfo("Europe/Lisbon"))
AGENDA = Agenda(
    session="ts1",
    minutes=30,
    goal="Ask for a raise; then, rest",
    items=(
        AgendaItem(title="Start", minutes=5, purpose="Where it stands.", prompts=("What is new?",)),
        AgendaItem(
            title="Rehearse", minutes=20, purpose="Said aloud.", prompts=("First, the figure; then why",)
        ),
        AgendaItem(title="Agree the next steps", minutes=5, purpose="", prompts=("Who, by when?",)),
    ),
    questions=("Which figure?",),
    prework=("Note three results.",),
    done_when="I leave with a figure.",
    open_actions=("Send CV (mentee, due 2026-03-06)",),
    disagreements=(Disagreement(topic="first number", ask="Who names it first?"),),
    provenance=Provenance(engine="local", model="m", input="sha256:0", thresholds="t"),
)


def event(text: str):  # type: ignore[no-untyped-def]
    (found,) = Calendar.from_ical(text).walk("VEVENT")
    return found


def ics(agenda: Agenda = AGENDA, starts_at: datetime | None = START, mentor: str = "Ana Reis") -> str:
    return agenda_to_ics(agenda, starts_at=starts_at, now=NOW, mentor_name=mentor, mentee_name="Leo")


def test_a_calendar_entry_can_be_read_back() -> None:
    found = event(ics())
    assert found.decoded("dtstart") == START
    assert found["dtstart"].params["TZID"] == "Europe/Lisbon"
    assert found.decoded("duration") == timedelta(minutes=30)
    assert found.decoded("dtstamp") == NOW
    assert str(found["summary"]) == "Mentoring: Leo and Ana Reis"
    text = str(found["description"])
    for part in (
        "Ask for a raise; then, rest",
        "5-25 min: Rehearse",
        "First, the figure; then why",
        "Send CV",
        "Which figure?",
    ):
        assert part in text
    assert [str(z["tzid"]) for z in Calendar.from_ical(ics()).walk("VTIMEZONE")] == ["Europe/Lisbon"]


def test_the_uid_is_stable_for_a_session_and_versions_replace_each_other() -> None:
    first = event(ics())
    later = event(ics(replace(AGENDA, version=3, goal="Other words"), START + timedelta(days=1)))
    assert first["uid"] == later["uid"]
    assert later["sequence"] > first["sequence"]
    assert event(ics(replace(AGENDA, session="ts2")))["uid"] != first["uid"]


def test_an_offset_without_a_zone_becomes_utc() -> None:
    start = datetime(2026, 3, 30, 12, 0, tzinfo=timezone(timedelta(hours=2)))
    found = event(ics(starts_at=start))
    assert found.decoded("dtstart") == start
    assert "DTSTART:20260330T100000Z" in ics(starts_at=start)


@pytest.mark.parametrize("start", [None, datetime(2026, 3, 30, 12, 0)])  # noqa: DTZ001
def test_no_start_or_no_zone_is_refused_in_one_line(start: datetime | None) -> None:
    with pytest.raises(BadInput) as refused:
        ics(starts_at=start)
    assert "start" in str(refused.value)
    assert "\n" not in str(refused.value)


@settings(max_examples=80, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_no_text_can_add_a_property_or_an_event(text: str) -> None:
    hostile = f"{text}\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nATTENDEE:mailto:x@y.example"
    agenda = replace(AGENDA, goal=hostile, items=(replace(AGENDA.items[0], title=hostile, minutes=30),))
    found = event(ics(agenda, mentor=hostile))
    assert "attendee" not in found
    assert found.decoded("duration") == timedelta(minutes=30)


def test_markdown_shows_the_clock_and_every_part() -> None:
    text = agenda_to_markdown(AGENDA, mentor_name="Ana Reis", mentee_name="Leo", starts_at=START)
    assert text.startswith("# Agenda: Ask for a raise; then, rest\n")
    for part in (
        "Leo and Ana Reis, Monday 30 March 2026, 10:00, 30 minutes",
        "## 5–25 min · Rehearse",
        "- [ ] Send CV",
    ):
        assert part in text
    assert "\n\n\n" not in text


def test_markdown_leaves_out_empty_parts() -> None:
    text = agenda_to_markdown(replace(AGENDA, open_actions=(), disagreements=(), prework=()))
    assert "Still open" not in text
    assert "mentors differ" not in text
    assert "Before the session" not in text


@settings(max_examples=80, deadline=None)
@given(st.text("#*_`<>[]()!|\\-+1. \nab&~", max_size=40))
def test_markup_in_the_text_of_people_is_only_text(text: str) -> None:
    goal = f"x {text} <b>bold</b> [a](http://x.y) *why*"
    tokens = MarkdownIt("commonmark").parse(
        agenda_to_markdown(replace(AGENDA, goal=goal, done_when=text + " y"))
    )
    inner = {child.type for token in tokens for child in token.children or ()}
    assert not inner & {"html_inline", "link_open", "image", "code_inline"}
    assert "html_block" not in {token.type for token in tokens}
