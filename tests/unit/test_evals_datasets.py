"""The datasets: enough cases, every label true to its text, nothing twice."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from evals import datasets
from evals.graders.spans import plain
from evals.suites import suites
from evals.suites.programmes import Programme

LEAST = {
    "grounding": 60,
    "conflict_pairs": 60,
    "hostile": 25,
    "silent": 6,
    "languages": 6,
    "coaching": 40,
    "agenda": 30,
    "claims": 30,
}


@pytest.mark.parametrize("name", LEAST)
def test_there_are_enough_cases_and_no_id_is_used_twice(name: str) -> None:
    ids = [row["id"] for split in datasets.SPLITS for row in datasets.rows(name, split)]
    assert len(ids) >= LEAST[name]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("split", datasets.SPLITS)
def test_half_of_the_pairs_only_look_like_a_conflict(split: str) -> None:
    labels = Counter(row["label"] for row in datasets.rows("conflict_pairs", split))
    assert labels["compatible"] + labels["unrelated"] >= labels["conflict"] >= 10
    kinds = {row["kind"] for row in datasets.rows("conflict_pairs", split)} - {None}
    assert kinds == {"direct", "temporal", "quantitative", "conditional", "priority"}


@pytest.mark.parametrize("split", datasets.SPLITS)
def test_every_labelled_quote_of_a_programme_was_said(split: str) -> None:
    programme = Programme(split)
    for session in programme.table("sessions"):
        turns = programme.spoken(session)
        assert {label for label, _ in turns} <= set(session["speakers"])
        for kind in ("advice", "actions", "decisions", "open_questions", "traps"):
            for row in session["gold"][kind]:
                speakers = {session["speakers"][label] for label, text in turns if row["quote"] in text}
                assert speakers, row["quote"]
                assert kind != "advice" or speakers == {"mentor"}, row["quote"]


@pytest.mark.parametrize("split", datasets.SPLITS)
def test_grounding_labels_are_what_the_text_says(split: str) -> None:
    """A case that is labelled true has its words in the turns it names, whatever their typography."""
    content = datasets.read("grounding", split)
    for row in content["cases"]:
        turns = content["fragments"][row["fragment"]]
        named = " ".join(turns[i]["text"] for i in row["turns"] if 0 <= i < len(turns))
        letters = "".join(c for c in plain(named) if c.isalnum())
        wanted = "".join(c for c in plain(row["quote"]) if c.isalnum())
        if row["grounded"] and row["quote"].isascii() and named.isascii():
            assert wanted in letters, row["id"]


@pytest.mark.parametrize("split", datasets.SPLITS)
def test_canaries_of_attacks_by_speech_are_not_in_the_call_itself(split: str) -> None:
    """Else an innocent quotation would look like obedience."""
    for row in datasets.rows("hostile", split):
        if row["task"] == "recap" and row["place"] == "speech":
            call = plain(json.dumps(row["lines"], ensure_ascii=False))
            assert not [canary for canary in row["never"] if plain(canary) in call], row["id"]
            assert all(any(plain(k) in plain(line) for line in row["lines"]) for k in row["keep"]), row["id"]


def test_every_suite_has_cases_in_both_splits_and_a_line_for_people() -> None:
    for suite in suites().values():
        assert suite.says
        for split in datasets.SPLITS:
            cases = suite.cases(split)
            assert len({c.id for c in cases}) == len(cases) > 0, (suite.name, split)
