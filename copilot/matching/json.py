"""A match as the contract's JSON."""

from __future__ import annotations

from typing import Any

from copilot.domain import Match, MatchResult


def match_to_json(result: MatchResult, engine: str) -> dict[str, Any]:
    """What `mentor-copilot match --json` prints."""
    return {
        "query": result.query,
        "engine": engine,
        "abstained": result.abstained,
        "note": result.note,
        "matches": [_match(match) for match in result.matches],
        "nearest": _match(result.nearest) if result.nearest else None,
    }


def _match(match: Match) -> dict[str, Any]:
    return {
        "mentor": match.mentor,
        "name": match.name,
        "score": match.score,
        "reasons": [{"quote": reason.quote, "field": reason.field} for reason in match.reasons],
        "cautions": list(match.cautions),
        "languages": list(match.languages),
        "overlap_hours": match.overlap_hours,
        "free_minutes": match.free_minutes,
        "second_opinion": match.second_opinion,
    }
