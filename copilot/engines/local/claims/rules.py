"""What the network cannot see: claims taken back later, and words meant for a machine, are left out."""

from __future__ import annotations

from collections.abc import Sequence

from copilot.domain import ClaimKind, Speaker
from copilot.engines.local.claims.cues import (
    EARLIER,
    INJECTION,
    RESTATES,
    UNPROMISE,
    WITHDRAWAL,
    english,
)
from copilot.engines.local.claims.decode import Found
from copilot.engines.local.claims.pieces import Piece
from copilot.engines.local.claims.topics import counts

BEHIND = 5
"""Pieces of the same speaker back to which "scratch that" reaches."""
READ_ALOUD = 4
"""Pieces after words meant for a machine that still belong to what is read aloud."""
_PROMISED = (ClaimKind.ACTION, ClaimKind.DECISION, ClaimKind.OPPORTUNITY)


def unusable(pieces: Sequence[Piece]) -> frozenset[int]:
    """Pieces that nothing may rest on: meant for a machine, or not in English."""
    out = {i for i, p in enumerate(pieces) if not english(p.text)}
    for i, piece in enumerate(pieces):
        if INJECTION.search(piece.text):
            reach = range(max(0, i - 1), min(len(pieces), i + READ_ALOUD + 1))
            out |= {k for k in reach if pieces[k].position == piece.position}
    return frozenset(out)


def kept(pieces: Sequence[Piece], found: Sequence[Found], without: frozenset[int]) -> list[Found]:
    """The claims that still stand at the end of the call."""
    standing = [f for f in found if not any(i in without for i in range(f.first, f.last + 1))]
    standing = [f for f in standing if not _restated(pieces, f)]
    for i, piece in enumerate(pieces):
        taken = _taken_back(pieces, standing, i, piece)
        standing = [f for f in standing if f is not taken]
    return standing


def _restated(pieces: Sequence[Piece], f: Found) -> bool:
    piece = pieces[f.first]
    return piece.speaker is Speaker.MENTEE and f.kind in _PROMISED and bool(RESTATES.search(piece.text))


def _taken_back(pieces: Sequence[Piece], standing: Sequence[Found], i: int, piece: Piece) -> Found | None:
    """The claim that piece `i` withdraws, if any."""
    withdrawn, unpromised = WITHDRAWAL.search(piece.text), UNPROMISE.search(piece.text)
    if not withdrawn and not unpromised:
        return None
    before = [
        f for f in standing
        if f.last < i and pieces[f.first].speaker is piece.speaker
        and (withdrawn if f.kind is ClaimKind.ADVICE else unpromised or withdrawn)
        and f.kind is not ClaimKind.QUESTION
    ]  # fmt: skip
    if withdrawn and EARLIER.search(piece.text):
        return _named(pieces, before, i)
    near = _near(pieces, piece.speaker, i)
    return next((f for f in reversed(before) if f.last >= near), None)


def _near(pieces: Sequence[Piece], speaker: Speaker, i: int) -> int:
    """The earliest piece that "scratch that" at `i` can mean."""
    own = [k for k in range(max(0, i - 12), i) if pieces[k].speaker is speaker]
    return own[-BEHIND] if len(own) >= BEHIND else (own[0] if own else i)


def _named(pieces: Sequence[Piece], before: Sequence[Found], i: int) -> Found | None:
    """The earlier claim that shares most content words with the words that withdraw it."""
    said = set(counts([p.text for p in pieces[i : i + 3] if p.position == pieces[i].position]))
    shared = [
        (len(said & set(counts([p.text for p in pieces[f.first : f.last + 1]]))), f.last, f) for f in before
    ]
    best = max(shared, key=lambda s: s[:2], default=None)
    return best[2] if best and best[0] else None
