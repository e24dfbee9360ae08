"""Product decisions: every number that changes what people see, with its unit and its reason.

A number here was chosen on development data (the run is named beside it), never on the sample
programme. Deployment numbers live in `settings.py`, accepted quality in `evals/gates.yaml`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from hashlib import sha256
from json import dumps


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused at the door."""

    transcript_bytes: int = 5_000_000
    transcript_words: int = 60_000
    goal_characters: int = 2_000
    session_minutes_min: int = 15
    session_minutes_max: int = 60


@dataclass(frozen=True, slots=True)
class Capacity:
    """How a capacity given in sessions becomes minutes."""

    minutes_per_session: int = 45
    """Minutes; middle of the 15 to 60 that a micro-session lasts, rounded up to a slot."""


LIMITS = Limits()
CAPACITY = Capacity()

_SECTIONS = (LIMITS, CAPACITY)


def thresholds_hash() -> str:
    """Short hash over all product decisions, for provenance."""
    text = dumps([[type(s).__name__, asdict(s)] for s in _SECTIONS], sort_keys=True)
    return sha256(text.encode()).hexdigest()[:12]
