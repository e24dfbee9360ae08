"""Goal coaching: the engine proposes, the step checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copilot.domain import Coaching, CoachRequest, Provenance
from copilot.goals import coach_goal

if TYPE_CHECKING:
    from copilot.workflow.parts import Parts


def coach(parts: Parts, text: str, minutes: int = 30) -> tuple[Coaching, Provenance]:
    """Raises BadInput for an empty or overlong goal or minutes outside 15 to 60."""
    return coach_goal(CoachRequest(text=text, minutes=minutes), parts.engine)
