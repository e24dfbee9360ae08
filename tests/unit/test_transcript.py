"""Transcripts: every spoken word lands in a turn, with its speaker, whatever the format."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.domain import Speaker, Transcript
from copilot.transcript import parse_transcript

LABELS = ("Ana Lima", "Ben", "O'Neil, Cy", "Speaker 3", "Dr Zoë K-P", "HESTER")
VOCABULARY = (
    "so um honestly: no well, the 10:30 thing I'd wait note: two weeks & <3 Friday. café “quoted” said — … "
    "50% [laughs] https://example.org/a a<b Ben, Ana? yes: (maybe) -> #1 *that* Right. I"
).split()
TALKS = st.lists(
    st.tuples(st.sampled_from(LABELS), st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=30)),
    min_size=1,
    max_size=12,
)
Talk = list[tuple[str, list[str]]]


def merged(talk: Talk) -> list[tuple[str, list[str]]]:
    out: list[tuple[str, list[str]]] = []
    for label, said in talk:
        if out and out[-1][0] == label:
            out[-1] = (label, out[-1][1] + said)
        else:
            out.append((label, list(said)))
    return out


def heard(transcript: Transcript) -> list[tuple[str, list[str]]]:
    return [(t.label, t.text.split()) for t in transcript.turns]


def chunks(said: list[str], size: int) -> list[list[str]]:
    return [said[i : i + size] for i in range(0, len(said), size)]


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def stamp(at: int, comma: str = ".") -> str:
    return f"{at // 3600:02d}:{at // 60 % 60:02d}:{at % 60:02d}{comma}250"


def vtt_voices(talk: Talk, size: int) -> str:
    parts, at = ["WEBVTT\n"], 0
    for number, (label, said) in enumerate(talk):
        for i, chunk in enumerate(chunks(said, size)):
            at += 3
            name = f"id-{number}/{i}-0\n" if number % 2 else ""
            body = escape("\n".join(" ".join(line) for line in chunks(chunk, 4)))
            close = "</v>" if i % 2 else ""
            parts.append(f"{name}{stamp(at)} --> {stamp(at + 4)}\n<v {label}>{body}{close}\n")
        parts.append("NOTE a comment\nof two lines\n")
    return "\n".join(parts)


def vtt_names(talk: Talk, size: int) -> str:
    parts, at = ["WEBVTT - call\n\nSTYLE\n::cue { color: red }\n"], 0
    for label, said in talk:
        for i, chunk in enumerate(chunks(said, size)):
            at += 3
            first = f"{label}: " if i == 0 else ""
            parts.append(f"{stamp(at)} --> {stamp(at + 4)} align:start\n{first}{escape(' '.join(chunk))}\n")
    return "\n".join(parts)


def srt(talk: Talk, size: int) -> str:
    parts, at = [], 0
    for label, said in talk:
        for chunk in chunks(said, size):
            at += 3
            body = escape("\n".join(" ".join(line) for line in chunks(chunk, 5)))
            parts.append(f"{len(parts) + 1}\n{stamp(at, ',')} --> {stamp(at + 2, ',')}\n{label}: {body}\n")
    return "\r\n".join("\n".join(parts).split("\n"))


def plain_timed(talk: Talk, size: int) -> str:
    lines = []
    for at, (label, said) in enumerate(talk):
        lines.append(f"[00:{at:02d}:01] {label}: {' '.join(said[:size])}")
        lines += [" ".join(chunk) for chunk in chunks(said[size:], size)]
    return "\n".join(lines)


def plain(talk: Talk, size: int) -> str:
    return "\n\n".join(f"{label}: {' '.join(said)}" for label, said in talk)


def headings(talk: Talk, size: int) -> str:
    return "\n\n".join(f"{label}   {at}:07\n{' '.join(said)}" for at, (label, said) in enumerate(talk))


def markdown(talk: Talk, size: int) -> str:
    body = [f"- **{label}:** {' '.join(said).replace('*', chr(92) + '*')}" for label, said in talk]
    return "# Call notes\n\n" + "\n".join(body)


WRITERS = {
    "voices.vtt": vtt_voices,
    "names.vtt": vtt_names,
    "names.srt": srt,
    "timed.txt": plain_timed,
    "plain.txt": plain,
    "headings.txt": headings,
    "notes.md": markdown,
}


@pytest.mark.parametrize("name", WRITERS)
@given(talk=TALKS, size=st.integers(1, 12))
@settings(max_examples=30, deadline=None)
def test_same_words_same_order_same_speakers(name: str, talk: Talk, size: int) -> None:
    told = {label: Speaker.MENTOR if i % 2 else Speaker.MENTEE for i, label in enumerate(dict(talk))}
    got = parse_transcript(WRITERS[name](talk, size).encode(), name, speakers=told)
    assert heard(got) == merged(talk)
    assert [t.speaker for t in got.turns] == [told[t.label] for t in got.turns]
    assert [t.index for t in got.turns] == list(range(len(got.turns)))


@pytest.mark.parametrize("shape", ["teams", "lines", "table"])
@given(talk=TALKS)
@settings(max_examples=15, deadline=None)
def test_word_documents_keep_every_word(shape: str, talk: Talk) -> None:
    got = parse_transcript(word(shape, talk), "call.docx", speakers=dict.fromkeys(dict(talk), Speaker.MENTOR))
    assert heard(got) == merged(talk)


def word(shape: str, talk: Talk) -> bytes:
    import docx

    document = docx.Document()
    if shape == "table":
        table = document.add_table(rows=0, cols=2)
        for label, said in talk:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = label, " ".join(said)
    for at, (label, said) in enumerate(talk if shape != "table" else []):
        body = " ".join(said)
        document.add_paragraph(f"{label}   {at}:03\n{body}" if shape == "teams" else f"{label}: {body}")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def turns(text: str, name: str = "call.txt", **kwargs: object) -> list[tuple[str, str]]:
    got = parse_transcript(text.encode(), name, **kwargs)  # type: ignore[arg-type]
    return [(t.label, t.text) for t in got.turns]


def test_labels_that_recur_are_speakers_and_remarks_are_speech() -> None:
    said = "\n".join(f"Ana: line {n}\nhonestly: no\nBen: I said\nNote: this is speech" for n in range(3))
    assert {label for label, _ in turns(said)} == {"Ana", "Ben"}
    once = (
        "Ana: Hello.\nBen: I thought of it.\nHonestly: no.\nAna: Fine.\nmy view: go\nBen: Good.\nPlan: wait."
    )
    assert [label for label, _ in turns(once)] == ["Ana", "Ben", "Ana", "Ben"]


def test_a_label_that_this_talk_uses_as_a_word_is_no_label() -> None:
    said = (
        "Ana: the rule was simple\nBen: what rule\nRule: wait\nAna: a rule\nRule: never\nBen: ok\nfine by me"
    )
    assert "Rule" not in {label for label, _ in turns(said)}


def test_someone_who_speaks_once_is_a_speaker_where_all_lines_have_one() -> None:
    lines = [f"{'Ana' if n % 2 else 'Ben'}: something {n}" for n in range(20)]
    assert ("Carla", "Lunch is here.") in turns("\n".join([*lines, "Carla: Lunch is here."]))


def test_two_people_who_speak_once_each() -> None:
    assert turns("Ana: Hello\nand welcome\nBen: Thanks") == [("Ana", "Hello and welcome"), ("Ben", "Thanks")]


def test_callers_by_number_are_speakers() -> None:
    said = "+44 7700 900123: Hi\nBen: Hello\n+44 7700 900123: So\nwell\nBen: Yes"
    assert [label for label, _ in turns(said)] == ["+44 7700 900123", "Ben"] * 2


def test_times_of_day_and_links_are_not_labels() -> None:
    assert turns("Ana: Meet\n10:30: fine\nhttps://example.org/x\nBen: Ok\nat 10:30\nAna: Yes") == [
        ("Ana", "Meet 10:30: fine https://example.org/x"),
        ("Ben", "Ok at 10:30"),
        ("Ana", "Yes"),
    ]


def test_a_preamble_is_left_aside_and_said_so() -> None:
    got = parse_transcript(b"Call of 5 Nov\n\nSpeaker 1: Hello\nSpeaker 2: Hi there", "a.txt")
    assert [t.text for t in got.turns] == ["Hello", "Hi there"]
    assert any("above the first speaker" in n for n in got.notices)


def test_bare_names_with_times_above_each_speech() -> None:
    assert turns("00:00:03 Ana\nHello there\n00:00:09 Ben\nRight\n00:00:12 Ana\nSo.") == [
        ("Ana", "Hello there"),
        ("Ben", "Right"),
        ("Ana", "So."),
    ]


def test_stamped_lines_of_one_word_are_speech() -> None:
    assert turns("[00:01] Ana: Hi\n[00:02] Hello\n[00:03] Hello\n[00:04] Ben: Hey\n[00:06] Ana: So") == [
        ("Ana", "Hi Hello Hello"),
        ("Ben", "Hey"),
        ("Ana", "So"),
    ]


VTT = """WEBVTT
Kind: captions

NOTE
secret --- comment

REGION
id:fred

1
00:05.000 --> 00:07.000 position:10%
<v.loud Ana Lima>Hello &amp; <i>welcome</i>,
<00:06.000><c.red>Ben</c>.

00:06.500 --> 00:09.000
still me

00:08.000 --> 00:08.500
<v Ben>Hi</v> <v Ana Lima>Sorry, go on.</v>

00:10.000 --> 00:12.000
<v Ben>A cue

with a blank line &lt;v Eve&gt;
"""


def test_webvtt_in_all_its_forms() -> None:
    got = parse_transcript(VTT.encode(), "call.vtt")
    assert [(t.label, t.text) for t in got.turns] == [
        ("Ana Lima", "Hello & welcome, Ben. still me"),
        ("Ben", "Hi"),
        ("Ana Lima", "Sorry, go on."),
        ("Ben", "A cue with a blank line <v Eve>"),
    ]
    assert [(t.start, t.end) for t in got.turns] == [(5.0, 9.0), (8.0, 8.5), (8.0, 8.5), (10.0, 12.0)]
    assert (got.format, got.raw_hash[:7]) == ("vtt", "sha256:")


def test_srt_without_blank_lines_between_cues() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nAna: One\n2\n00:00:03,000 --> 00:00:04,000\nBen: 42\n3\n"
    text += "00:00:05,000 --> 00:00:06,000\n{\\an8}<b>Ana</b>: Three"
    assert turns(text, "a.srt") == [("Ana", "One"), ("Ben", "42"), ("Ana", "Three")]


def test_subtitles_without_any_name_are_nobodys() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nI would start\n\n00:02.000 --> 00:03.000\nwith two.\n\n"
    got = parse_transcript((text + "00:03.000 --> 00:04.000\nWhy two?").encode(), "a.vtt")
    assert [(t.label, t.speaker, t.text) for t in got.turns] == [
        ("", Speaker.OTHER, "I would start with two."),
        ("", Speaker.OTHER, "Why two?"),
    ]
    assert any("No speaker is named" in n for n in got.notices)


def test_markdown_marks_go_and_words_stay() -> None:
    text = """---
title: Call
---
# Coaching call
<!-- hidden -->
## Ana Lima (0:05)
> Have you *really* read [the guide](https://example.org/guide)?

**Ben**: Not `yet`.

---
* __Ana Lima:__ Then read it, snake_case_name and 2 * 3 * 4.
1. [x] **Ben:** I will.
"""
    got = parse_transcript(text.encode(), "notes.md")
    assert [(t.label, t.text) for t in got.turns] == [
        ("Ana Lima", "Have you really read the guide?"),
        ("Ben", "Not yet."),
        ("Ana Lima", "Then read it, snake_case_name and 2 * 3 * 4."),
        ("Ben", "I will."),
    ]


def test_teams_word_export_without_its_notices() -> None:
    import docx

    document = docx.Document()
    for text in ("Coaching call", "November 5, 2025, 3:00PM", "27m 3s", "Ana Lima started transcription"):
        document.add_paragraph(text)
    for text in ("Ana Lima   0:03\nHi Ben.", "Ben   0:07\nHello.", "Ana Lima   1:02:09\nSo."):
        document.add_paragraph(text)
    document.add_paragraph("Ana Lima stopped transcription")
    out = BytesIO()
    document.save(out)
    got = parse_transcript(out.getvalue(), "Call.DOCX")
    assert [(t.label, t.text, t.start) for t in got.turns] == [
        ("Ana Lima", "Hi Ben.", 3.0),
        ("Ben", "Hello.", 7.0),
        ("Ana Lima", "So.", 3729.0),
    ]
