"""Looks at the configured parts and says in plain words what is there and what leaves the machine."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from copilot import __version__
from copilot.errors import CopilotError

if TYPE_CHECKING:
    from copilot.bootstrap import Copilot


def examine(parts: Copilot) -> dict[str, Any]:
    """A flat report; what is wrong stands in `problems`, one line each. Calls no model."""
    settings = parts.settings
    problems: list[str] = []
    report: dict[str, Any] = {
        "version": __version__,
        "python": sys.version.split()[0],
        "data": str(settings.data.resolve()),
        "database": settings.public_database,
        "index": settings.chroma_url or str(settings.index_folder.resolve()),
        "engine": settings.chosen_engine,
        "model": settings.model or "none",
        "endpoint": settings.endpoint or "none",
        "leaves_this_machine": _leaves(parts),
    }
    try:
        report["stored"] = _stored(parts)
    except CopilotError as error:
        problems.append(str(error))
    try:
        parts.embedder.embed(["ready"])
        report["embedder"] = f"{parts.embedder.name}, weights verified"
    except CopilotError as error:
        problems.append(str(error))
    if settings.chosen_engine == "llm" and not settings.model:
        problems.append("The llm engine is chosen but COPILOT_MODEL is not set.")
    report["problems"] = problems
    return report


def _leaves(parts: Copilot) -> str:
    settings = parts.settings
    if settings.chosen_engine == "llm" and settings.endpoint:
        what = (
            "goals, transcript turns and approved advice, with people's names, mentors' headlines and "
            "tags and mentees' backgrounds, go to the model's endpoint"
        )
        return f"{what} ({settings.endpoint}); nothing else"
    return "nothing"


def _stored(parts: Copilot) -> str:
    with parts.store.read(parts.programme) as unit:
        people, sessions = unit.people.all(), unit.sessions.all()
        mentors = unit.profiles.all()
    return f"{len(people)} people ({len(mentors)} mentors), {len(sessions)} sessions"
