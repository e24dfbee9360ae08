"""Probabilities of pieces turned into found claims: floors, and neighbours that form one claim."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from copilot.domain import ClaimKind, Speaker
from copilot.engines.local.claims.cues import PLAIN_ADVICE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from copilot.engines.local.claims.pieces import Piece

KINDS = (
    None,
    ClaimKind.ADVICE,
    ClaimKind.ACTION,
    ClaimKind.DECISION,
    ClaimKind.QUESTION,
    ClaimKind.OPPORTUNITY,
)
"""In the order of the network's classes."""
_PROMISE = re.compile(r"\b(?:i['’]ll|i will|i['’]m (?:going to|gonna)|let me|i can)\b", re.IGNORECASE)
MOST_TOGETHER = 3
"""Pieces in one claim."""


@dataclass(frozen=True, slots=True)
class Found:
    """A claim as a run of pieces `first` to `last` (both included) of one turn."""

    kind: ClaimKind
    first: int
    last: int
    confidence: float


def plainly_advised(
    pieces: Sequence[Piece], classes: NDArray[np.float32], at_least: float
) -> NDArray[np.float32]:
    """`classes`, shape (pieces, len(KINDS)), where a mentor's "you should …" is advice at `at_least`.

    Unless the network is sure that it is something else than nothing.
    """
    out = classes.copy()
    advice = KINDS.index(ClaimKind.ADVICE)
    for i, piece in enumerate(pieces):
        if piece.speaker is Speaker.MENTOR and out[i, 1:].max() < at_least and PLAIN_ADVICE.match(piece.text):
            out[i, advice] = at_least
    return out


def decode(
    pieces: Sequence[Piece], classes: NDArray[np.float32], floors: Mapping[ClaimKind, float]
) -> list[Found]:
    """Claims in the order of the call. `classes`: (pieces, len(KINDS)), see `Reader.read`."""
    out: list[Found] = []
    for i, piece in enumerate(pieces):
        kind, confidence = _best(piece, classes[i], floors)
        if kind is None:
            continue
        before = out[-1] if out else None
        if before and _joins(pieces, before, i, kind):
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
    """Neighbours are one claim; but each new promise is an action of its own."""
    if kind is ClaimKind.ACTION and _PROMISE.search(pieces[i].text):
        return False
    return (
        before.kind is kind
        and before.last == i - 1
        and pieces[before.last].position == pieces[i].position
        and i - before.first < MOST_TOGETHER
    )
