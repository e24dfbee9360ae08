"""A recap of one session: every line rests on words of the transcript."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from copilot.domain.provenance import Provenance
from copilot.domain.transcript import Speaker


class Status(StrEnum):
    DRAFT = "draft"
    APPROVED = "approved"
    SENT_BACK = "sent back"


class ActionState(StrEnum):
    OPEN = "open"
    DONE = "done"
    CHANGED = "changed plan"
    STUCK = "stuck"


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryPoint:
    text: str
    turns: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """`quote` is letter for letter in the spoken text; `at` is "HH:MM:SS" or None."""

    id: str
    quote: str
    turns: tuple[int, ...]
    at: str | None
    text: str
    topic: str = ""
    condition: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItem:
    quote: str
    turns: tuple[int, ...]
    owner: Speaker | None
    task: str
    due: date | None
    due_said: str | None = None
    at: str | None = None
    id: str = ""
    state: ActionState = ActionState.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A decision, an open question or an opportunity."""

    quote: str
    turns: tuple[int, ...]
    text: str
    at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recap:
    session: str
    status: Status
    coverage: float
    """Share of turns that the engine read: 1.0 unless a window failed."""
    summary: tuple[SummaryPoint, ...]
    advice: tuple[Advice, ...]
    actions: tuple[ActionItem, ...]
    decisions: tuple[Note, ...]
    questions: tuple[Note, ...]
    opportunities: tuple[Note, ...]
    thanks: str
    unsupported: int
    """Claims that were dropped because their words are not in the transcript."""
    provenance: Provenance
    version: int = 1
    """1 for the first draft of a session; each edit makes the next."""
    notices: tuple[str, ...] = ()
