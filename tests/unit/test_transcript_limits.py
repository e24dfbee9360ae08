"""The door: what is no transcript is refused with one clear line, whatever it pretends to be."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.errors import BadInput, TooLarge
from copilot.thresholds import LIMITS
from copilot.transcript import parse_transcript

GOOD = "Ana: Hello there\nBen: Hello to you\n"


def zipped(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def word(change: Callable[[str, bytes], bytes] = lambda name, data: data) -> bytes:
    import docx

    document = docx.Document()
    document.add_paragraph("Ana: Hello")
    document.add_paragraph("Ben: Hi")
    out = BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as archive:
        return zipped({n: change(n, archive.read(n)) for n in archive.namelist()})


def lying_bomb() -> bytes:
    """A part of 60 MB that declares 10 bytes in both of its headers."""
    data = bytearray(zipped({"word/document.xml": b"<a>" + b" " * 60_000_000}))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        where = data.index(mark) + at
        data[where : where + 4] = struct.pack("<I", 10)
    return bytes(data)


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><z>&b;</z>'
REFUSED = {
    "empty": (b"", "a.txt", "empty"),
    "blank": (b" \n\n \n", "a.txt", "no speech"),
    "only a header": (b"WEBVTT\n\nNOTE nothing\n", "a.vtt", "no cues"),
    "cues with no words": (b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n", "a.vtt", "no speech"),
    "labels with no words": (b"Ana:\nBen:\n", "a.txt", "no speech"),
    "ending unknown": (GOOD.encode(), "a.pdf", "end in"),
    "no ending": (GOOD.encode(), "transcript", "end in"),
    "invalid UTF-8": (b"Ana: caf\xe9\nBen: ok", "a.txt", "UTF-8"),
    "NUL": (b"Ana: a\x00b\nBen: ok", "a.txt", "NUL"),
    "UTF-16 with no mark": (GOOD.encode("utf-16-le"), "a.txt", "NUL"),
    "half a UTF-16 character": (b"\xff\xfeA\x00B", "a.txt", "UTF-8"),
    "control characters": (b"Ana: \x01\x02\x03\x04\x05\x06\x07\x08", "a.txt", "binary"),
    "PNG": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a.txt", "UTF-8"),
    "VTT without its mark": (GOOD.encode(), "a.vtt", "WEBVTT"),
    "VTT named SRT": (b"WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n", "a.srt", "WebVTT"),
    "VTT named text": (b"WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n", "a.txt", "WebVTT"),
    "SRT named text": (b"1\n00:00:01,000 --> 00:00:02,000\nHi\n", "a.txt", "subtitle"),
    "text named SRT": (GOOD.encode(), "a.srt", "not an SRT"),
    "text named Word": (GOOD.encode(), "a.docx", "not a Word file"),
    "Word named text": (word(), "a.txt", "zip or Word"),
    "zip without a document": (zipped({"a.xml": b"<a/>"}), "a.docx", "without a Word document"),
    "zip with nothing but a document": (zipped({"word/document.xml": b"<a/>"}), "a.docx", "damaged"),
    "zip cut short": (word()[:2000], "a.docx", "damaged"),
    "broken XML": (word(lambda n, d: b"<w:doc" if n == "word/document.xml" else d), "a.docx", "damaged"),
    "XML entities": (word(lambda n, d: ENTITIES if n == "word/document.xml" else d), "a.docx", "entities"),
    "XML entities in UTF-16": (
        word(lambda n, d: ENTITIES.decode().encode("utf-16") if n == "word/styles.xml" else d),
        "a.docx",
        "entities",
    ),
    "entities in any part": (
        zipped({"word/document.xml": b"<a/>", "x.rels": ENTITIES}),
        "a.docx",
        "entities",
    ),
    "a part that lies about its size": (lying_bomb(), "a.docx", "damaged"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_no_transcript_is_refused_in_one_line(case: str) -> None:
    data, name, why = REFUSED[case]
    before = bytes(data)
    with pytest.raises(BadInput, match=why) as caught:
        parse_transcript(data, name)
    assert "\n" not in str(caught.value)
    assert data == before


TOO_LARGE = {
    "bytes": (b"Ana: " + b"a" * LIMITS.transcript_bytes, "a.txt"),
    "words": (("Ana: " + "a " * (LIMITS.transcript_words + 1)).encode(), "a.txt"),
    "zip bomb": (zipped({"word/document.xml": b" " * 60_000_000}), "a.docx"),
    "many parts": (zipped({f"p{i}.xml": b"" for i in range(2_100)}), "a.docx"),
}


@pytest.mark.parametrize("case", TOO_LARGE)
def test_above_the_limit_is_too_large(case: str) -> None:
    with pytest.raises(TooLarge) as caught:
        parse_transcript(*TOO_LARGE[case])
    assert caught.value.exit_code == 2


def test_at_the_limit_is_let_in() -> None:
    talk = "Ana: " + "a " * (LIMITS.transcript_words - 1) + "\nBen: b"
    got = parse_transcript(talk.encode(), "a.txt")
    assert sum(len(t.text.split()) for t in got.turns) == LIMITS.transcript_words


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_byte_order_marks_and_line_ends(encoding: str, end: str) -> None:
    got = parse_transcript(GOOD.replace("\n", end).encode(encoding), "a.TXT")
    assert [(t.label, t.text) for t in got.turns] == [("Ana", "Hello there"), ("Ben", "Hello to you")]


def test_a_stray_control_character_is_left_out() -> None:
    got = parse_transcript(("Ana: Hel\x07lo\n" + "Ben: something to say\nAna: yes\n" * 20).encode(), "a.txt")
    assert got.turns[0].text == "Hello"


def test_a_good_word_file_is_let_in() -> None:
    assert [t.label for t in parse_transcript(word(), "a.docx").turns] == ["Ana", "Ben"]


@given(st.binary(max_size=300), st.sampled_from(["a.vtt", "a.srt", "a.txt", "a.md", "a.docx"]))
def test_any_bytes_are_turns_or_one_clear_line(data: bytes, name: str) -> None:
    try:
        got = parse_transcript(data, name)
    except BadInput:
        return
    assert got.turns


@given(
    st.text(max_size=300),
    st.sampled_from(["WEBVTT\n\n", "1\n00:00:01,000 --> 00:00:02,000\n", "A: ", "# x\n"]),
)
def test_any_text_is_turns_or_one_clear_line(text: str, head: str) -> None:
    for name in ("a.vtt", "a.srt", "a.txt", "a.md"):
        try:
            got = parse_transcript((head + text).encode(), name)
        except BadInput:
            continue
        assert all(t.text for t in got.turns)
