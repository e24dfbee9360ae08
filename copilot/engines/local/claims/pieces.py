"""Turns cut into pieces: sentences of speech, and long unpunctuated runs cut at their joints."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from copilot.domain import Speaker, Turn
from copilot.text import sentences

LONGEST = 36
"""Words; a longer piece is cut, because a machine transcript may have no full stops at all."""
SHORTEST = 7
"""Words that a cut leaves on either side."""

_JOINT = re.compile(
    r"(?<=[,;:])\s+|\s+(?=(?:and|but|so|because|cause|then|okay|right|well|anyway|yeah|i'd|i'll|i would|"
    r"you should|if you)\b)|\s+[-–—]\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one turn: `turns[position].text[start:end]`."""

    position: int
    """Place of the turn in the list given, not `Turn.index`."""
    start: int
    end: int
    speaker: Speaker
    text: str


def cut(turns: Sequence[Turn]) -> list[Piece]:
    """All pieces of all turns in order; together they hold every word that was said."""
    out: list[Piece] = []
    for position, turn in enumerate(turns):
        at = 0
        for sentence in sentences(turn.text):
            at = turn.text.index(sentence, at)
            for start, end in _shorten(sentence):
                text = sentence[start:end]
                out.append(Piece(position, at + start, at + end, turn.speaker, text))
            at += len(sentence)
    return out


def _shorten(sentence: str) -> list[tuple[int, int]]:
    """Spans of a sentence, each of at most LONGEST words where a joint or a space allows it."""
    count = len(sentence.split())
    if count <= LONGEST:
        return [(0, len(sentence))]
    middle = len(sentence) / 2
    gaps = list(_JOINT.finditer(sentence)) or list(re.finditer(r"\s+", sentence))
    gaps = [g for g in gaps if _roomy(sentence, g)] or [
        g for g in re.finditer(r"\s+", sentence) if _roomy(sentence, g)
    ]
    if not gaps:
        return [(0, len(sentence))]
    best = min(gaps, key=lambda g: abs((g.start() + g.end()) / 2 - middle))
    left = _shorten(sentence[: best.start()])
    right = _shorten(sentence[best.end() :])
    return left + [(a + best.end(), b + best.end()) for a, b in right]


def _roomy(sentence: str, gap: re.Match[str]) -> bool:
    before, after = sentence[: gap.start()], sentence[gap.end() :]
    return min(len(before.split()), len(after.split())) >= SHORTEST
