"""Spoken advice and promises in plain wording: safe rules, else the words as said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.engines.local.rewrite import condition, dense, imperative, of_person, task, tidy


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("So um, I'd probably just keep it to two pages.", "Keep it to two pages."),
        ("you should ask her first", "Ask her first."),
        ("You shouldn't be selling the bike.", "Do not be selling the bike."),
        ("I wouldn't put it in a message.", "Do not put it in a message."),
        ("If they say no, I'd ask for three months.", "If they say no, ask for three months."),
        ("If I were you I'd get a second quote.", "Get a second quote."),
        ("My advice would be to wait a week.", "Wait a week."),
        ("Have you thought about asking her?", "Consider asking her."),
        ("don't you let that date slide", "Do not let that date slide."),
        ("Ring Trevor. You don't want to ask him for a job.", "Ring Trevor. Do not ask him for a job."),
        ("No sorry in it, and no reasons.", "No sorry in it, and no reasons."),
    ],
)
def test_advice_becomes_an_imperative_where_that_is_safe(said: str, text: str) -> None:
    assert imperative(said) == text


def test_a_sentence_about_the_mentor_stays_as_it_was() -> None:
    assert (
        imperative("I'd love to see how my old team does it.") == "I'd love to see how my old team does it."
    )


@pytest.mark.parametrize("said", ["never send it before noon", "Don't send it before noon"])
def test_a_negation_is_never_lost(said: str) -> None:
    assert {"never", "not"} & set(imperative(said).lower().split())


@pytest.mark.parametrize(
    ("said", "clause"),
    [
        ("If they say no, ask for three months", "If they say no"),
        ("Keep it to yourself until there's an offer on paper.", "until there's an offer on paper"),
        ("Ask Gill first.", None),
        ("If I were you I'd ask Gill.", None),
    ],
)
def test_the_condition_is_the_clause_as_said(said: str, clause: str | None) -> None:
    assert condition(said) == clause


def test_a_promise_becomes_a_task() -> None:
    assert task("Okay, I'll ring the institute tomorrow.") == "Ring the institute tomorrow."
    assert task("I see her Thursday, so I'll ask her then.") == "Ask her then."
    assert task("Leave it with me.") == "Leave it with me."


def test_what_people_say_of_themselves_is_told_of_them() -> None:
    assert of_person("I'm staying in my team and I've told my boss.") == (
        "They are staying in their team and they have told their boss."
    )


@given(st.text(max_size=200))
def test_words_never_become_nothing(said: str) -> None:
    if any(c.isalnum() for c in said):
        for reword in (tidy, imperative, task, dense):
            assert any(c.isalnum() for c in reword(said))


@given(st.text(alphabet=st.sampled_from("abc I'd you, .not don't"), max_size=120))
def test_negations_survive_any_wording(said: str) -> None:
    if "don't" in said.split():
        assert {"don't", "not"} & set(imperative(said).lower().replace(".", " ").replace(",", " ").split())
