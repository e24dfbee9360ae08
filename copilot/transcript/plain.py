"""Plain text: `[00:03:12] Name: text`, `Name: text`, `Speaker 1`, or a name and time above each speech."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

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
    return read_lines(as_lines(text.splitlines()), known)


def as_lines(written: Sequence[str]) -> list[Line]:
    """Lines that are not blank, read in the one style of time that the file keeps to."""
    kept = [line for line in written if line.strip()]
    bare = _bare_clocks(kept)
    lines = [as_line(line, bare_clock=bare) for line in kept]
    return [_alone(line) for line in lines] if _names_stand_alone(lines) else lines


def _bare_clocks(lines: Sequence[str]) -> bool:
    """Are times without brackets at the start of lines the times of speech, or spoken ("10:30 is fine")?"""
    if any(as_line(line, bare_clock=False).beside is not None for line in lines):
        return False
    found = [m for line in lines if (m := _BEFORE.match(line))]
    times = [clock(m[3]) for m in found if m[3]]
    return len(times) == len(found) >= TRANSCRIPT.stamped_share * len(lines) and times == sorted(times)


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


def as_line(text: str, *, bare_clock: bool = False) -> Line:
    """One line of text with its time and possible label, wherever the software puts them.

    A time without brackets is one only before a label, or where `bare_clock` says so.
    """
    stamped = _BEFORE.match(text)
    inner = Line.of(stamped["rest"]) if stamped else None
    if stamped and inner and (bare_clock or not stamped[3] or inner.label is not None):
        at = clock(next(g for g in stamped.groups()[:3] if g))
        if stamped[3] and not bare_clock:  # if the label does not hold, the time was spoken
            return replace(inner, text=text, beside=at)
        return replace(inner, start=at, strong=inner.label is not None)
    for layout in (_BESIDE, _HEADING):
        match = layout.match(text)
        if match and plausible(match["label"]):
            rest = match["rest"] if layout is _BESIDE else ""
            label = match["label"].strip(" -–|,·")
            apart = re.search(r"\s{2}|\t|[\[(|·]", text) is not None
            return Line(text, None, None, label, rest, strong=apart, beside=clock(match[2]))
    return Line.of(text)


def _is_bare(line: Line) -> bool:
    bare = _BARE.match(line.text) if line.start is not None and line.label is None else None
    return bare is not None and plausible(line.text) and len(line.text.split()) <= 4


def _names_stand_alone(lines: Sequence[Line]) -> bool:
    """`00:03 Name` above each speech: then every time is followed by a name alone."""
    stamped = [line for line in lines if line.start is not None]
    return 0 < len(stamped) == sum(map(_is_bare, stamped)) < len(lines)


def _alone(line: Line) -> Line:
    return Line(line.text, line.start, None, line.text.strip(), "", strong=True) if _is_bare(line) else line


def clock(written: str) -> float:
    """Seconds of "3:12", "00:03:12" or "00:03:12.5"."""
    parts = written.replace(",", ".").split(":")
    return sum(float(part) * float(60**power) for power, part in enumerate(reversed(parts)))
