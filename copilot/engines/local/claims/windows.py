"""Pieces packed into windows that the encoder reads at once, each with what was said around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LONGEST_PIECE = 80
"""Tokens; the rest of a longer piece is not read."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Token ids of a piece, and those of the mark that says who speaks (empty: same as before)."""

    ids: tuple[int, ...]
    mark: tuple[int, ...]
    new_turn: bool


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a piece stands in a window; `core` pieces are judged there, the others are context."""

    piece: int
    start: int
    end: int
    core: bool


@dataclass(frozen=True, slots=True)
class Window:
    ids: tuple[int, ...]
    slots: tuple[Slot, ...]


def pack(
    pieces: Sequence[Tokens], limit: int, before: int, after: int, first: int, last: int, lead: int = 0
) -> list[Window]:
    """Windows of at most about `limit` tokens in which each piece is core exactly once.

    `before` and `after`: tokens of context kept free on either side. `first` and `last`: ids that
    open and close a window. `lead`: tokens by which the first window's core is shorter (training
    varies it, so that borders fall elsewhere each time).
    """
    sizes = [len(p.ids) + (len(p.mark) if p.new_turn else 0) for p in pieces]
    windows: list[Window] = []
    start, room = 0, max(1, limit - before - after - lead)
    while start < len(pieces):
        end, used = start, 0
        while end < len(pieces) and (end == start or used + sizes[end] <= room):
            used += sizes[end]
            end += 1
        low = _reach(sizes, start, -1, before)
        high = _reach(sizes, end - 1, 1, after) + 1
        windows.append(_window(pieces, low, start, end, high, first, last))
        start, room = end, max(1, limit - before - after)
    return windows


def _reach(sizes: Sequence[int], at: int, step: int, budget: int) -> int:
    """Furthest piece from `at` in direction `step` whose tokens still fit in `budget`."""
    while 0 <= at + step < len(sizes) and sizes[at + step] <= budget:
        at += step
        budget -= sizes[at]
    return at


def _window(
    pieces: Sequence[Tokens], low: int, start: int, end: int, high: int, first: int, last: int
) -> Window:
    ids = [first]
    slots: list[Slot] = []
    for i in range(low, high):
        if pieces[i].new_turn or i == low:
            ids += pieces[i].mark
        slots.append(Slot(i, len(ids), len(ids) + len(pieces[i].ids), start <= i < end))
        ids += pieces[i].ids
    return Window((*ids, last), tuple(slots))
