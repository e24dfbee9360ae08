"""Probabilities of pieces turned into found claims: floors, and neighbours that form one piece."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from copilot.domain import ClaimKind, Speaker

if TYPE_CHECKING:
    from copilot.engines.local.claims.pieces import Piece
    from copilot.engines.local.claims.reader import Reading

KINDS = (
    None,
    ClaimKind.ADVICE,
    ClaimKind.ACTION,
    ClaimKind.DECISION,
    ClaimKind.QUESTION,
    ClaimKind.OPPORTUNITY,
)
"""In the order of the network's classes."""
MOST_TOGETHER = 3
"""Pieces in one claim."""


@dataclass(frozen=True, slots=True)
class Found:
    """A claim as a run of pieces `first` to `last` (both included) of one turn."""

    kind: ClaimKind
    first: int
    last: int
    confidence: float


def decode(
    pieces: Sequence[Piece], reading: Reading, floors: Mapping[ClaimKind, float], together: float
) -> list[Found]:
    """Claims in the order of the call. `together`: least probability that two neighbours are one claim."""
    out: list[Found] = []
    for i, piece in enumerate(pieces):
        kind, confidence = _best(piece, reading.classes[i], floors)
        if kind is None:
            continue
        before = out[-1] if out else None
        if before and _joins(pieces, before, i, kind) and reading.joins[i] >= together:
            out[-1] = Found(kind, before.first, i, max(before.confidence, confidence))
        else:
            out.append(Found(kind, i, i, confidence))
    return out


def _best(
    piece: Piece, row: Sequence[float], floors: Mapping[ClaimKind, float]
) -> tuple[ClaimKind | None, float]:
    """The kind that clears its floor by most, if any; advice is a mentor's alone."""
    best: ClaimKind | None = None
    margin = 0.0
    for k, kind in enumerate(KINDS):
        if kind is None or piece.speaker is Speaker.OTHER:
            continue
        if kind is ClaimKind.ADVICE and piece.speaker is not Speaker.MENTOR:
            continue
        if row[k] >= floors[kind] and row[k] / floors[kind] > margin:
            best, margin = kind, row[k] / floors[kind]
    return best, float(row[KINDS.index(best)]) if best else 0.0


def _joins(pieces: Sequence[Piece], before: Found, i: int, kind: ClaimKind) -> bool:
    return (
        before.kind is kind
        and before.last == i - 1
        and pieces[before.last].position == pieces[i].position
        and i - before.first < MOST_TOGETHER
    )
