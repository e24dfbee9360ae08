"""Conflicts, triage that lasts, verdicts given once and vectors, on both databases."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_values import LATE, NOW, advice, approve, conflict, people, recap

from copilot.domain import AdviceSide, Conflict, ConflictKind, Label, PairVerdict, Triage
from copilot.errors import NotFound
from copilot.store import Store, Unit
from copilot.store.conflicts import pair_of

VERDICT = PairVerdict(
    label=Label.CONFLICT,
    score=0.87654321,
    kind=ConflictKind.TEMPORAL,
    severity=3,
    when_a="When young.",
    when_b="When old.",
    settle="How old?",
)


def _advise(unit: Unit, input: str = "sha256:1", first: str = "a1", quote: str = "Wait a year.") -> None:
    approve(unit, recap("s1", advice(first, quote), input=input))


@pytest.fixture
def filled(store: Store) -> Store:
    """One pair of approved pieces of advice, `a1` of s1 and `b1` of s2."""
    with store.write("p") as unit:
        people(unit)
        _advise(unit)
        approve(unit, recap("s2", advice("b1", "Leave at once.")))
    return store


def _pair(unit: Unit) -> Conflict:
    first, second = unit.advice.of_mentee("ana")
    return conflict(first, second)


def test_a_conflict_comes_back_open(filled: Store) -> None:
    with filled.write("p") as unit:
        wanted = _pair(unit)
        unit.conflicts.put(replace(wanted, status=Triage.SETTLED))
    with filled.read("p") as unit:
        assert unit.conflicts.get(wanted.id) == wanted
        assert unit.conflicts.of_mentee("ana") == unit.conflicts.all() == [wanted]
        assert unit.conflicts.all(Triage.OPEN) == [wanted]
        assert unit.conflicts.all(Triage.DISMISSED) == []
        assert unit.conflicts.of_mentee("ben") == []
        with pytest.raises(NotFound):
            unit.conflicts.get("none")
        with pytest.raises(NotFound):
            unit.conflicts.triage("none", Triage.DISMISSED, None, "cho", NOW)
    with filled.read("other") as unit:
        assert unit.conflicts.all() == []


def test_what_a_person_decided_is_not_changed_by_putting(filled: Store) -> None:
    with filled.write("p") as unit:
        wanted = _pair(unit)
        unit.conflicts.put(wanted)
        done = unit.conflicts.triage(wanted.id, Triage.DISMISSED, "Different phases.", "cho", NOW)
        assert done == replace(wanted, status=Triage.DISMISSED, reason="Different phases.")
    with filled.write("p") as unit:
        unit.conflicts.put(replace(wanted, confidence=0.5, settle="Another?"))
        assert unit.conflicts.get(wanted.id) == replace(done, confidence=0.5, settle="Another?")
        assert unit.conflicts.all(Triage.OPEN) == []
        unit.conflicts.triage(wanted.id, Triage.OPEN, None, "cho", NOW)
        assert unit.conflicts.get(wanted.id).status is Triage.OPEN


def test_a_dismissed_pair_stays_dismissed_under_new_ids_and_in_the_other_order(filled: Store) -> None:
    with filled.write("p") as unit:
        old = _pair(unit)
        unit.conflicts.put(old)
        unit.conflicts.triage(old.id, Triage.DISMISSED, "Both.", "cho", NOW)
    with filled.write("p") as unit:
        _advise(unit, "sha256:2", first="new-1", quote="wait  a YEAR.")
        assert unit.conflicts.all() == [], "the old words are approved no more"
        first, second = unit.advice.of_mentee("ana")
        new = conflict(second, first)
        assert new.id != old.id
        assert unit.conflicts.decided(new) is Triage.DISMISSED
        unit.conflicts.put(new)
        assert unit.conflicts.all() == [replace(new, status=Triage.DISMISSED, reason="Both.")]
        assert unit.conflicts.all(Triage.OPEN) == []


def test_words_edited_under_an_id_keep_the_decision_and_the_old_words_too(filled: Store) -> None:
    with filled.write("p") as unit:
        old = _pair(unit)
        unit.conflicts.put(old)
        unit.conflicts.triage(old.id, Triage.DISMISSED, None, "cho", NOW)
        _advise(unit, "sha256:2", quote="Wait a whole year.")
        edited = _pair(unit)
        assert edited.id == old.id
        unit.conflicts.put(edited)
        assert unit.conflicts.get(old.id).status is Triage.DISMISSED
        assert unit.conflicts.decided(old) is Triage.DISMISSED


def test_another_pair_is_not_decided(filled: Store) -> None:
    with filled.write("p") as unit:
        old = _pair(unit)
        unit.conflicts.put(old)
        unit.conflicts.triage(old.id, Triage.DISMISSED, None, "cho", NOW)
        other = replace(old, id="x", a=replace(old.a, quote="Wait two years."))
        assert unit.conflicts.decided(other) is None


def test_only_pairs_of_approved_advice_are_shown(filled: Store) -> None:
    with filled.write("p") as unit:
        pair = _pair(unit)
        unit.conflicts.put(pair)
        approve(unit, recap("s2", advice("b2", "Something else."), input="sha256:2"))
        assert unit.conflicts.of_mentee("ana") == []
        with pytest.raises(NotFound):
            unit.conflicts.triage(pair.id, Triage.CONFIRMED, None, "cho", NOW)


SIDES = st.builds(
    AdviceSide,
    advice=st.text(max_size=3),
    session=st.sampled_from(["s1", "s2", "s3"]),
    mentor=st.just("m"),
    mentee=st.just("e"),
    quote=st.text(max_size=12),
    text=st.just("t"),
    said_on=st.just(LATE.date()),
)


@given(SIDES, SIDES)
def test_a_pair_is_the_same_in_either_order_and_case(one: AdviceSide, other: AdviceSide) -> None:
    assert pair_of(conflict(one, other)) == pair_of(conflict(other, one))
    spaced = replace(one, quote=f"  {one.quote} ", advice="another")
    assert pair_of(conflict(spaced, other)) == pair_of(conflict(one, other))
    moved = replace(one, session="s4")
    assert pair_of(conflict(moved, other)) != pair_of(conflict(one, other))


def test_a_pair_is_judged_once_by_each_judge(store: Store) -> None:
    many = {("a", f"k{number}"): replace(VERDICT, score=number / 2000) for number in range(1200)}
    plain = PairVerdict(label=Label.UNRELATED, score=0.0)
    with store.write("p") as unit:
        people(unit)
        unit.verdicts.put_many("ana", many, "one/x")
        unit.verdicts.put_many("ana", {("a", "k7"): plain}, "two/x")
        unit.verdicts.put_many("ana", {("a", "k8"): VERDICT}, "one/x")
        unit.verdicts.put_many("ana", {}, "one/x")
    with store.read("p") as unit:
        assert unit.verdicts.of_mentee("ana", "one/x") == {**many, ("a", "k8"): VERDICT}
        assert unit.verdicts.of_mentee("ana", "two/x") == {("a", "k7"): plain}
        assert unit.verdicts.of_mentee("ben", "one/x") == {}
    with store.read("other") as unit:
        assert unit.verdicts.of_mentee("ana", "one/x") == {}


def test_verdicts_of_an_older_judge_are_let_go(store: Store) -> None:
    with store.write("p") as unit:
        people(unit)
        for judge in ("local/old", "local/new", "llm/m"):
            unit.verdicts.put_many("ana", {("a", "b"): VERDICT}, judge)
        unit.verdicts.forget_others("ana", "local/", keep="local/new")
    with store.read("p") as unit:
        assert not unit.verdicts.of_mentee("ana", "local/old")
        assert unit.verdicts.of_mentee("ana", "local/new") == unit.verdicts.of_mentee("ana", "llm/m")


def test_open_flags_of_an_older_scan_are_let_go_and_decided_ones_stay(filled: Store) -> None:
    with filled.write("p") as unit:
        flag = _pair(unit)
        unit.conflicts.put(flag)
        unit.conflicts.forget_open("ana", keep=[flag.id])
        assert unit.conflicts.of_mentee("ana") == [flag]
        unit.conflicts.triage(flag.id, Triage.CONFIRMED, None, "coordinator", LATE)
        unit.conflicts.forget_open("ana", keep=[])
        assert [c.status for c in unit.conflicts.of_mentee("ana")] == [Triage.CONFIRMED]
        unit.conflicts.triage(flag.id, Triage.OPEN, None, "coordinator", LATE)
        unit.conflicts.forget_open("ben", keep=[])
        assert len(unit.conflicts.of_mentee("ana")) == 1


def test_a_revision_rises_with_every_change_of_its_vectors(store: Store) -> None:
    row = np.ones(3, dtype=np.float32)
    seen = []
    with store.write("p") as unit:
        seen.append(unit.vectors.revision("passage", "e"))
        unit.vectors.put_many("passage", "e", [("v1", "h", row)])
        seen.append(unit.vectors.revision("passage", "e"))
        unit.vectors.put_many("passage", "e", [])
        unit.vectors.put_many("advice", "e", [("v1", "h", row)])
        seen.append(unit.vectors.revision("passage", "e"))
        unit.vectors.delete("passage", ["v1"])
        seen.append(unit.vectors.revision("passage", "e"))
    assert seen == [0, 1, 1, 2]


def test_vectors_come_back_to_the_bit(store: Store) -> None:
    matrix = np.random.default_rng(7).standard_normal((1100, 5)).astype(np.float32)
    ids = [f"v{number:04}" for number in range(1100)]
    with store.write("p") as unit:
        unit.vectors.put_many("passage", "e", zip(ids, ids, matrix, strict=True))
        unit.vectors.put_many("passage", "f", [("v0000", "h", np.ones(3, dtype=">f4"))])
        unit.vectors.put_many("advice", "e", [("v0000", "h", matrix[1])])
    with store.write("p") as unit:
        found, hashes, stored = unit.vectors.all("passage", "e")
        assert (found, hashes) == (ids, ids)
        assert stored.dtype == np.float32
        assert np.array_equal(stored, matrix)
        unit.vectors.put_many("passage", "e", [("v0001", "new", matrix[0])])
        one = unit.vectors.get_many("passage", "e", ["v0001", "none"])
        assert list(one) == ["v0001"]
        assert one["v0001"][0] == "new"
        assert np.array_equal(one["v0001"][1], matrix[0])
        unit.vectors.delete("passage", ids)
    with store.read("p") as unit:
        assert unit.vectors.all("passage", "e")[2].shape == (0, 0)
        assert unit.vectors.all("passage", "f")[0] == []
        assert unit.vectors.all("advice", "e")[0] == ["v0000"], "another kind is left alone"


def test_passages_are_replaced_whole(store: Store) -> None:
    with store.write("p") as unit:
        people(unit)
        unit.passages.replace("ben", [("b-2", "bio", "Second"), ("b-1", "headline", "First")])
        unit.passages.replace("cho", [("c-1", "bio", "Cho")])
        unit.passages.replace("ben", [("b-2", "bio", "Second"), ("b-3", "bio", "Third")])
    with store.read("p") as unit:
        assert unit.passages.of("ben") == [("b-2", "bio", "Second"), ("b-3", "bio", "Third")]
        assert unit.passages.all() == [
            ("b-2", "ben", "bio", "Second"),
            ("b-3", "ben", "bio", "Third"),
            ("c-1", "cho", "bio", "Cho"),
        ]
