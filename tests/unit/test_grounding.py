"""Grounding: only what was said, word for word, and the words as they were said."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from copilot.domain import Speaker, Turn
from copilot.grounding import Grounded, contains, fold_map, ground
from copilot.text import fold, words


def turn(index: int, speaker: Speaker, text: str, label: str = "") -> Turn:
    return Turn(index=index, speaker=speaker, label=label or speaker.value, text=text)


TALK = (
    turn(
        0,
        Speaker.MENTOR,
        "I’d say don’t take less than 3.5 percent… and ask for 10–12 days, it’s non-negotiable.",
    ),
    turn(1, Speaker.MENTEE, "Okay. So I should wait for the naïve offer? By Friday?"),
    turn(2, Speaker.MENTOR, "No, not by Friday. Write two versions and send the short one first."),
    turn(3, Speaker.MENTOR, "Then wait a week before you ring anybody at all."),
    turn(4, Speaker.MENTEE, "Write two versions, right. Between 2 and 4 people will read it, +5% or -5%."),
    turn(5, Speaker.OTHER, "Then wait for me outside.", "Ana"),
    turn(6, Speaker.OTHER, "Wait for the bus instead.", "Bo"),
)


def quote(said: str, *turns: int) -> str | None:
    found = ground(said, TALK, turns)
    return found.quote if found else None


@pytest.mark.parametrize(
    ("said", "turns", "copied"),
    [
        ("I'd say don't take less than 3.5 percent", (0,), "I’d say don’t take less than 3.5 percent"),
        ("ASK FOR 10-12 DAYS", (0,), "ask for 10–12 days"),
        ("  percent...  and ask ", (0,), "percent… and ask"),
        (
            '"Write two versions and send the short one first!"',
            (2,),
            "Write two versions and send the short one first",
        ),
        ("naïve offer", (1,), "naïve offer"),
        (unicodedata.normalize("NFD", "naïve offer"), (1,), "naïve offer"),
        ("ｗｒｉｔｅ two versions and", (2,), "Write two versions and"),
    ],
)
def test_what_was_said_is_copied_letter_for_letter(said: str, turns: tuple[int, ...], copied: str) -> None:
    assert quote(said, *turns) == copied


@pytest.mark.parametrize(
    ("said", "turns"),
    [
        ("I'd say do take less than 3.5 percent", (0,)),  # negation changed
        ("I'd say take less than 3.5 percent", (0,)),  # negation dropped inside
        ("take less than 3.5 percent", (0,)),  # negation cut off in front
        ("by Friday. Write two versions", (2,)),  # the "not" stands right before
        ("don't take less than 3.6 percent", (0,)),  # digit changed
        ("don't take less than 35 percent", (0,)),
        ("don't take less than 3", (0,)),  # number cut in two
        ("5 percent", (0,)),
        ("ask for 10", (0,)),
        ("ask for 10-13 days", (0,)),
        ("-12 days", (0,)),
        ("+5% or -5", (4,)),
        ("or 5%", (4,)),  # a sign dropped
        ("I'd say do", (0,)),  # inside a word
        ("negotiable", (0,)),
        ("ite two versions", (2,)),
        ("send the short one to Ana first", (2,)),  # a name put in
        ("Write two versions and send the one first", (2,)),  # a word dropped
        ("By Friday? No, not by Friday.", (1, 2)),  # over two speakers
        ("send the short one first. Write two versions", (2,)),  # order
        ("Then wait for me outside. Wait for the bus", (5, 6)),  # two people who are both "other"
        ("naive offer", (1,)),  # an accent is a letter
        ("", (0,)),
        ("…", (0,)),
        ("?!", (1,)),
    ],
)
def test_what_was_not_said_is_refused(said: str, turns: tuple[int, ...]) -> None:
    assert quote(said, *turns) is None


def test_a_quote_may_run_over_consecutive_turns_of_one_speaker() -> None:
    found = ground("send the short one first. Then wait a week", TALK, (2, 3))
    assert found == Grounded(quote="send the short one first. Then wait a week", turns=(2, 3), start=42)
    assert TALK[2].text[42:].startswith("send the short")


def test_only_the_turns_that_hold_the_words_are_named() -> None:
    found = ground("Then wait a week", TALK, (2, 3))
    assert found is not None
    assert found.turns == (3,)
    assert found.start == 0


def test_turns_that_do_not_touch_are_never_spliced() -> None:
    assert ground("it's non-negotiable. No, not by Friday.", TALK, (0, 2)) is None


def test_wrong_turn_number_is_put_right_where_there_is_one_place() -> None:
    found = ground("wait a week before you ring", TALK, (0,))
    assert found == Grounded(quote="wait a week before you ring", turns=(3,), start=5, rehomed=True)


def test_few_words_are_not_looked_for_elsewhere() -> None:
    assert ground("wait a week", TALK, (0,)) is None


def test_words_said_in_two_places_stay_where_they_were_claimed_or_nowhere() -> None:
    talk = (*TALK, turn(7, Speaker.MENTOR, "Again: wait a week before you ring."))
    assert ground("wait a week before you ring", talk, (0,)) is None
    here = ground("wait a week before you ring", talk, (7,))
    assert here is not None
    assert here.turns == (7,)
    assert not here.rehomed


def test_turn_numbers_that_do_not_exist_are_no_error() -> None:
    assert ground("wait a week", TALK, (99, -1)) is None


def test_superscripts_and_fractions_are_not_other_numbers() -> None:
    talk = (turn(0, Speaker.MENTOR, "Take 10² samples and 1½ days."),)
    assert ground("Take 102 samples", talk, (0,)) is None
    assert ground("Take 10² samples", talk, (0,)) is not None
    assert ground("and 1", talk, (0,)) is None
    assert ground("and 11⁄2 days", talk, (0,)) is None


def test_contains_is_whole_words_and_never_after_a_not() -> None:
    assert contains("by friday", "Yes, by Friday.")
    assert not contains("by Fri", "Yes, by Friday.")
    assert not contains("by Friday", "No, not by Friday.")
    assert not contains("", "anything")


SPEECH = st.text(
    st.sampled_from("abcdeABZßİſıéñ 0123456789.,'’\"“”-–—−…!?½²ﬁＡｂ가각\u0301\u0308\u00a0\u3000\t\n´`न्"),
    max_size=40,
)


@given(SPEECH)
def test_map_is_the_fold_and_points_into_the_text(text: str) -> None:
    folded, origin = fold_map(text)
    assume(folded == fold(text))
    assert len(folded) == len(origin)
    assert all(0 <= a < b <= len(text) for a, b in origin)
    assert all(x[0] <= y[0] and (x == y or x[1] <= y[0]) for x, y in pairwise(origin))
    for char, (a, b) in zip(folded, origin, strict=True):
        assert char in fold(text[a:b]) or char == " "


@given(st.text(max_size=60))
def test_map_follows_ordinary_text(text: str) -> None:
    plain = unicodedata.normalize("NFC", "".join(c for c in text if c.isalnum() or c in " .,'’–-…"))
    assert fold_map(plain)[0] == fold(plain)


@given(SPEECH, SPEECH, SPEECH)
def test_a_grounded_quote_is_in_the_turn_and_folds_to_the_claim(before: str, said: str, after: str) -> None:
    text = " ".join(f"{before} {said} {after}".split())
    found = ground(said, (turn(0, Speaker.MENTOR, text),), (0,))
    if found:
        assert text[found.start : found.start + len(found.quote)] == found.quote
        assert words(fold(found.quote)) == words(fold(said))


WORDS = "we should wait two weeks not never 3 4 before Friday".split()


@given(
    st.lists(st.sampled_from(WORDS), min_size=3, max_size=9),
    st.integers(0, 8),
    st.sampled_from(("not", "5", "Ana", "")),
)
def test_one_word_changed_or_dropped_is_never_accepted(talk: list[str], at: int, other: str) -> None:
    at %= len(talk)
    claim = [*talk[:at], *([other] if other else []), *talk[at + 1 :]]
    found = ground(" ".join(claim), (turn(0, Speaker.MENTOR, " ".join(talk)),), (0,))
    if found:
        assert found.quote.split() == claim
        assert " ".join(claim) in " ".join(talk)


@given(
    st.text(max_size=30), st.lists(st.text(max_size=60), max_size=4), st.lists(st.integers(-2, 6), max_size=4)
)
def test_nonsense_is_never_an_error(claim: str, texts: list[str], indices: list[int]) -> None:
    talk = [turn(i, Speaker.MENTOR, text) for i, text in enumerate(texts)]
    found = ground(claim, talk, indices)
    assert found is None or found.quote in " ".join(texts)
