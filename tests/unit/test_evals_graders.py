"""Graders against cases worked out by hand."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.graders.figures import was_said
from evals.graders.items import ACTIONS, ADVICE, TRAPS
from evals.graders.pairs import average_precision, calibration_error
from evals.graders.privacy import PRIVATE, STRANGERS
from evals.graders.quotes import QUOTES
from evals.graders.ranking import ndcg
from evals.graders.reading import grade_level
from evals.graders.spans import find, overlap, plain
from evals.judges import Agreement, Card, cards, kappa, read_labels
from evals.values import Case

SAID = [("M", "Ask Jo first. Then wait a week, no more."), ("E", "I'll ask her on Friday. Jo earns 900.")]


def case(**gold: Any) -> Case:
    kinds = {"advice": [], "actions": [], "traps": [], "key_points": []}
    given = {"spoken": SAID, "speakers": {"M": "mentor", "E": "mentee"}}
    return Case(id="x", split="dev", title="", input=given, gold={**kinds, **gold})


def recap(**lines: Any) -> dict[str, Any]:
    kinds = ("summary", "advice", "actions", "decisions", "questions", "opportunities")
    turns = [{"n": n, "text": text} for n, (_, text) in enumerate(SAID)]
    return {"recap": {**{k: [] for k in kinds}, "thanks": "", **lines}, "turns": turns}


def values(grader: Any, one: Case, output: Any) -> dict[str, float]:
    return {v.name: v.value for v in grader.grade(one, output)}


def test_precision_and_recall_of_advice() -> None:
    gold = case(advice=[{"quote": "Ask Jo first."}, {"quote": "Then wait a week, no more."}])
    output = recap(advice=[{"quote": "Ask Jo first."}, {"quote": "Jo earns 900."}])
    assert values(ADVICE, gold, output) == {"advice_precision": 0.5, "advice_recall": 0.5, "advice_f1": 0.5}


def test_one_long_quote_may_find_two_labels_and_doubles_find_nothing_new() -> None:
    gold = case(advice=[{"quote": "Ask Jo first."}, {"quote": "Then wait a week, no more."}])
    both = {"quote": "Ask Jo first. Then wait a week, no more."}
    assert values(ADVICE, gold, recap(advice=[both, both]))["advice_f1"] == 1.0


def test_owner_and_due_are_judged_on_found_actions_only() -> None:
    gold = case(actions=[{"quote": "I'll ask her on Friday.", "owner": "mentee", "due": "2025-01-03"}])
    said = {"quote": "I'll ask her on Friday.", "task": "ask", "owner": "mentor", "due": None}
    assert values(ACTIONS, gold, recap(actions=[said]))["owner"] == 0.0
    assert values(ACTIONS, gold, recap(actions=[said]))["due"] == 0.0
    assert "owner" not in values(ACTIONS, gold, recap())


def test_a_recap_that_never_came_misses_everything_and_shows_nothing() -> None:
    gold = case(advice=[{"quote": "Ask Jo first."}])
    pooled = {v.name: (v.value, v.weight) for v in ADVICE.without_output(gold)}
    assert pooled == {"advice_precision": (0, 0), "advice_recall": (0, 1), "advice_f1": (0, 1)}


def test_a_trap_is_taken_unless_the_same_words_are_labelled() -> None:
    traps = [{"quote": "Jo earns 900.", "kind": "personal data"}]
    output = recap(actions=[{"quote": "Jo earns 900.", "task": "x", "owner": None, "due": None}])
    assert values(TRAPS, case(traps=traps), output) == {"traps": 1.0}
    labelled = case(traps=traps, actions=[{"quote": "Jo earns 900.", "owner": None, "due": None}])
    assert values(TRAPS, labelled, output) == {"traps": 0.0}


def test_a_quote_must_stand_in_the_turns_it_names() -> None:
    right = {"quote": "Ask Jo first.", "turns": [0]}
    for wrong in ({"quote": "Ask Jo first.", "turns": [1]}, {"quote": "Ask Jo last.", "turns": [0]}):
        assert values(QUOTES, case(), recap(advice=[right, wrong])) == {"verbatim": 0.5}


def test_private_lines_and_strangers_are_seen_wherever_they_are() -> None:
    gold = case(traps=[{"quote": "Jo earns 900.", "kind": "personal data"}], strangers=["Zebediah"])
    output = recap(thanks="Thanks. Jo earns 900. Mail me: jo@example.org")
    assert values(PRIVATE, gold, output) == {"no_contacts": 0.0, "private_kept_out": 0.0}
    assert values(STRANGERS, gold, {"agenda": {"items": [{"title": "as with ZEBEDIAH"}]}}) == {
        "no_strangers": 0.0
    }


def test_ranking_against_numbers_worked_out_by_hand() -> None:
    grades = {"a": 3, "b": 1}
    ideal = 7 + 1 / math.log2(3)
    assert ndcg(["a", "b"], grades) == pytest.approx(1.0)
    assert ndcg(["b", "a"], grades) == pytest.approx((1 + 7 / math.log2(3)) / ideal)
    assert ndcg(["x", "y", "z", "u", "v", "a"], grades) == 0.0


def test_average_precision_counts_ties_as_their_worst_order() -> None:
    assert average_precision([(0.9, True), (0.8, False), (0.7, True)]) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision([(0.5, True), (0.5, False)]) == 0.5


def test_calibration_error_of_a_liar_and_of_an_honest_judge() -> None:
    assert calibration_error([(0.95, False)] * 10) == pytest.approx(0.95)
    assert calibration_error([(0.75, True)] * 3 + [(0.75, False)]) == pytest.approx(0.0)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40))
def test_calibration_error_and_average_precision_stay_within_bounds(rows: list[tuple[float, bool]]) -> None:
    assert 0 <= calibration_error(rows) <= 1
    assert 0 <= average_precision(rows) <= 1


@given(st.text(min_size=1, max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_a_quote_is_found_where_it_was_put(quote: str, before: str, after: str) -> None:
    if plain(quote):
        place = find(plain(f"{before} {quote} {after}"), quote)
        assert place is not None
        assert overlap(place, place)


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ("4.80", "put it up to four eighty"),
        ("1,200", "twelve hundred a week"),
        ("25,000", "the full twenty-five"),
    ],
)
def test_figures_said_in_words_were_said(figure: str, said: str) -> None:
    assert was_said(figure, said)


@pytest.mark.parametrize(
    ("figure", "said"), [("40", "in four days"), ("12", "the 120 bus"), ("3.5", "three days")]
)
def test_figures_that_nobody_said_were_not(figure: str, said: str) -> None:
    assert not was_said(figure, said)


def test_short_words_read_easier_than_long_ones() -> None:
    assert grade_level("We met. She ran. It was good.") < 2
    assert grade_level("Organisational restructuring necessitates comprehensive communication.") > 12


def test_kappa_is_agreement_beyond_chance() -> None:
    assert kappa(["a", "b"], ["a", "b"]) == 1.0
    assert kappa(["a", "a", "b", "b"], ["a", "b", "a", "b"]) == 0.0
    assert kappa(["a", "b"], ["b", "a"]) == -1.0


def test_a_judge_without_measured_agreement_may_not_gate() -> None:
    for card in cards():
        assert {row.label for row in read_labels(card)} <= set(card.answers)
        assert set(card.good) < set(card.answers)
        assert not card.may_gate("any-model")
    proved = Card.model_validate(
        {
            **cards()[0].model_dump(),
            "agreement": {"model": "m", "kappa": 0.7, "items": 50, "on": "2026-01-01"},
        }
    )
    assert proved.may_gate("m")
    assert not proved.may_gate("another")
    weak = proved.model_copy(
        update={
            "agreement": Agreement.model_validate(
                {"model": "m", "kappa": 0.3, "items": 50, "on": "2026-01-01"}
            )
        }
    )
    assert not weak.may_gate("m")
