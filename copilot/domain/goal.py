"""A mentee's goal and what the coach makes of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A goal as the mentee typed it; `better` is a sharper wording that the mentee accepted."""

    id: str
    mentee: str
    text: str
    specific: bool | None = None
    better: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachRequest:
    text: str
    minutes: int = 30
    background: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coaching:
    """What an engine proposes for a goal.

    `missing` draws from: "outcome", "measure", "deadline", "context", "scope".
    `suggestion` never invents facts: what the mentee must fill in stands in [brackets].
    """

    specific: bool
    missing: tuple[str, ...]
    suggestion: str
    questions: tuple[str, ...]
    """Exactly three, to bring to the mentor."""
    fits_minutes: int
    """Minutes of session that one conversation on this goal needs: 15 to 60."""
