"""What an engine claims to have found in a transcript, before code has checked it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from copilot.domain.recap import SummaryPoint
from copilot.domain.transcript import Speaker, Turn


class ClaimKind(StrEnum):
    ADVICE = "advice"
    ACTION = "action"
    DECISION = "decision"
    QUESTION = "question"
    OPPORTUNITY = "opportunity"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecapRequest:
    turns: tuple[Turn, ...]
    goal: str | None = None
    started_at: datetime | None = None
    mentor_name: str | None = None
    mentee_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """`quote` is what the engine says was said; grounding copies the words from the turns."""

    kind: ClaimKind
    turns: tuple[int, ...]
    """Turn indices, consecutive turns of one speaker."""
    quote: str
    text: str
    """The engine's own short wording: advice as one imperative sentence, an action as a task."""
    topic: str = ""
    condition: str | None = None
    owner: Speaker | None = None
    """Actions only, and only if said."""
    due: str | None = None
    """As said ("by Friday"), never a date that the engine computed."""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RecapClaims:
    summary: tuple[SummaryPoint, ...]
    claims: tuple[Claim, ...]
    thanks: str
    """A thank-you note from mentee to mentor; empty = none could be written."""
    covered: tuple[int, ...] = ()
    """Indices of the turns that the engine really read."""
