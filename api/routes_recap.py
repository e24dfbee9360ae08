"""Routes for what follows a session: recaps and conflicts."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, UploadFile
from pydantic import BaseModel, ConfigDict, Field

from api.access import checked, parts_of
from copilot.bootstrap import Copilot
from copilot.domain import Speaker, Triage
from copilot.errors import BadInput
from copilot.thresholds import LIMITS

router = APIRouter(dependencies=[Depends(checked)])
Parts = Annotated[Copilot, Depends(parts_of)]


class PairToJudge(BaseModel):
    id: str
    a: str = Field(min_length=1)
    b: str = Field(min_length=1)


class PairsRequest(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "pairs": [
                        {"id": "1", "a": "Always negotiate your first offer.", "b": "Never negotiate it."}
                    ]
                }
            ]
        },
    )
    pairs: list[PairToJudge] = Field(min_length=1, max_length=1000)


class TriageRequest(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"state": "dismissed", "reason": "different phases", "by": "coordinator"}]
        },
    )
    state: Triage
    reason: str = Field(min_length=1, max_length=1000)
    by: str = Field(min_length=1, max_length=200, description="Who decided.")


@router.post("/recaps", tags=["mentors"], summary="Draft a recap of an uploaded transcript; nothing is kept")
async def recap_upload(
    parts: Parts,
    file: UploadFile,
    started_at: Annotated[datetime | None, Form(description="ISO time with an offset.")] = None,
    mentor: Annotated[str | None, Form(description="The mentor's label in the transcript.")] = None,
    mentee: Annotated[str | None, Form(description="The mentee's label in the transcript.")] = None,
    goal: Annotated[str | None, Form()] = None,
) -> dict[str, Any]:
    from anyio.to_thread import run_sync

    from copilot.recap import recap_to_json
    from copilot.workflow.recap import recap_file

    if started_at is not None and started_at.tzinfo is None:
        raise BadInput("started_at has no offset from UTC.", "Example: 2026-03-02T15:00:00+01:00")
    content = await file.read(LIMITS.transcript_bytes + 1)
    speakers = {label: who for label, who in ((mentor, Speaker.MENTOR), (mentee, Speaker.MENTEE)) if label}
    drafted, _ = await run_sync(
        lambda: recap_file(
            parts, content, file.filename or "", started_at=started_at, speakers=speakers, goal=goal
        )
    )
    return recap_to_json(drafted)


@router.post("/sessions/{session}/recap", tags=["mentors"], summary="Draft a stored session's recap")
def recap_stored(session: str, parts: Parts, approve: bool = False) -> dict[str, Any]:
    from copilot.recap import recap_to_json
    from copilot.workflow.recap import recap_session

    return recap_to_json(recap_session(parts, session, approve=approve))


@router.post("/conflicts/scan", tags=["coordinators"], summary="Compare approved advice across mentors")
def conflicts_scan(
    parts: Parts, mentee: str | None = None, per_mentee: Annotated[int, Query(ge=1, le=50)] = 3
) -> dict[str, Any]:
    from copilot.conflicts import conflicts_to_json
    from copilot.workflow.conflicts import scan_programme

    found = scan_programme(parts, mentee=mentee, per_mentee=per_mentee)
    return {
        **conflicts_to_json(found.conflicts, pairs_considered=found.pairs_considered, engine=found.engine),
        "notices": list(found.notices),
    }


@router.post("/conflicts/pairs", tags=["coordinators"], summary="Judge given pairs of advice")
def conflicts_pairs(body: PairsRequest, parts: Parts) -> dict[str, Any]:
    from copilot.workflow.conflicts import judge_lines

    return {"results": judge_lines(parts, [(p.id, p.a, p.b) for p in body.pairs])}


@router.post("/conflicts/{conflict}/triage", tags=["coordinators"], summary="Confirm, settle or dismiss")
def conflicts_triage(conflict: str, body: TriageRequest, parts: Parts) -> dict[str, Any]:
    from copilot.workflow.conflicts import triage

    triage(parts, conflict, body.state, reason=body.reason, by=body.by)
    return {"id": conflict, "status": body.state}
