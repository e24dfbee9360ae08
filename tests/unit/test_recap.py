"""The recap step: what an engine claims, and what is left of it once the transcript was asked."""

from __future__ import annotations

import dataclasses
import json
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.domain import (
    Claim,
    ClaimKind,
    Recap,
    RecapClaims,
    RecapRequest,
    Speaker,
    Status,
    SummaryPoint,
    Transcript,
    Turn,
)
from copilot.errors import EngineFailed
from copilot.recap import draft_recap, input_hash, recap_to_json, recap_to_markdown
from copilot.recap.wording import cleaned, numbers, stray_name, stray_number
from copilot.testing import ScriptedEngine
from copilot.thresholds import RECAP, thresholds_hash

TEXTS = (
    ("mentee", "Hi Priya. My panel at Northwind is on the fourteenth."),
    ("mentor", "I'd write two versions, and send the short one to www.example.org first."),
    ("mentee", "So write two versions. I'll send them to you by Friday."),
    ("mentor", "By Friday noon? Fine. I would not call Karthik before the product manager does."),
    ("mentee", "I'm going with the short one. But who signs it off?"),
    ("mentor", "They are hiring two analysts, I can put your name in. I'll ask Meera tomorrow."),
)
TURNS = tuple(
    Turn(index=i, speaker=Speaker(who), label=who.title(), text=text, start=63.9 * i, end=63.9 * i + 60)
    for i, (who, text) in enumerate(TEXTS)
)
TALK = Transcript(format="vtt", raw_hash="sha256:0", turns=TURNS, notices=("Speakers were worked out.",))
REQUEST = RecapRequest(
    turns=TURNS,
    goal="Get through the panel",
    started_at=datetime.fromisoformat("2026-03-11T10:00:00+01:00"),
    mentor_name="Priya Nair",
    mentee_name="Femi Ade",
)


def claim(kind: ClaimKind, turn: int, quote: str, text: str = "Do it.", **more: Any) -> Claim:
    return Claim(kind=kind, turns=(turn,), quote=quote, text=text, **more)


def draft(
    *claims: Claim, summary: tuple[SummaryPoint, ...] = (), thanks: str = "", talk: Transcript = TALK
) -> Recap:
    answer = RecapClaims(summary=summary, claims=claims, thanks=thanks, covered=tuple(range(len(talk.turns))))
    return draft_recap(talk, ScriptedEngine([answer]), REQUEST, session="s1")


TWO_VERSIONS = claim(
    ClaimKind.ADVICE,
    1,
    "i'd write two versions",
    "Write 2 versions.",
    topic="CV",
    condition="If you have two days",
)
SEND = claim(
    ClaimKind.ACTION, 2, "I'll send them to you", "Send them.", owner=Speaker.MENTEE, due="by Friday"
)


def test_a_whole_recap() -> None:
    got = draft(
        TWO_VERSIONS,
        SEND,
        claim(ClaimKind.DECISION, 4, "I'm going with the short one", "Goes with the short version."),
        claim(ClaimKind.QUESTION, 4, "who signs it off?", "Who signs it off?"),
        claim(ClaimKind.OPPORTUNITY, 5, "They are hiring two analysts", "Two analyst posts."),
        summary=(SummaryPoint(text="Femi faces a panel at Northwind.", turns=(0,)),),
        thanks="Dear Priya,\n\nthank you.",
    )
    advice, action = got.advice[0], got.actions[0]
    assert (advice.quote, advice.turns, advice.at) == ("I'd write two versions", (1,), "00:01:03")
    assert (advice.text, advice.topic, advice.condition) == (
        "Write 2 versions.",
        "CV",
        "If you have two days",
    )
    assert (action.owner, action.due, action.due_said) == (Speaker.MENTEE, date(2026, 3, 13), "by Friday")
    assert [len(x) for x in (got.summary, got.decisions, got.questions, got.opportunities)] == [1, 1, 1, 1]
    assert (got.status, got.version, got.coverage, got.unsupported) == (Status.DRAFT, 1, 1.0, 0)
    assert got.thanks == "Dear Priya,\n\nthank you."
    assert got.notices == TALK.notices
    assert (got.provenance.engine, got.provenance.thresholds) == ("local", thresholds_hash())
    assert got.provenance.input == input_hash(TALK, REQUEST)


@pytest.mark.parametrize(
    "bad",
    [
        claim(ClaimKind.ADVICE, 1, "I'd write three versions"),
        claim(ClaimKind.ADVICE, 3, "call Karthik before the product manager does"),
        claim(ClaimKind.ADVICE, 2, "So write two versions."),  # the mentee says it
        claim(ClaimKind.ADVICE, 1, "My panel at Northwind is on"),  # put right to a mentee's turn
        claim(ClaimKind.ACTION, 99, "I'll send them"),
        claim(ClaimKind.QUESTION, 4, ""),
    ],
)
def test_what_cannot_be_grounded_is_dropped_and_counted(bad: Claim) -> None:
    got = draft(TWO_VERSIONS, bad)
    assert (len(got.advice), len(got.actions), len(got.questions), got.unsupported) == (1, 0, 0, 1)


def test_overlaps_of_one_kind_are_one_and_the_surest_stays() -> None:
    low = claim(ClaimKind.ADVICE, 1, "I'd write two versions, and send the short one", confidence=0.5)
    same_words = claim(ClaimKind.DECISION, 1, "I'd write two versions")
    got = draft(low, dataclasses.replace(TWO_VERSIONS, confidence=0.9), TWO_VERSIONS, same_words)
    assert [a.quote for a in got.advice] == ["I'd write two versions"]
    assert len(got.decisions) == 1
    assert got.unsupported == 0


def test_ids_stay_while_the_words_stay_and_are_unique() -> None:
    other = claim(ClaimKind.ADVICE, 1, "send the short one")
    one, two = draft(TWO_VERSIONS, other, SEND), draft(other, TWO_VERSIONS, SEND)
    assert [a.id for a in one.advice] == [a.id for a in two.advice]
    assert len({a.id for a in one.advice} | {a.id for a in one.actions}) == 3
    assert one.advice[0].id.startswith("s1-a-")
    assert one.actions[0].id.startswith("s1-t-")


@pytest.mark.parametrize(
    ("due", "day", "said"),
    [
        ("By Friday noon", date(2026, 3, 13), "By Friday noon"),  # said in the next turn
        ("by Monday", None, None),  # never said
        ("tomorrow", None, None),  # said far away
        ("", None, None),
        (None, None, None),
    ],
)
def test_a_due_date_only_where_it_was_said(due: str | None, day: date | None, said: str | None) -> None:
    action = draft(dataclasses.replace(SEND, due=due)).actions[0]
    assert (action.due, action.due_said) == (day, said)


def test_owner_only_of_the_two() -> None:
    assert draft(dataclasses.replace(SEND, owner=Speaker.OTHER)).actions[0].owner is None
    assert draft(dataclasses.replace(SEND, owner=None)).actions[0].owner is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**Write** <b>two</b>\nversions.\x00\x1b", "Write two versions."),
        ("Write 3 versions.", "I'd write two versions"),
        ("Write two versions, see https://evil.example/x now", "Write two versions, see now"),
        ("Write two versions for www.example.org first", "Write two versions for www.example.org first"),
        ("[Write](javascript:alert(1)) two", "Write) two"),
        ("", "I'd write two versions"),
        ("x" * (RECAP.text_characters + 1), "I'd write two versions"),
    ],
)
def test_an_engines_wording_is_cleaned_or_replaced_by_the_quote(text: str, shown: str) -> None:
    assert draft(dataclasses.replace(TWO_VERSIONS, text=text)).advice[0].text == shown


@pytest.mark.parametrize(
    ("text", "turns", "stays"),
    [
        ("The panel is on the 14th.", (0,), True),
        ("Priya tells Femi to write two versions.", (1,), True),
        ("The PM calls first, then Karthik.", (3,), True),
        ("The panel is on the 15th.", (0,), False),
        ("The panel is on Tuesday.", (0,), False),
        ("The panel is at Contoso.", (0,), False),
        ("She should write to Karthik.", (1,), False),  # said, but in another turn
        ("John Smith will sign.", (4,), False),
        ("The panel.", (), False),
        ("The panel.", (0, 99), False),
        ("", (0,), False),
    ],
)
def test_summary_points_rest_on_their_turns(text: str, turns: tuple[int, ...], stays: bool) -> None:
    got = draft(summary=(SummaryPoint(text=text, turns=turns),))
    assert (len(got.summary), got.unsupported) == ((1, 0) if stays else (0, 1))


@pytest.mark.parametrize(
    "note",
    [
        "Thanks! Call me on +44 7700 900123.",
        "Thanks, write to femi@example.org",
        "Thanks: https://example.org",
        "Thanks @femi_a",
        "x" * (RECAP.thanks_characters + 1),
    ],
)
def test_a_note_with_contact_data_is_left_out(note: str) -> None:
    assert draft(thanks=note).thanks == ""


@pytest.mark.parametrize("address", ["mila.n@example.org", "+44 20 7946 0018", "0151-9460 0018"])
def test_what_holds_an_address_stays_in_the_transcript_and_is_told(address: str) -> None:
    turns = (dataclasses.replace(TURNS[1], index=0, text=f"You could send it to {address} on Monday."),)
    talk = dataclasses.replace(TALK, turns=turns)
    quote = f"You could send it to {address} on Monday"
    point = SummaryPoint(text=f"Send it to {address}.", turns=(0,))
    got = draft(claim(ClaimKind.ADVICE, 0, quote), summary=(point,), talk=talk)
    assert (got.advice, got.summary, got.unsupported) == ((), (), 1)
    assert any("left out" in notice for notice in got.notices)
    assert address not in str(recap_to_json(got))


def test_coverage_is_the_share_of_turns_read() -> None:
    answer = RecapClaims(summary=(), claims=(), thanks="", covered=(0, 1, 1, 2, 77))
    got = draft_recap(TALK, ScriptedEngine([answer]), REQUEST, session="s1")
    assert got.coverage == 0.5


def test_an_engine_that_fails_fails_the_draft() -> None:
    with pytest.raises(EngineFailed):
        draft_recap(TALK, ScriptedEngine([EngineFailed("No answer.", "timeout")]), REQUEST, session="s1")


def test_the_input_hash_follows_words_roles_goal_and_day() -> None:
    other_turn = dataclasses.replace(TURNS[1], speaker=Speaker.MENTEE)
    others = {
        input_hash(dataclasses.replace(TALK, turns=(TURNS[0], other_turn, *TURNS[2:])), REQUEST),
        input_hash(TALK, dataclasses.replace(REQUEST, goal="Another")),
        input_hash(TALK, dataclasses.replace(REQUEST, started_at=None)),
        input_hash(TALK, REQUEST),
    }
    assert len(others) == 4


def test_json_has_the_contracts_keys_and_nothing_json_cannot_say() -> None:
    got = json.loads(json.dumps(recap_to_json(draft(TWO_VERSIONS, SEND))))
    assert {"session", "status", "coverage", "summary", "advice", "actions", "decisions", "questions"} < set(
        got
    )
    assert {"id", "quote", "turns", "at", "text", "topic", "condition"} <= set(got["advice"][0])
    assert (got["actions"][0]["due"], got["actions"][0]["owner"]) == ("2026-03-13", "mentee")
    assert got["status"] == "draft"
    assert got["provenance"]["input"].startswith("sha256:")


def test_markdown_shows_quotes_and_times_and_escapes_people() -> None:
    turns = (
        Turn(index=0, speaker=Speaker.MENTOR, label="M", text="Use *stars* and <b>tags</b>.", start=3700.0),
    )
    talk = dataclasses.replace(TALK, turns=turns)
    text = recap_to_markdown(
        draft(claim(ClaimKind.ADVICE, 0, "Use *stars* and <b>tags</b>"), SEND, talk=talk)
    )
    assert "> Use \\*stars\\* and \\<b\\>tags\\</b\\> (01:01:40)" in text
    assert "1 unsupported claim left out" in text


def test_numbers_however_written() -> None:
    assert numbers("the twenty-first, 3,000 and 4.5") == {"20", "21", "3000", "4.5"}
    assert numbers("two hundred") == {"2", "200"}
    assert not stray_number("one of 21 days, first thing", "in twenty-one days")
    assert stray_number("22 days", "in twenty-one days")


def test_names_in_other_forms_are_the_same_names() -> None:
    assert not stray_name("Karthik's call. Then write.", "I called Karthik")
    assert not stray_name("Then I'd wait", "wait")
    assert stray_name("Wait for Ana.", "wait for her")


@given(st.text(max_size=200))
def test_cleaned_text_is_one_line_without_controls_or_contact(text: str) -> None:
    got = cleaned(text, "")
    assert got == " ".join(got.split())
    assert all(c.isprintable() for c in got if c.isascii())
    assert "http://" not in got


QUOTES = st.one_of(
    st.text(max_size=40), st.sampled_from([t.text for t in TURNS]), st.sampled_from(TURNS[1].text.split())
)
CLAIMS = st.builds(
    Claim,
    kind=st.sampled_from(ClaimKind),
    turns=st.lists(st.integers(-1, 8), max_size=3).map(tuple),
    quote=QUOTES,
    text=QUOTES,
    topic=QUOTES,
    condition=st.none() | QUOTES,
    owner=st.none() | st.sampled_from(Speaker),
    due=st.none() | QUOTES,
    confidence=st.floats(0, 1),
)


@given(st.lists(CLAIMS, max_size=8))
def test_whatever_an_engine_claims_quotes_are_verbatim_and_advice_is_the_mentors(claims: list[Claim]) -> None:
    got = draft(*claims)
    spoken = " ".join(t.text for t in TURNS)
    lines = [*got.advice, *got.actions, *got.decisions, *got.questions, *got.opportunities]
    assert all(line.quote in spoken for line in lines)
    assert all(TURNS[i].speaker is Speaker.MENTOR for a in got.advice for i in a.turns)
    assert len(lines) + got.unsupported <= len(claims)
    assert len({a.id for a in got.advice}) == len(got.advice)
    json.dumps(recap_to_json(got))
