"""A search for a mentor and its answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchQuery:
    text: str
    mentee: str | None = None
    """Person id; gives languages, time zone, career stage, industry and past sessions."""
    limit: int = 5
    minutes: int = 30
    """Length of the session asked for; mentors with fewer free minutes are filtered out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Words copied from the profile, and the field they stand in."""

    quote: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    mentor: str
    name: str
    score: float
    """0 to 1, higher is better; comparable within one answer only."""
    reasons: tuple[Reason, ...]
    cautions: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    overlap_hours: float | None = None
    """Hours a day in which both are awake and reachable; None when a zone is unknown."""
    free_minutes: int | None = None
    second_opinion: bool = False
    """True for the one mentor offered as a different perspective (another industry)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchResult:
    query: str
    matches: tuple[Match, ...]
    abstained: bool = False
    note: str | None = None
    """Why nobody fits: the nearest mentor and what is missing; or a flag about the index."""
    nearest: Match | None = None
