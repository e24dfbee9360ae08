"""Goal coaching: a vague wish becomes a goal that one session can serve, in the mentee's own facts."""

from copilot.goals.coach import coach_goal
from copilot.goals.json import coaching_to_json

__all__ = ["coach_goal", "coaching_to_json"]
