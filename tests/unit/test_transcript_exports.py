"""Layouts of the software that people record with: nobody's words end up in another's mouth."""

from __future__ import annotations

import pytest

from copilot.domain import Speaker
from copilot.errors import BadInput
from copilot.transcript import parse_transcript

ADVICE, QUESTION, MORE = "You should talk to five customers.", "Which ones?", "Start with two."
LAYOUTS = {
    "meet.txt": "Call (2026-03-02 15:00 GMT) - Transcript\nAttendees\nAna, Ben\nTranscript\n"
    "Ana: {0}\nBen: {1}\n00:05:00\nAna: {2}\nMeeting ended after 00:25:31 👋\n"
    "This editable transcript was computer generated and might contain errors. People can change it.\n",
    "otter.txt": "Catch up\n\nAna  0:03\n{0}\n\nBen  0:11\n{1}\n\nAna  1:02:11\n{2}\n\n"
    "Transcribed by https://otter.ai\n",
    "zoom saved.txt": "[Ana] 15:00:03\n{0}\n\n[Ben] 15:00:11\n{1}\n\n[Ana] 15:00:20\n{2}\n",
    "page.txt": "Ana\n0:03\n{0}\nBen\n0:11\n{1}\nAna\n0:20\n{2}\n",
    "recorder.txt": "[Ana]: {0}\n[Ben]: {1}\n[Ana]: {2}\n",
    "captions.vtt": "WEBVTT\n\n00:01.000 --> 00:04.000\n>> Ana: {0}\n>> Ben: {1}\n\n"
    "00:04.000 --> 00:05.000\n>> Ana: {2}\n",
    "dashes.srt": "1\n00:00:01,000 --> 00:00:04,000\n- Ana: {0}\n- Ben: {1}\n2\n"
    "00:00:04,000 --> 00:00:05,000\n- Ana: {2}\n",
    "logged.txt": "[2026-03-02 15:00:03] Ana: {0}\n[2026-03-02 15:00:09] Ben: {1}\n"
    "[2026-03-02 15:01:00] Ana: {2}\n",
    "headings.md": "# Our call\n\n### Ana\n{0}\n\n### Ben\n{1}\n\n### Ana\n{2}\n",
}


def heard(text: str, name: str = "a.txt") -> list[tuple[str, str]]:
    return [(turn.label, turn.text) for turn in parse_transcript(text.encode(), name).turns]


@pytest.mark.parametrize("name", LAYOUTS)
def test_who_said_what_in_each_export(name: str) -> None:
    text = LAYOUTS[name].format(ADVICE, QUESTION, MORE)
    assert heard(text, name) == [("Ana", ADVICE), ("Ben", QUESTION), ("Ana", MORE)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AL", "TO"),
        ("Q", "A"),
        ("Speaker 1", "Speaker 2"),
        ("[SPEAKER_00]", "[SPEAKER_01]"),
        ("سارة", "عمر"),
        ("\u200fדנה\u200f", "\u200fיוסי\u200f"),
        ("अनीता", "राहुल"),
        ("Ana 🌟", "Ben 🐻"),
        ("Élodie ", "Íñigo"),
    ],
)
def test_labels_that_are_no_english_names(one: str, other: str) -> None:
    text = f"{one}: I have talked to many.\n{other}: And then?\n{one}: Wait for a reply.\n{other}: Fine.\n"
    bare = [label.strip(" []\u200f") for label in (one, other)]
    assert [label for label, _ in heard(text)] == bare * 2


def test_wide_colons_need_no_space() -> None:
    assert [label for label, _ in heard("田中：まず話す。\n佐藤：誰と？\n田中：二人。\n")] == [
        "田中",
        "佐藤",
        "田中",
    ]


def test_role_names_alone_on_their_line() -> None:
    assert heard(f"MENTOR\n{ADVICE}\n\nMENTEE\n{QUESTION}\n\nMENTOR\n{MORE}\n") == [
        ("MENTOR", ADVICE),
        ("MENTEE", QUESTION),
        ("MENTOR", MORE),
    ]


def test_a_talk_pasted_as_one_line_is_taken_apart() -> None:
    turns = heard(f"Ana: {ADVICE} Ben: {QUESTION} Ana: {MORE} And one reason: money. Ben: Thanks. " * 20)
    assert turns[:2] == [("Ana", ADVICE), ("Ben", QUESTION)]
    assert turns[2] == ("Ana", f"{MORE} And one reason: money.")
    assert len(turns) == 80


def test_a_long_turn_with_colons_stays_whole() -> None:
    long = "One thing: wait. " + "And then we go on about it for a while. " * 20 + "One thing: ask."
    assert heard(f"Ana: {long}\nBen: Yes.\nAna: Good.\nBen: Bye.\n")[0] == ("Ana", long)


def test_roles_written_beside_names_win_over_how_people_speak() -> None:
    text = (
        "Ana (Mentee): You should see my room. You would not, if I were you, try it.\n"
        "Ben (Mentor): I am not sure, my team and me, should I?\nAna (Mentee): You should.\n"
    )
    got = parse_transcript(text.encode(), "a.txt")
    assert [turn.speaker for turn in got.turns] == [Speaker.MENTEE, Speaker.MENTOR, Speaker.MENTEE]
    assert not got.inferred
    assert not got.notices


def test_two_mentors_in_one_call() -> None:
    got = parse_transcript(
        b"Mentor Ana: Ask.\nMentor Cy: Wait.\nMentee Ben: Which?\nMentor Ana: Ask.\nMentor Cy: Wait.\n",
        "a.txt",
    )
    assert [turn.speaker.value for turn in got.turns] == ["mentor", "mentor", "mentee", "mentor", "mentor"]


@pytest.mark.parametrize("text", [r"{\rtf1\ansi Ana: Ask.\par}", "<!DOCTYPE html><p>Ana: Ask.</p>"])
def test_files_that_are_marked_up_are_refused(text: str) -> None:
    with pytest.raises(BadInput, match="not a transcript"):
        parse_transcript(text.encode(), "a.txt")
