"""When each side of a disagreement is right, and what to ask: whole sentences from the pieces' own words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.conflicts.wording import BRIEF, brief, worded
from copilot.domain import AdvicePair, AdviceSide, ConflictKind, Label, PairVerdict

SAID = (
    "Ask the ward sister first, before the rota comes out.",
    "Wait until the rota is out.",
    "If they say no, ask for a date.",
    "Never sign before a solicitor has read it.",
    "Sign it today, because nobody else will wait for you.",
    "Send three applications a week.",
    "Send fifteen applications a week, and keep a list.",
    "What I'd do, I'd have a word with the steward",
    "Deciding, running the room, that's the job.",
    "Do not mention the money, not even if she asks you about it.",
    "Leave the course be till after the panel.",
    "Go to zero. Three months. Not because you're not good at it.",
    "Ask him if you can sit in the meeting, two times, only listening.",
    "Y'all ought to call the county, \"no matter what\", and I'd call twice.",
    "Keep about a third of your week for code. Once a quarter take a day off.",
    "Unless it's urgent, let your manager raise it, so that you don't have to.",
    "Wee steps. Two.",
    "Say your number first. Before she does.",
)


def pair(one: str, other: str, first: str | None = None) -> AdvicePair:
    a, b = (
        AdviceSide(advice=n, session="s", mentor=n, mentee="m", quote=t, text=t, condition=c)
        for n, t, c in (("1", one, first), ("2", other, None))
    )
    return AdvicePair(a=a, b=b)


def told(one: str, other: str, kind: ConflictKind, first: str | None = None) -> PairVerdict:
    return worded(pair(one, other, first), PairVerdict(label=Label.CONFLICT, score=0.9, kind=kind))


@pytest.mark.parametrize(
    ("one", "kind", "when"),
    [
        ("If they say no, ask for a date.", ConflictKind.DIRECT, "This is right if they say no."),
        ("Leave the course be till after the panel.", ConflictKind.TEMPORAL, "wait until after the panel"),
        (
            "Send fifteen applications a week.",
            ConflictKind.QUANTITATIVE,
            "“fifteen applications a week” fits",
        ),
        (
            "Sign it, because nobody else will wait for you.",
            ConflictKind.DIRECT,
            "that nobody else will wait",
        ),
        ("Do it now.", ConflictKind.TEMPORAL, "waiting would cost you more"),
        ("Never sign it.", ConflictKind.DIRECT, "would cost or risk more"),
        ("Write a longer plan.", ConflictKind.PRIORITY, "“Write a longer plan” cannot wait"),
    ],
)
def test_when_a_side_is_right_follows_from_its_own_words(one: str, kind: ConflictKind, when: str) -> None:
    assert when in told(one, "Send three applications a week.", kind).when_a


@pytest.mark.parametrize(
    "one",
    [
        "Ask him if you can sit in the meeting.",
        "Go to zero. Not because you're not good at it.",
        "Have a date when you sit down and look.",
        "Let it rest. Once a quarter take a full hour.",
        "Wait, because I was burnt once.",
    ],
)
def test_what_only_looks_like_a_condition_is_none(one: str) -> None:
    verdict = told(one, "Send a letter.", ConflictKind.DIRECT)
    assert verdict.when_a.startswith("This is right if “")


def test_orders_are_asked_as_the_mentee_would_ask() -> None:
    verdict = told("Tell your boss first.", "Send your plan round.", ConflictKind.PRIORITY)
    assert verdict.settle.startswith("Should I tell my boss first or send my plan round, if")


@pytest.mark.parametrize(("first", "shown"), [("if it rains", True), ("if I were there", False)])
def test_a_condition_that_is_known_is_used_if_it_is_not_about_the_mentor(first: str, shown: bool) -> None:
    verdict = told("Take the train.", "Drive.", ConflictKind.DIRECT, first)
    assert (first in verdict.when_a) == shown


_TEXTS = st.one_of(
    st.sampled_from(SAID),
    st.lists(st.sampled_from(SAID), min_size=1, max_size=3).map(" ".join),
    st.lists(
        st.sampled_from(
            "you ask if the when I'd before, wait. never panel your week two and because “it” not".split()
        ),
        min_size=2,
        max_size=40,
    ).map(" ".join),
)


@given(_TEXTS, _TEXTS, st.sampled_from(list(ConflictKind)))
def test_wording_is_whole_short_and_the_same_from_either_side(
    one: str, other: str, kind: ConflictKind
) -> None:
    verdict, swapped = told(one, other, kind), told(other, one, kind)
    assert (verdict.when_a, verdict.when_b) == (swapped.when_b, swapped.when_a)
    assert sorted(re.findall(r"\w+", verdict.settle)) == sorted(re.findall(r"\w+", swapped.settle))
    assert verdict.settle.endswith("?")
    assert len(verdict.settle.split()) <= 45
    for when in (verdict.when_a, verdict.when_b):
        assert re.match(r"This is right (?:if|unless|once|when|as long as|until) \S", when)
        assert when.endswith(".")
        assert when.count("“") == when.count("”")
        outside = re.sub(r"“[^”]*”", "", when)
        assert not re.search(r"\b(?:I|I'd|my|me)\b", outside)


@given(st.text(max_size=200))
def test_a_short_form_is_short_and_never_empty(text: str) -> None:
    if any(c.isalnum() for c in text):
        assert brief(text)
        assert len(brief(text).split()) <= BRIEF
