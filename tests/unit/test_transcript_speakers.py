"""Who is who: flags first, then names, then how people speak, and that is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from copilot.domain import Speaker
from copilot.errors import BadInput
from copilot.transcript import parse_transcript
from copilot.transcript.names import name_match
from copilot.transcript.speakers import mentor_odds

GOLDEN = Path(__file__).parents[3] / "shared/golden/tech"
ADVISING = (
    "You should send it. Have you asked her? You could try, if I were you. Your note is fine, don't wait."
)
WORRYING = (
    "I don't know what my manager wants. Should I wait? My team and I, I'm not sure. Do you think I can?"
)


@pytest.mark.parametrize(
    ("label", "name", "sure"),
    [
        ("Ana Lima", "Ana Lima", 3),
        ("ANA LIMA", "Ana Lima", 3),
        ("Lima, Ana", "Ana Lima", 3),
        ("Lima, Ana (she/her)", "Ana Lima", 3),
        ("Ana Lima | Acme", "Ana Lima", 3),
        ("Dr Ana Lima", "Ana Lima", 3),
        ("ana.lima@example.org", "Ana Lima", 3),
        ("Bjorn Lokke", "Bjørn Løkke", 3),
        ("Zoe", "Zoë Kelly-Price", 2),
        ("Zoë K-P", "Zoë Kelly-Price", 2),
        ("Zoe K.", "Zoë Kelly-Price", 2),
        ("Kelly-Price", "Zoë Kelly-Price", 2),
        ("AL", "Ana Lima", 1),
        ("A. L.", "Ana Lima", 1),
        ("Ana Lopes", "Ana Lima", 0),
        ("Ben", "Ana Lima", 0),
        ("Lima Ana Ben", "Ana Lima", 0),
        ("Speaker 1", "Ana Lima", 0),
        ("", "Ana Lima", 0),
    ],
)
def test_labels_in_the_shapes_that_call_software_writes(label: str, name: str, sure: int) -> None:
    assert name_match(label, name) == sure


def roles(text: str, **kwargs: object) -> tuple[dict[str, Speaker], bool, tuple[str, ...]]:
    got = parse_transcript(text.encode(), "a.txt", **kwargs)  # type: ignore[arg-type]
    return {t.label: t.speaker for t in got.turns}, got.inferred, got.notices


TWO = f"Ana: {WORRYING}\nBen: {ADVISING}\nAna: Right.\nBen: Good.\n"
THREE = f"{TWO}Carla: Lunch is here, you two.\nCarla: Bye.\n"


def test_flags_win_over_everything() -> None:
    got = roles(TWO, speakers={"ana": Speaker.MENTOR, "Ben": Speaker.MENTEE}, mentor_name="Ben")
    assert got == ({"Ana": Speaker.MENTOR, "Ben": Speaker.MENTEE}, False, ())


def test_one_flag_tells_both_of_two_but_not_of_three() -> None:
    assert roles(TWO, speakers={"Ana": Speaker.MENTEE})[:2] == (
        {"Ana": Speaker.MENTEE, "Ben": Speaker.MENTOR},
        False,
    )
    who, inferred, notices = roles(THREE, speakers={"Ana": Speaker.MENTEE})
    assert who == {"Ana": Speaker.MENTEE, "Ben": Speaker.MENTOR, "Carla": Speaker.OTHER}
    assert inferred
    assert "not sure" in notices[0]


def test_a_flag_for_nobody_is_refused_with_the_labels_there_are() -> None:
    with pytest.raises(BadInput, match='"Ana", "Ben"'):
        roles(TWO, speakers={"Dana": Speaker.MENTOR})
    who, _, notices = roles(TWO, speakers={"Dana": Speaker.MENTOR, "Ben": Speaker.MENTOR})
    assert who["Ana"] is Speaker.MENTEE
    assert notices == ('No speaker is labelled "Dana".',)


def test_names_tell_without_inferring() -> None:
    who, inferred, notices = roles(THREE, mentor_name="Benjamin, Ben", mentee_name="Ana Lima")
    assert who == {"Ana": Speaker.MENTEE, "Ben": Speaker.MENTOR, "Carla": Speaker.OTHER}
    assert (inferred, notices) == (False, ())


def test_two_people_of_one_first_name_are_not_guessed_from_it() -> None:
    text = f"Ana: {WORRYING}\nBo: {ADVISING}\nAna: yes\nBo: yes\n"
    who, inferred, _ = roles(text, mentor_name="Ana Lima", mentee_name="Ana Costa")
    assert inferred
    assert who == {"Ana": Speaker.MENTEE, "Bo": Speaker.MENTOR}


def test_nothing_told_is_worked_out_and_said() -> None:
    who, inferred, notices = roles(THREE.replace("Ana:", "Speaker 1:").replace("Ben:", "Speaker 2:"))
    assert who == {"Speaker 1": Speaker.MENTEE, "Speaker 2": Speaker.MENTOR, "Carla": Speaker.OTHER}
    assert inferred
    assert '"Speaker 2" as mentor' in notices[-1]


def test_who_says_the_others_name_counts() -> None:
    text = "Speaker 1: Ana, hello. Ana, sit.\nSpeaker 2: Yes.\nSpeaker 1: So, Ana.\nSpeaker 2: Well, Ben.\n"
    who, _, _ = roles(text, mentor_name="Ben Ode", mentee_name="Ana Lima")
    assert who == {"Speaker 1": Speaker.MENTOR, "Speaker 2": Speaker.MENTEE}
    who, _, _ = roles(text, mentor_name="Ana Lima", mentee_name="Ben Ode")
    assert who == {"Speaker 1": Speaker.MENTEE, "Speaker 2": Speaker.MENTOR}


def test_labels_that_are_roles() -> None:
    assert roles("Mentee: You should know.\nMentor: I see.")[:2] == (
        {"Mentee": Speaker.MENTEE, "Mentor": Speaker.MENTOR},
        False,
    )


def test_odds_do_not_depend_on_the_order() -> None:
    assert mentor_odds(ADVISING, WORRYING) == -mentor_odds(WORRYING, ADVISING) > 0
    assert mentor_odds("", "") == 0


def test_one_speaker_alone_is_not_guessed() -> None:
    who, inferred, notices = roles("Ana: You should wait.\nAna: Really.")
    assert who == {"Ana": Speaker.OTHER}
    assert not inferred
    assert "name the speakers" in notices[0]


@pytest.mark.skipif(not GOLDEN.exists(), reason="the sample programme's labels are not here")
def test_sample_calls_are_told_apart_with_and_without_being_told() -> None:
    sessions = json.loads((GOLDEN / "sessions.json").read_text())
    names = {
        p["id"]: p["name"]
        for f in ("mentors", "mentees")
        for p in json.loads((GOLDEN / f"{f}.json").read_text())
    }
    right = 0
    for session in sessions:
        path = GOLDEN / "transcripts" / session["transcript"]
        want = {label: Speaker(role) for label, role in session["speakers"].items()}
        named = {"mentor_name": names[session["mentor"]], "mentee_name": names[session["mentee"]]}
        for told in ({"speakers": want}, named):
            got = parse_transcript(path.read_bytes(), path.name, **told)
            assert {t.label: t.speaker for t in got.turns} == want
        alone = parse_transcript(path.read_bytes(), path.name)
        assert alone.inferred
        right += {t.label: t.speaker for t in alone.turns} == want
    assert right >= len(sessions) - 1
