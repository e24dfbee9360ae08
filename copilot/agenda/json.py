"""An agenda as the JSON of the contract."""

from __future__ import annotations

from typing import Any

from copilot.domain import Agenda


def agenda_to_json(agenda: Agenda) -> dict[str, Any]:
    """One object; the items' minutes add up to `minutes`."""
    made = agenda.provenance
    return {
        "session": agenda.session,
        "minutes": agenda.minutes,
        "goal": agenda.goal,
        "items": [
            {"title": i.title, "minutes": i.minutes, "purpose": i.purpose, "prompts": list(i.prompts)}
            for i in agenda.items
        ],
        "questions": list(agenda.questions),
        "prework": list(agenda.prework),
        "done_when": agenda.done_when,
        "open_actions": list(agenda.open_actions),
        "disagreements": [{"topic": d.topic, "ask": d.ask} for d in agenda.disagreements],
        "status": agenda.status.value,
        "version": agenda.version,
        "provenance": {
            "engine": made.engine,
            "model": made.model,
            "prompt": made.prompt,
            "input": made.input,
            "thresholds": made.thresholds,
            "notice": made.notice,
        },
    }
