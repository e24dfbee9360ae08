"""Timed cues of subtitle files (WebVTT and SRT), read so that no spoken line is lost.

Libraries for subtitles drop blocks that break the format (a blank line inside a cue, a missing one between
cues); real exports have both, and a lost line is lost advice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_TIMING = re.compile(rf"^\s*{_TIME}\s*-->\s*{_TIME}(?=\s|$)")
_ID = re.compile(r"^(?:\d+|(?=\S*\d)[\w-]+(?:/[\w-]+)*)$")


@dataclass(slots=True)
class Cue:
    """One cue: its lines as written, times in seconds."""

    start: float
    end: float
    lines: list[str] = field(default_factory=list)


def seconds(hours: str | None, minutes: str, secs: str, fraction: str | None) -> float:
    """Seconds of a written time; a fraction is read as decimals of a second."""
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(secs)
    return whole + (float(f"0.{fraction}") if fraction else 0.0)


def blocks(text: str) -> list[list[str]]:
    """Runs of lines that are not blank."""
    return [part.splitlines() for part in re.split(r"\n[^\S\n]*(?:\n[^\S\n]*)+", text.strip("\n")) if part]


def has_timing(text: str) -> bool:
    return any(_TIMING.match(line) for line in text.splitlines())


def read_cues(groups: Sequence[Sequence[str]]) -> list[Cue]:
    """Cues in file order. Lines that stand in no cue are speech of the cue before them."""
    cues: list[Cue] = []
    for group in groups:
        times = [i for i, line in enumerate(group) if _TIMING.match(line)]
        first = times[0] if times else len(group)
        # One line before the first time is the cue's id; a stray number alone is one too.
        stray = group[: max(0, first - 1)] if times else [g for g in group if not g.strip().isdigit()]
        if stray and cues:
            cues[-1].lines.extend(stray)
        for number, at in enumerate(times):
            stop = times[number + 1] if number + 1 < len(times) else len(group)
            if stop < len(group) and stop - 1 > at and _ID.match(group[stop - 1].strip()):
                stop -= 1
            cues.append(_cue(group[at], group[at + 1 : stop]))
    return cues


def _cue(timing: str, lines: Sequence[str]) -> Cue:
    match = _TIMING.match(timing)
    assert match is not None, "only lines that matched come here"  # noqa: S101
    got = match.groups()
    return Cue(seconds(*got[:4]), seconds(*got[4:]), list(lines))
