"""People, goals, sessions and transcripts come back as they went in, on both databases."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import SQLAlchemyError
from store_values import ANA, BEN, CHO, FIRST, GOAL, LATE, NOW, PROFILE, SECOND, people

from copilot.domain import Goal, Role, SessionState, Speaker, Transcript, Turn
from copilot.errors import BadInput, NotFound
from copilot.store import Store

TURNS = (
    Turn(index=0, speaker=Speaker.MENTOR, label="Ben", text="Olá — “hi”. 👋", start=0.0, end=2.125),
    Turn(index=1, speaker=Speaker.MENTEE, label="", text="Hm.", start=None, end=None),
)
READ = Transcript(format="vtt", raw_hash="sha256:a", turns=TURNS, inferred=True, notices=("Guessed.",))


def test_people_and_profiles_come_back(store: Store) -> None:
    with store.write("p") as unit:
        people(unit)
    with store.read("p") as unit:
        assert unit.people.all() == [ANA, BEN, CHO]
        assert unit.people.all(Role.MENTOR) == [BEN, CHO]
        assert unit.people.find("ben") == unit.people.get("ben") == BEN
        assert unit.profiles.all() == [PROFILE]
        assert unit.profiles.get("ben") == PROFILE
        assert unit.goals.of_mentee("ana") == [GOAL]
        assert unit.people.find("nobody") is None
        for missing in (
            lambda: unit.people.get("nobody"),
            lambda: unit.profiles.get("ana"),
            lambda: unit.goals.get("nothing"),
            lambda: unit.sessions.get("none"),
        ):
            with pytest.raises(NotFound):
                missing()


def test_putting_again_replaces(store: Store) -> None:
    with store.write("p") as unit:
        people(unit)
        unit.people.put(replace(BEN, name="Ben", roles=frozenset({Role.ADMIN}), languages=()))
        unit.profiles.put(replace(PROFILE, capacity_minutes=None, years_experience=0))
        unit.goals.put(Goal(id="g1", mentee="ana", text="another"))
    with store.read("p") as unit:
        assert unit.people.get("ben") == replace(BEN, name="Ben", roles=frozenset({Role.ADMIN}), languages=())
        assert unit.profiles.get("ben") == replace(PROFILE, capacity_minutes=None, years_experience=0)
        assert unit.goals.get("g1") == Goal(id="g1", mentee="ana", text="another")


def test_programmes_do_not_see_each_other(store: Store) -> None:
    with store.write("one") as unit:
        people(unit)
    with store.write("two") as unit:
        unit.people.put(replace(ANA, name="Another Ana"))
    with store.read("two") as unit:
        assert [person.name for person in unit.people.all()] == ["Another Ana"]
        assert unit.sessions.all() == []
        assert unit.goals.find("g1") is None
    with store.read("three") as unit:
        assert unit.people.all() == []
    assert store.programmes() == ["one", "two"]


def test_a_session_keeps_the_local_time_of_the_call(store: Store) -> None:
    with store.write("p") as unit:
        people(unit)
    with store.read("p") as unit:
        found = unit.sessions.get("s1")
        assert found == FIRST
        assert found.started_at is not None
        assert found.started_at.utcoffset() == LATE.utcoffset()
        assert found.started_at.date().isoformat() == "2026-02-28"


def test_sessions_are_listed_by_who_and_what(store: Store) -> None:
    later = replace(SECOND, id="s3", started_at=None, state=SessionState.REQUESTED)
    with store.write("p") as unit:
        people(unit)
        unit.sessions.put(later)
    with store.read("p") as unit:
        assert [one.id for one in unit.sessions.all()] == ["s1", "s2", "s3"]
        assert [one.id for one in unit.sessions.all(mentor="cho")] == ["s2", "s3"]
        assert [one.id for one in unit.sessions.all(mentee="ana", state=SessionState.HELD)] == ["s1", "s2"]
        assert unit.sessions.all(mentee="ben") == []


def test_promised_minutes_count_accepted_and_held_sessions_of_the_interval(store: Store) -> None:
    march, april = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)
    with store.write("p") as unit:
        people(unit)
        for number, (state, moment) in enumerate(
            [
                (SessionState.ACCEPTED, march),
                (SessionState.HELD, april - timedelta(seconds=1)),
                (SessionState.REQUESTED, NOW),
                (SessionState.CANCELLED, NOW),
                (SessionState.HELD, april),
                (SessionState.HELD, march - timedelta(seconds=1)),
                (SessionState.ACCEPTED, None),
            ]
        ):
            unit.sessions.put(
                replace(SECOND, id=f"x{number}", planned_minutes=20, state=state, started_at=moment)
            )
    with store.read("p") as unit:
        assert unit.sessions.promised_minutes("cho", march, april) == 45 + 20 + 20
        assert unit.sessions.promised_minutes_by_mentor(march, april) == {"cho": 85, "ben": 30}
        assert unit.sessions.promised_minutes("ana", march, april) == 0


def test_a_session_needs_its_people(store: Store) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"), store.write("p") as unit:
        unit.people.put(ANA)
        unit.sessions.put(FIRST)
    assert store.programmes() == []


def test_a_transcript_comes_back_and_is_stored_once(store: Store) -> None:
    with store.write("p") as unit:
        people(unit)
        assert unit.transcripts.put("s1", READ, b"raw \x00 bytes", "s1.vtt") is True
        assert unit.transcripts.put("s1", READ, b"raw \x00 bytes", "s1.vtt") is False
    with store.read("p") as unit:
        assert unit.transcripts.latest("s1") == READ
        assert unit.transcripts.raw("s1") == b"raw \x00 bytes"
        assert unit.transcripts.latest("s2") is None
        with pytest.raises(NotFound):
            unit.transcripts.raw("s2")


def test_the_latest_file_of_a_session_is_in_force_and_none_is_lost(store: Store) -> None:
    other = replace(READ, raw_hash="sha256:b", turns=TURNS[:1])
    with store.write("p") as unit:
        people(unit)
        unit.transcripts.put("s1", READ, b"a", "a.vtt")
        assert unit.transcripts.put("s1", other, b"b", "b.vtt") is True
        assert unit.transcripts.latest("s1") == other
        assert unit.transcripts.raw("s1") == b"b"
        assert unit.transcripts.put("s1", READ, b"a", "a.vtt") is True, "the earlier file given again"
        assert unit.transcripts.latest("s1") == READ
        assert unit.transcripts.raw("s1") == b"a"


def test_the_same_file_read_with_other_speakers_gets_new_turns(store: Store) -> None:
    swapped = replace(READ, turns=tuple(replace(one, speaker=Speaker.OTHER) for one in TURNS), inferred=False)
    with store.write("p") as unit:
        people(unit)
        unit.transcripts.put("s1", READ, b"a", "a.vtt")
        assert unit.transcripts.put("s1", swapped, b"something else", "a.vtt") is True
        assert unit.transcripts.latest("s1") == swapped
        assert unit.transcripts.raw("s1") == b"a", "raw bytes never change"


@pytest.mark.parametrize("text", ["half \ud83d", "nul \x00"])
def test_text_that_one_database_would_refuse_is_refused_by_both(store: Store, text: str) -> None:
    with pytest.raises(BadInput), store.write("p") as unit:
        unit.people.put(replace(ANA, name=text))
    with pytest.raises(BadInput), store.write("p") as unit:
        unit.people.put(replace(ANA, languages=(text,)))
    assert store.programmes() == []


def test_reading_changes_nothing(store: Store) -> None:
    with store.write("p") as unit:
        unit.people.put(ANA)
    # PostgreSQL says no; SQLite lets it happen and takes it back.
    with suppress(SQLAlchemyError), store.read("p") as unit:
        unit.people.put(replace(ANA, name="changed"))
    with store.read("p") as unit:
        assert unit.people.all() == [ANA]


def test_an_error_in_a_unit_undoes_all_of_it(store: Store) -> None:
    with store.write("p") as unit:
        unit.people.put(ANA)
    with pytest.raises(RuntimeError), store.write("p") as unit:
        unit.people.put(BEN)
        unit.people.put(replace(ANA, name="changed"))
        raise RuntimeError
    with store.read("p") as unit:
        assert unit.people.all() == [ANA]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40), st.lists(st.text(max_size=5), max_size=3))
def test_any_text_comes_back_or_is_refused(store: Store, text: str, items: list[str]) -> None:
    wanted = replace(ANA, background=text, languages=tuple(items))
    whole = text + "".join(items)
    try:
        with store.write("p") as unit:
            unit.people.put(wanted)
    except BadInput:
        barred = "\x00" in whole or any("\ud800" <= letter <= "\udfff" for letter in whole)
        assert barred
        return
    with store.read("p") as unit:
        assert unit.people.get("ana") == wanted
