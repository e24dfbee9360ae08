"""A second, independent reading of transcript files, so that the product's own reader can be checked."""

from __future__ import annotations

import re
from pathlib import Path

_LINE = re.compile(r"(?:\[[\d:.]+\]\s*)?([\w .'’\-]{1,60}): (.*)$")
_VOICE = re.compile(r"<v ([^>]+)>(.*?)(?:</v>)?$")


def spoken(path: Path) -> list[tuple[str, str]]:
    """(label, text) of every turn: consecutive cues of one speaker are joined by one space."""
    return spoken_text(path.read_text(encoding="utf-8"), timed=path.suffix in {".vtt", ".srt"})


def spoken_text(text: str, *, timed: bool) -> list[tuple[str, str]]:
    turns: list[tuple[str, str]] = []
    for label, words in _cues(text) if timed else _lines(text):
        if turns and label in {turns[-1][0], ""}:
            turns[-1] = (turns[-1][0], f"{turns[-1][1]} {words}")
        else:
            turns.append((label, words))
    return turns


def _cues(text: str) -> list[tuple[str, str]]:
    out = []
    for block in re.split(r"\n\s*\n", text):
        lines = [line for line in block.splitlines() if line.strip()]
        at = next((i for i, line in enumerate(lines) if "-->" in line), None)
        if at is None:
            continue
        body = " ".join(lines[at + 1 :])
        found = _VOICE.match(body) or re.match(r"([A-Z][\w .'’\-]{0,30}): (.*)$", body)
        out.append((found[1], found[2].strip()) if found else ("", body.strip()))
    return out


def _lines(text: str) -> list[tuple[str, str]]:
    out: list[tuple[str, str]] = []
    for line in text.splitlines():
        if found := _LINE.match(line.strip()):
            out.append((found[1], found[2].strip()))
        elif line.strip() and out:
            out[-1] = (out[-1][0], f"{out[-1][1]} {line.strip()}")
    return out
