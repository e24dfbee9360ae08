"""A mentoring session of 15 to 60 minutes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from copilot.domain.transcript import Speaker


class SessionState(StrEnum):
    REQUESTED = "requested"
    ACCEPTED = "accepted"
    HELD = "held"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    id: str
    mentor: str
    mentee: str
    goal: str | None
    planned_minutes: int
    started_at: datetime | None
    """Aware; its offset is kept, because "tomorrow" is said in the call's own zone."""
    state: SessionState = SessionState.HELD
    transcript_file: str | None = None
    speakers: Mapping[str, Speaker] = field(default_factory=dict)
    """Label in the transcript -> who that is."""
