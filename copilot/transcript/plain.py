"""Plain text: `[00:03:12] Name: text`, `Name: text`, `Speaker 1`, or a name and time above each speech."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from copilot.errors import BadInput
from copilot.thresholds import TRANSCRIPT
from copilot.transcript.cues import has_timing
from copilot.transcript.labels import Line, choose_labels, held_labels, plausible
from copilot.transcript.utterance import Reading

_CLOCK = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_BEFORE = re.compile(rf"^\s*(?:\[({_CLOCK})\]|\(({_CLOCK})\)|({_CLOCK}))(?:\s+[-–—|]\s*|\s+|$)(?P<rest>.*)$")
_BESIDE = re.compile(rf"^\s*(?P<label>[^:\n]{{1,60}}?)\s*[\[(]({_CLOCK})[\])]\s*:(?:\s+|$)(?P<rest>.*)$")
_HEADING = re.compile(
    rf"^\s*(?P<label>[^:\n]{{1,60}}?)[\s,·|–-]+[\[(]?({_CLOCK})(?:\s?[AaPp][Mm])?[\])]?\s*:?\s*$"
)
_BARE = re.compile(r"^\s*(?P<label>[^\W\d_][^:\n.,!?;]{0,50})$")
_SYSTEM = re.compile(r"^\s*.{1,60} (?:started|stopped) (?:the )?(?:transcription|recording)\.?\s*$")


def read_plain(text: str, known: Collection[str] = ()) -> Reading:
    """Speech of a plain text file. Raises BadInput when it is really a subtitle file."""
    if text.startswith("WEBVTT"):
        raise BadInput("This is a WebVTT file named as text.", "Rename it to .vtt.")
    if has_timing(text):
        raise BadInput("This is a subtitle file named as text.", "Rename it to .srt.")
    lines = [as_line(line) for line in text.splitlines() if line.strip()]
    return read_lines(lines if _names_stand_alone(lines) else [_no_bare(line) for line in lines], known)


def read_lines(lines: Sequence[Line], known: Collection[str]) -> Reading:
    """Lines in order; what stands above the first speaker is a heading of the file, not speech."""
    spoken = [line for line in lines if not _SYSTEM.match(line.text)]
    starts = len(spoken)
    held = held_labels(spoken, known, starts)
    said = choose_labels(spoken, known, starts=starts)
    first = next((i for i, u in enumerate(said) if u.label is not None), 0)
    if not held or not first:
        return Reading(tuple(said))
    note = f"{first} {'line' if first == 1 else 'lines'} above the first speaker left aside."
    return Reading(tuple(said[first:]), (note,))


def as_line(text: str) -> Line:
    """One line of text with its time and possible label, wherever the software puts them."""
    stamped = _BEFORE.match(text)
    if stamped:
        at = clock(next(g for g in stamped.groups()[:3] if g))
        inner = Line.of(stamped["rest"])
        if inner.label is not None:
            return Line(inner.text, at, None, inner.label, inner.rest, strong=True)
        bare = _BARE.match(inner.text)
        if bare and plausible(bare["label"]) and len(bare["label"].split()) <= 3:
            return Line(inner.text, at, None, bare["label"].strip(), "")
        return Line(inner.text, at)
    for layout in (_BESIDE, _HEADING):
        match = layout.match(text)
        if match and plausible(match["label"]):
            rest = match["rest"] if layout is _BESIDE else ""
            label = match["label"].strip(" -–|,·")
            return Line(text, None, None, label, rest, strong=True, beside=clock(match[2]))
    return Line.of(text)


def _is_bare(line: Line) -> bool:
    return line.start is not None and line.label is not None and line.text.strip() == line.label


def _names_stand_alone(lines: Sequence[Line]) -> bool:
    """`00:03 Name` above each speech: then every time is followed by a name alone."""
    stamped = [line for line in lines if line.start is not None]
    return sum(map(_is_bare, stamped)) >= TRANSCRIPT.consistent_share * max(1, len(stamped))


def _no_bare(line: Line) -> Line:
    return Line(line.text, line.start) if _is_bare(line) else line


def clock(written: str) -> float:
    """Seconds of "3:12", "00:03:12" or "00:03:12.5"."""
    parts = written.replace(",", ".").split(":")
    return sum(float(part) * 60**power for power, part in enumerate(reversed(parts)))
