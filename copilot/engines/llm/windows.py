"""A long transcript in parts that a model can read: each word stands in exactly one part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from copilot.domain import Turn
from copilot.text import sentences


@dataclass(frozen=True, slots=True)
class Piece:
    """A turn, or a stretch of one that is too long for one window. One line, whatever the turn holds."""

    turn: int
    who: str
    text: str

    @property
    def line(self) -> str:
        return f"[{self.turn}] {self.who}: {self.text}"


@dataclass(frozen=True, slots=True)
class Window:
    own: tuple[Piece, ...]
    """What is to be read here and nowhere else."""
    before: tuple[Piece, ...]
    """The last pieces of the window before, for context."""

    @property
    def turns(self) -> frozenset[int]:
        return frozenset(piece.turn for piece in self.own)

    def around(self, turns: Sequence[int], reach: int) -> str:
        """What is said at these turns and up to `reach` turns beside them, context included."""
        near = {turn + step for turn in turns for step in range(-reach, reach + 1)}
        return " ".join(piece.text for piece in (*self.before, *self.own) if piece.turn in near)


def weight(text: str) -> int:
    """Words; in scripts without spaces about as many as their characters amount to."""
    return max(len(text.split()), ceil(len(text) / 8))


def split_windows(turns: Sequence[Turn], words: int, overlap: int) -> tuple[Window, ...]:
    """Windows of about equal size, none above `words`, on borders of turns where turns are short enough."""
    pieces = [piece for turn in turns for piece in _pieces(turn, words)]
    total = sum(weight(piece.text) for piece in pieces)
    target = ceil(total / ceil(total / words)) if total else words
    groups: list[list[Piece]] = []
    size = 0
    for piece in pieces:
        own = weight(piece.text)
        if not groups or size >= target or size + own > words:
            groups.append([])
            size = 0
        groups[-1].append(piece)
        size += own
    return tuple(
        Window(tuple(group), tuple(groups[n - 1][-overlap:]) if n and overlap else ())
        for n, group in enumerate(groups)
    )


def _pieces(turn: Turn, words: int) -> Iterator[Piece]:
    text = " ".join(turn.text.split())
    if weight(text) <= words:
        yield Piece(turn.index, turn.speaker.value, text)
        return
    held = ""
    for part in (p for sentence in sentences(text) for p in _cut(sentence, words)):
        joined = f"{held} {part}".strip()
        if held and weight(joined) > words:
            yield Piece(turn.index, turn.speaker.value, held)
            joined = part
        held = joined
    if held:
        yield Piece(turn.index, turn.speaker.value, held)


def _cut(sentence: str, words: int) -> Iterator[str]:
    """A sentence in stretches of at most `words`, at white space where there is some."""
    while weight(sentence) > words:
        tokens = sentence.split(" ", words)
        end = min(len(" ".join(tokens[:words])), 8 * words)
        space = sentence.rfind(" ", 1, end + 1)
        end = space if space > 0 else end
        yield sentence[:end].strip()
        sentence = sentence[end:].strip()
    if sentence:
        yield sentence
