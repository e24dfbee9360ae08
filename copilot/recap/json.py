"""A recap as the JSON that scripts rely on."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from copilot.domain import ActionItem, Advice, Note, Provenance, Recap


def recap_to_json(recap: Recap) -> dict[str, Any]:
    """One JSON object; dates are ISO strings, "nobody said" is None."""
    return {
        "session": recap.session,
        "status": recap.status.value,
        "version": recap.version,
        "coverage": recap.coverage,
        "summary": [{"text": p.text, "turns": list(p.turns)} for p in recap.summary],
        "advice": [_advice(a) for a in recap.advice],
        "actions": [_action(a) for a in recap.actions],
        "decisions": [_note(n) for n in recap.decisions],
        "questions": [_note(n) for n in recap.questions],
        "opportunities": [_note(n) for n in recap.opportunities],
        "thanks": recap.thanks,
        "unsupported": recap.unsupported,
        "notices": list(recap.notices),
        "provenance": _provenance(recap.provenance),
    }


def _advice(advice: Advice) -> dict[str, Any]:
    return {
        "id": advice.id,
        "quote": advice.quote,
        "turns": list(advice.turns),
        "at": advice.at,
        "text": advice.text,
        "topic": advice.topic,
        "condition": advice.condition,
        "confidence": round(advice.confidence, 3),
    }


def _action(action: ActionItem) -> dict[str, Any]:
    return {
        "id": action.id,
        "quote": action.quote,
        "turns": list(action.turns),
        "at": action.at,
        "owner": action.owner.value if action.owner else None,
        "task": action.task,
        "due": action.due.isoformat() if action.due else None,
        "due_said": action.due_said,
        "state": action.state.value,
    }


def _note(note: Note) -> dict[str, Any]:
    return {"quote": note.quote, "turns": list(note.turns), "text": note.text, "at": note.at}


def _provenance(provenance: Provenance) -> dict[str, Any]:
    return asdict(provenance)
