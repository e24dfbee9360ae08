"""What the network cannot see: claims taken back later, and words meant for a machine, are left out."""

from __future__ import annotations

from collections.abc import Sequence

from copilot.dates import find_due
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
from copilot.text import words

WHOLE = 3
"""Words from which on a piece with a content word says something; others ("right, no") are passed over."""
ALONE = 10
"""Words of a withdrawal from which on it holds what it withdraws ("I was going to say X, forget that")."""
SHARED = 2
"""Content words that name an earlier claim."""
REACH = 12
"""Pieces, of both speakers, back to which a withdrawal without a name reaches."""
READ_ALOUD = 4
"""Pieces after words meant for a machine that still belong to what is read aloud."""
_CONCRETE = frozenset(
    "ask tell send email call ring text message find book sign pay buy read apply write".split()
)
"""Verbs that are a task even where all else in the sentence is a pronoun."""
_PROMISED = (ClaimKind.ACTION, ClaimKind.DECISION, ClaimKind.OPPORTUNITY)


def unusable(pieces: Sequence[Piece]) -> frozenset[int]:
    """Pieces that nothing may rest on: meant for a machine, or in a turn that is not in English."""
    by_turn: dict[int, list[int]] = {}
    for i, piece in enumerate(pieces):
        by_turn.setdefault(piece.position, []).append(i)
    spoken = {t: english(" ".join(pieces[i].text for i in own)) for t, own in by_turn.items()}
    long = [e for e in spoken.values() if e is not None]
    usual = 2 * sum(long) >= len(long)
    foreign = {t for t, e in spoken.items() if not (usual if e is None else e)}
    out = {i for t in foreign for i in by_turn[t]}
    for i, piece in enumerate(pieces):
        if INJECTION.search(piece.text):
            reach = range(max(0, i - 1), min(len(pieces), i + READ_ALOUD + 1))
            out |= {k for k in reach if pieces[k].position == piece.position}
    return frozenset(out)


def kept(pieces: Sequence[Piece], found: Sequence[Found], without: frozenset[int]) -> list[Found]:
    """The claims that still stand at the end of the call."""
    standing = [f for f in found if not any(i in without for i in range(f.first, f.last + 1))]
    standing = [f for f in standing if not _restated(pieces, f) and not _empty(pieces, f)]
    for i, piece in enumerate(pieces):
        taken = _taken_back(pieces, standing, i, piece)
        standing = [f for f in standing if f is not taken]
    return standing


def _restated(pieces: Sequence[Piece], f: Found) -> bool:
    piece = pieces[f.first]
    return piece.speaker is Speaker.MENTEE and f.kind in _PROMISED and bool(RESTATES.search(piece.text))


def _empty(pieces: Sequence[Piece], f: Found) -> bool:
    """ "I will." promises nothing that could be written down."""
    if f.kind is not ClaimKind.ACTION:
        return False
    said = " ".join(p.text for p in pieces[f.first : f.last + 1])
    concrete = counts([said]) or any(w.lower() in _CONCRETE for w in words(said))
    return not concrete and not find_due(said)


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
    if len(piece.text.split()) >= ALONE and not unpromised:
        return None
    meant = _meant(pieces, piece.speaker, i)
    return next((f for f in reversed(before) if f.first <= meant <= f.last), None)


def _meant(pieces: Sequence[Piece], speaker: Speaker, i: int) -> int:
    """The last thing that the speaker said before piece `i`: what "scratch that" means; -1 if nothing."""
    own = (k for k in range(i - 1, max(-1, i - REACH), -1) if pieces[k].speaker is speaker)
    return next((k for k in own if len(pieces[k].text.split()) >= WHOLE and counts([pieces[k].text])), -1)


def _named(pieces: Sequence[Piece], before: Sequence[Found], i: int) -> Found | None:
    """The earlier claim that shares most content words with the words that withdraw it."""
    said = set(counts([p.text for p in pieces[i : i + 3] if p.position == pieces[i].position]))
    shared = [
        (len(said & set(counts([p.text for p in pieces[f.first : f.last + 1]]))), f.last, f) for f in before
    ]
    best = max(shared, key=lambda s: s[:2], default=None)
    return best[2] if best and best[0] >= SHARED else None
