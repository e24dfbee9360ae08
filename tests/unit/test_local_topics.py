"""Topics: noun phrases of the claim's own words, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.engines.local.claims.topics import LONGEST, STOP, counts, name, nouns, stem


def topic(said: str, *others: str, people: str = "") -> str:
    call = [said, *others]
    return name(said, counts(call), nouns(call), lambda _: 0.5, frozenset(stem(w) for w in people.split()))


@pytest.mark.parametrize(
    ("said", "about"),
    [
        ("Rewrite the cover letter before Monday.", "cover letter"),
        ("Ask for a performance review in writing.", "performance review"),
        ("Put your first number on the table later.", "first number"),
        ("Keep a wound chart for each shift.", "wound chart"),
        ("Never sign the lease without a solicitor.", "lease"),
        ("Och, just tell him.", ""),
        ("Aye, well, wait and see.", ""),
        ("Talk to Dinah.", ""),
        ("That comment hurts, so sleep on it.", ""),
        ("Don't ask.", ""),
        ("Bring me the questions.", "questions"),
        ("Say it quickly and slowly.", ""),
        ("Be sensible, like.", ""),
        ("Write twenty percent more.", ""),
        ("Give it a fortnight.", ""),
        ("Have the grant budget checked by finance.", "grant budget"),
        ("Send the current one.", ""),
        ("Get the union rep in the room.", "union rep"),
    ],
)
def test_a_topic_is_a_noun_phrase_of_the_claim_or_nothing(said: str, about: str) -> None:
    assert topic(said) == about


def test_people_of_the_call_are_no_topic() -> None:
    assert topic("Ask the Dinah thing of the dinah.", people="Dinah") == ""


_SAID = st.lists(
    st.sampled_from(
        "the a your my of with letter cover och aye review Dinah writing asked percent "
        "one's boss's fortnight and before , . hurts Notifications first good team".split()
    ),
    max_size=16,
).map(" ".join)


@given(_SAID)
def test_a_topic_has_only_words_of_the_claim_and_ends_in_no_filler(said: str) -> None:
    found = topic(said, "The letter is late.")
    own = said.lower().replace("'s", "").split()
    assert len(found.split()) <= LONGEST
    assert all(w in own for w in found.split())
    assert not {"och", "aye", "percent", "fortnight", "dinah", "asked"} & set(found.split())
    assert not found or found.split()[-1] not in STOP
