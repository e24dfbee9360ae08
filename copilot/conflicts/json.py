"""Conflicts as the contract's JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from copilot.domain import AdviceSide, Conflict, PairVerdict


def conflicts_to_json(conflicts: Sequence[Conflict], pairs_considered: int, engine: str) -> dict[str, Any]:
    """What `mentor-copilot conflicts --json` prints."""
    return {
        "pairs_considered": pairs_considered,
        "engine": engine,
        "conflicts": [conflict_to_json(c) for c in conflicts],
    }


def conflict_to_json(conflict: Conflict) -> dict[str, Any]:
    """One flag with both its sides."""
    return {
        "id": conflict.id,
        "mentee": conflict.mentee,
        "a": _side(conflict.a),
        "b": _side(conflict.b),
        "verdict": conflict.verdict,
        "kind": conflict.kind.value,
        "severity": conflict.severity,
        "confidence": conflict.confidence,
        "when_a": conflict.when_a,
        "when_b": conflict.when_b,
        "settle": conflict.settle,
        "status": conflict.status.value,
        "reason": conflict.reason,
    }


def pairs_to_json(results: Sequence[tuple[str, PairVerdict]]) -> dict[str, Any]:
    """What `mentor-copilot conflicts --pairs FILE --json` prints."""
    return {
        "results": [
            {
                "id": name,
                "label": verdict.label.value,
                "score": round(verdict.score, 4),
                "kind": verdict.kind.value if verdict.kind else None,
            }
            for name, verdict in results
        ]
    }


def _side(side: AdviceSide) -> dict[str, Any]:
    return {
        "advice": side.advice,
        "session": side.session,
        "mentor": side.mentor,
        "quote": side.quote,
        "text": side.text,
        "said_on": side.said_on.isoformat() if side.said_on else None,
    }
