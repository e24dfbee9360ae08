"""Coaching as the JSON of the contract."""

from __future__ import annotations

from typing import Any

from copilot.domain import Coaching, Provenance


def coaching_to_json(coaching: Coaching, *, original: str, provenance: Provenance) -> dict[str, Any]:
    """One object: original, specific, missing, suggestion, questions (three), fits_minutes, provenance."""
    return {
        "original": original,
        "specific": coaching.specific,
        "missing": list(coaching.missing),
        "suggestion": coaching.suggestion,
        "questions": list(coaching.questions),
        "fits_minutes": coaching.fits_minutes,
        "provenance": {
            "engine": provenance.engine,
            "model": provenance.model,
            "prompt": provenance.prompt,
            "input": provenance.input,
            "thresholds": provenance.thresholds,
            "notice": provenance.notice,
        },
    }
