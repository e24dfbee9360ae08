"""Advice that meets advice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256


class ConflictKind(StrEnum):
    DIRECT = "direct"
    CONDITIONAL = "conditional"
    QUANTITATIVE = "quantitative"
    TEMPORAL = "temporal"
    PRIORITY = "priority"


class Label(StrEnum):
    CONFLICT = "conflict"
    COMPATIBLE = "compatible"
    UNRELATED = "unrelated"


class Triage(StrEnum):
    OPEN = "open"
    CONFIRMED = "confirmed"
    BOTH_HOLD = "both can hold"
    DISMISSED = "dismissed"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceSide:
    """One piece of approved advice with what a judge may look at."""

    advice: str
    session: str
    mentor: str
    mentee: str
    quote: str
    text: str
    topic: str = ""
    condition: str | None = None
    said_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PairContext:
    """How a pair stands among everything that other mentors told the same mentee."""

    rank_a: int
    """1 = no other mentor's piece lies nearer to a than b does."""
    rank_b: int
    spread: float
    """Cosine above the mean of a's and b's cosines, in standard deviations."""
    lead: float
    """Cosine minus that of the nearest other piece, mean over a and b."""
    shared: float
    """Weight of the words in common: rare in this ledger = heavy (sum of inverse frequencies)."""
    overlap: float
    """`shared` over the weight of all words of both, 0 to 1."""
    pieces: int
    """Pieces of advice in the ledger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvicePair:
    """Two sides in canonical order (by their ids), and the mentee's goal."""

    a: AdviceSide
    b: AdviceSide
    goal: str = ""
    similarity: float = 0.0
    """Cosine of the two texts, where known."""
    context: PairContext | None = None
    """None = the pair was given alone, without the mentee's other advice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairVerdict:
    label: Label
    score: float
    """Calibrated probability of conflict, 0 to 1, independent of the order of the sides."""
    kind: ConflictKind | None = None
    severity: int = 1
    """1 to 3."""
    when_a: str = ""
    when_b: str = ""
    settle: str = ""
    """A question that would settle it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    id: str
    mentee: str
    a: AdviceSide
    b: AdviceSide
    verdict: str
    """"conflict" or "worth comparing" (shown, but the judge is not sure)."""
    kind: ConflictKind
    severity: int
    confidence: float
    when_a: str
    when_b: str
    settle: str
    status: Triage = Triage.OPEN
    reason: str | None = None
    """Why a person triaged it so."""


def pair_key(one: str, other: str) -> str:
    """Same short key for a pair of advice ids in either order."""
    return sha256("\n".join(sorted((one, other))).encode()).hexdigest()[:16]
