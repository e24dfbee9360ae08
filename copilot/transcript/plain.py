"""Plain text: `[00:03:12] Name: text`, `Name: text`, `Speaker 1`, or a name and time above each speech."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from copilot.errors import BadInput
from copilot.text import fold
from copilot.thresholds import TRANSCRIPT
from copilot.transcript.cues import has_timing
from copilot.transcript.labels import Line, bare, choose_labels, held_labels, is_name, is_role, plausible
from copilot.transcript.utterance import Reading

_CLOCK = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_DATE = r"(?:[\d./-]{6,10},?\s+)?"
_BEFORE = re.compile(
    rf"^[\s\u200e\u200f]*(?:\[{_DATE}({_CLOCK})\]|\(({_CLOCK})\)|({_CLOCK}))"
    r"(?:\s+[-–—|]\s*|\s+|$)(?P<rest>.*)$"
)
_BESIDE = re.compile(rf"^\s*(?P<label>[^:\n]{{1,60}}?)\s*[\[(]({_CLOCK})[\])]\s*:(?:\s+|$)(?P<rest>.*)$")
_HEADING = re.compile(
    rf"^\s*(?P<label>[^:\n]{{1,60}}?)[\s,·|–-]+[\[(]?({_CLOCK})(?:\s?[AaPp][Mm])?[\])]?\s*:?\s*$"
)
_BARE = re.compile(r"^\s*(?P<label>[^\W\d_][^:\n.,!?;]{0,50})$")
_LONE_CLOCK = re.compile(r"^\s*[\[(]?((?:\d{1,3}:)?\d{1,2}:\d{2})[\])]?\s*$")
_SYSTEM = re.compile(
    r"^\s*(?:.{1,60} (?:started|stopped) (?:the )?(?:transcription|recording)\.?"
    r"|(?:Meeting|Transcription|Recording) ended after [\d:]+\W*"
    r"|This editable transcript was computer generated and might contain errors\..*"
    r"|Transcribed by https?://\S+)\s*$"
)
_INLINE = re.compile(r"(?:^|(?<=[.?!…]\s))(?=(?P<name>[^\W\d_][^:.?!,;\n]{0,40}):\s)")


def read_plain(text: str, known: Collection[str] = ()) -> Reading:
    """Speech of a plain text file. Raises BadInput when it is really a subtitle file."""
    if text.startswith("WEBVTT"):
        raise BadInput("This is a WebVTT file named as text.", "Rename it to .vtt.")
    if has_timing(text):
        raise BadInput("This is a subtitle file named as text.", "Rename it to .srt.")
    written = [piece for line in text.splitlines() for piece in _unrolled(line)]
    return read_lines(as_lines(written), known)


def as_lines(written: Sequence[str]) -> list[Line]:
    """Lines that are not blank, read in the one style of time that the file keeps to."""
    kept = _with_clocks([line for line in written if line.strip()])
    bare_clock = _bare_clocks(kept)
    lines = [as_line(line, bare_clock=bare_clock) for line in kept]
    if _names_stand_alone(lines):
        return [_alone(line) if _is_bare(line) else line for line in lines]
    roles = {fold(line.text) for line in lines if is_role(line.text)}
    return [_alone(line) if len(roles) > 1 and fold(line.text) in roles else line for line in lines]


def _unrolled(line: str) -> list[str]:
    """A talk pasted as one long line: one line for each `Name:` after a sentence, if such names recur."""
    if len(line.split()) < TRANSCRIPT.long_line_words:
        return [line]
    found = [match for match in _INLINE.finditer(line.strip()) if is_name(match["name"])]
    often = Counter(match["name"] for match in found)
    cuts = [match.start() for match in found if often[match["name"]] > 1]
    if not cuts or cuts[0] != 0 or len({name for name, count in often.items() if count > 1}) < 2:
        return [line]
    return [line.strip()[a:b] for a, b in zip(cuts, [*cuts[1:], None], strict=True)]


def _with_clocks(lines: list[str]) -> list[str]:
    """A name and the time below it, copied from a web page, become one line."""
    at = [i for i, line in enumerate(lines) if _LONE_CLOCK.match(line)]
    if len(at) < 2 or not all(i and is_name(lines[i - 1]) for i in at):
        return lines
    for i in at:
        lines = [*lines[: i - 1], f"{lines[i - 1]}   {lines[i]}", "", *lines[i + 1 :]]
    return [line for line in lines if line]


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
    lone = _LONE_CLOCK.match(text)
    if lone and lone[1].count(":") == 2:  # Google Meet's marker between speeches
        return Line("", clock(lone[1]))
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
            label = bare(match["label"])
            apart = re.search(r"\s{2}|\t|[\[(|·]", text) is not None
            return Line(text, None, None, label, rest, strong=apart, beside=clock(match[2]))
    return Line.of(text)


def _is_bare(line: Line) -> bool:
    alone = _BARE.match(line.text) if line.start is not None and line.label is None else None
    return alone is not None and plausible(line.text) and len(line.text.split()) <= 4


def _names_stand_alone(lines: Sequence[Line]) -> bool:
    """`00:03 Name` above each speech: then every time is followed by a name alone."""
    stamped = [line for line in lines if line.start is not None]
    return 0 < len(stamped) == sum(map(_is_bare, stamped)) < len(lines)


def _alone(line: Line) -> Line:
    return Line(line.text, line.start, None, line.text.strip(), "", strong=True)


def clock(written: str) -> float:
    """Seconds of "3:12", "00:03:12" or "00:03:12.5"."""
    parts = written.replace(",", ".").split(":")
    return sum(float(part) * float(60**power) for power, part in enumerate(reversed(parts)))
