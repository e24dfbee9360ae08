"""Recap and agenda versions, approval, and what approved recaps feed, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from store_values import NOW, advice, approve, people, provenance, recap

from copilot.domain import (
    ActionState,
    AdviceSide,
    Agenda,
    AgendaItem,
    Disagreement,
    Status,
)
from copilot.errors import NotFound, StaleVersion
from copilot.store import Store, open_store

AGENDA = Agenda(
    session="s2",
    minutes=30,
    goal="Find a job",
    items=(
        AgendaItem(title="Open", minutes=5, purpose="Say hello", prompts=("Hi?", "How?")),
        AgendaItem(title="Work", minutes=25, purpose="Do it"),
    ),
    questions=("Why?", "When?"),
    prework=("Read.",),
    done_when="It is done.",
    open_actions=("Send the sheet",),
    disagreements=(Disagreement(topic="price", ask="Which?"),),
    provenance=provenance(),
)


@pytest.fixture
def filled(store: Store) -> Store:
    with store.write("p") as unit:
        people(unit)
    return store


def test_a_recap_comes_back_as_a_draft(filled: Store) -> None:
    wanted = recap()
    with filled.write("p") as unit:
        assert unit.recaps.add(replace(wanted, status=Status.APPROVED, version=7)) == wanted
    with filled.read("p") as unit:
        assert unit.recaps.latest("s1") == unit.recaps.version("s1", 1) == wanted
        assert unit.recaps.approved("s1") is None
        assert unit.recaps.latest("s2") is None
        with pytest.raises(NotFound):
            unit.recaps.version("s1", 2)


def test_the_same_thinking_is_stored_once(filled: Store) -> None:
    with filled.write("p") as unit:
        first = unit.recaps.add(recap())
        again = unit.recaps.add(replace(recap(), thanks="another wording of the same thought"))
        assert again == first
        other = unit.recaps.add(recap(input="sha256:2"))
        assert other.version == 2
        assert unit.recaps.add(recap()).version == 1, "the earlier one, although there is a later version"
        assert unit.recaps.add(recap(), editor="ana").version == 3, "a person's wording is always new"


def test_a_recap_of_no_session_is_not_found(filled: Store) -> None:
    with pytest.raises(NotFound), filled.write("p") as unit:
        unit.recaps.add(recap("s9"))


def test_actions_without_an_id_get_one_that_lasts(filled: Store) -> None:
    nameless = replace(recap(), actions=tuple(replace(one, id="") for one in recap().actions))
    with filled.write("p") as unit:
        first = unit.recaps.add(nameless)
        ids = [one.id for one in first.actions]
        assert len(set(ids)) == 2
        assert all(ids)
        second = unit.recaps.edit("s1", 1, replace(nameless, thanks="Thanks!"), "ana")
        assert [one.id for one in second.actions] == ids


def test_an_edit_makes_the_next_version_and_a_stale_one_is_refused_with_both_texts(filled: Store) -> None:
    with filled.write("p") as unit:
        draft = unit.recaps.add(recap())
        approved = unit.recaps.approve("s1", 1, "ben", NOW)
        edited = unit.recaps.edit("s1", 1, replace(approved, thanks="Obrigada!"), "ana")
        assert edited == replace(draft, thanks="Obrigada!", version=2)
        assert unit.recaps.approved("s1") == approved, "the approved words stand until others are approved"
    with pytest.raises(StaleVersion) as caught, filled.write("p") as unit:
        unit.recaps.edit("s1", 1, replace(draft, thanks="Danke!"), "ben")
    assert "Danke!" in caught.value.yours
    assert "Obrigada!" in caught.value.latest
    with filled.read("p") as unit:
        assert unit.recaps.latest("s1") == edited
    with pytest.raises(NotFound), filled.write("p") as unit:
        unit.recaps.edit("s2", 0, draft, "ben")


def test_approval_binds_to_one_version(filled: Store) -> None:
    with filled.write("p") as unit:
        unit.recaps.add(recap())
        unit.recaps.add(recap(input="sha256:2"))
        with pytest.raises(StaleVersion):
            unit.recaps.approve("s1", 1, "ben", NOW)
        with pytest.raises(NotFound):
            unit.recaps.approve("s1", 3, "ben", NOW)
        second = unit.recaps.approve("s1", 2, "ben", NOW)
        assert second.status is Status.APPROVED
        assert second.version == 2
        unit.recaps.edit("s1", 2, second, "ana")
        assert unit.recaps.approve("s1", 2, "ana", NOW) == second, "approved already: nothing happens"
        third = unit.recaps.approve("s1", 3, "ben", NOW + timedelta(days=1))
        assert unit.recaps.approved("s1") == third
        assert unit.recaps.version("s1", 2).status is Status.DRAFT


def test_only_approved_advice_is_in_the_ledger(filled: Store) -> None:
    with filled.write("p") as unit:
        unit.recaps.add(recap("s2"))
        assert unit.advice.of_mentee("ana") == []
        assert unit.advice.all_mentees() == []
        approve(unit, recap("s1", advice("a1", "Wait."), advice("a2", "Ask.")), recap("s2"))
        unit.recaps.edit("s1", 1, recap("s1", advice("a3", "An unapproved word.")), "ben")
    with filled.read("p") as unit:
        found = unit.advice.of_mentee("ana")
        assert [side.advice for side in found] == ["a1", "a2", "s2-a1"]
        assert found[0] == AdviceSide(
            advice="a1",
            session="s1",
            mentor="ben",
            mentee="ana",
            quote="Wait.",
            text="Do: Wait.",
            topic="pricing",
            condition="if new",
            said_on=date(2026, 2, 28),
        )
        assert unit.advice.all_mentees() == ["ana"]
        assert unit.advice.of_mentee("ben") == []
    with filled.read("other") as unit:
        assert unit.advice.of_mentee("ana") == []


def test_what_a_person_says_about_an_action_outlives_versions(filled: Store) -> None:
    with filled.write("p") as unit:
        unit.recaps.add(recap())
        assert unit.actions.of_mentee("ana") == []
        unit.recaps.approve("s1", 1, "ben", NOW)
        unit.actions.set_state("s1-t1", ActionState.DONE)
        with pytest.raises(NotFound):
            unit.actions.set_state("none", ActionState.DONE)
    with filled.write("p") as unit:
        listed = unit.actions.of_mentee("ana")
        assert [(one.id, one.state, said_in) for one, said_in in listed] == [
            ("s1-t1", ActionState.DONE, "s1"),
            ("s1-t2", ActionState.OPEN, "s1"),
        ]
        assert listed[0][0] == replace(recap().actions[0], state=ActionState.DONE)
        assert [one.id for one, _ in unit.actions.of_mentee("ana", {ActionState.OPEN})] == ["s1-t2"]
        assert unit.actions.of_mentee("ana", ()) == []
        approve(unit, recap(input="sha256:2"))
        assert [one.state for one, _ in unit.actions.of_mentee("ana")] == [
            ActionState.DONE,
            ActionState.OPEN,
        ]


def test_agendas_have_versions(filled: Store) -> None:
    with filled.write("p") as unit:
        assert unit.agendas.add(AGENDA) == AGENDA
        assert unit.agendas.add(AGENDA).version == 1, "same input, same row"
        other = replace(AGENDA, provenance=provenance("sha256:2"), minutes=45)
        assert unit.agendas.add(other) == replace(other, version=2)
        assert unit.agendas.add(AGENDA, editor="ana").version == 3
        with pytest.raises(NotFound):
            unit.agendas.add(replace(AGENDA, session=None))
    with filled.read("p") as unit:
        assert unit.agendas.version("s2", 2).minutes == 45
        assert unit.agendas.latest("s2") == replace(AGENDA, version=3)
        assert unit.agendas.latest("s1") is None
        with pytest.raises(NotFound):
            unit.agendas.version("s2", 4)


def test_many_writers_make_no_gap_and_no_double(filled: Store, database_url: str) -> None:
    def add(number: int) -> int:
        own = open_store(database_url)
        try:
            with own.write("p") as unit:
                return unit.recaps.add(recap(input=f"sha256:{number}"), editor="ana").version
        finally:
            own.close()

    with ThreadPoolExecutor(8) as pool:
        versions = list(pool.map(add, range(24)))
    assert sorted(versions) == list(range(1, 25))


def test_two_processes_with_the_same_thought_store_it_once(filled: Store, database_url: str) -> None:
    def add(_: int) -> int:
        own = open_store(database_url)
        try:
            with own.write("p") as unit:
                return unit.recaps.add(recap()).version
        finally:
            own.close()

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(add, range(16))) == {1}
