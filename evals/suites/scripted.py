"""Drafts a recap from claims that are written down: what does code do with what an engine says?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from copilot.domain import (
    Claim,
    ClaimKind,
    RecapClaims,
    RecapRequest,
    Speaker,
    SummaryPoint,
    Transcript,
    Turn,
)
from evals.subject import recap_output
from evals.values import Output


def scripted_recap(
    turns: Sequence[Mapping[str, Any]],
    claims: Sequence[Mapping[str, Any]],
    *,
    summary: Sequence[Mapping[str, Any]] = (),
    covered: Sequence[int] | None = None,
    thanks: str = "",
    started_at: str | None = None,
) -> Output:
    """`turns` as {"speaker", "text", "start"?}; `covered` None = all of them."""
    from copilot.recap import draft_recap
    from copilot.testing import ScriptedEngine

    said = tuple(
        Turn(
            index=n,
            speaker=Speaker(t["speaker"]),
            label=t["speaker"],
            text=" ".join(t["text"].split()),
            start=t.get("start"),
        )
        for n, t in enumerate(turns)
    )
    answer = RecapClaims(
        summary=tuple(SummaryPoint(text=p["text"], turns=tuple(p["turns"])) for p in summary),
        claims=tuple(_claim(c) for c in claims),
        thanks=thanks,
        covered=tuple(range(len(said))) if covered is None else tuple(covered),
    )
    request = RecapRequest(turns=said, started_at=datetime.fromisoformat(started_at) if started_at else None)
    transcript = Transcript(format="txt", raw_hash="sha256:0", turns=said)
    return recap_output(
        draft_recap(transcript, ScriptedEngine([answer]), request, session="case"), transcript
    )


def _claim(raw: Mapping[str, Any]) -> Claim:
    owner = raw.get("owner")
    return Claim(
        kind=ClaimKind(raw["kind"]),
        turns=tuple(raw["turns"]),
        quote=raw["quote"],
        text=raw["text"],
        owner=Speaker(owner) if owner else None,
        due=raw.get("due"),
        confidence=raw.get("confidence", 1.0),
    )
