"""Routes for what mentees do before a session: match, coach, agenda."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field

from api.access import checked, parts_of
from copilot.bootstrap import Copilot
from copilot.domain import MatchQuery
from copilot.errors import BadInput

router = APIRouter(dependencies=[Depends(checked)])
Parts = Annotated[Copilot, Depends(parts_of)]


class MatchRequest(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"text": "how do I ask for a raise", "mentee": "te4", "limit": 3}]},
    )
    text: str = Field(description="What the mentee needs, as typed.")
    mentee: str | None = None
    limit: int = Field(5, ge=1, le=50)
    minutes: int = Field(30, description="Length of the session, 15 to 60.")


class CoachingRequest(BaseModel):
    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"text": "get better at numbers", "minutes": 30}]}
    )
    text: str
    minutes: int = 30


class AgendaPlanRequest(BaseModel):
    """Either a stored session, or a goal with a mentor and minutes."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"session": "ts2"}, {"goal": "ask for a raise", "mentor": "tm10", "minutes": 30}]
        },
    )
    session: str | None = None
    goal: str | None = None
    mentor: str | None = None
    mentee: str | None = None
    minutes: int | None = None


@router.post("/matches", tags=["mentees"], summary="Mentors that fit a request, with quoted reasons")
def match(body: MatchRequest, parts: Parts) -> dict[str, Any]:
    from copilot.matching import match_to_json
    from copilot.workflow.match import match as run

    query = MatchQuery(text=body.text, mentee=body.mentee, limit=body.limit, minutes=body.minutes)
    return match_to_json(run(parts, query), engine="local")


@router.post("/coachings", tags=["mentees"], summary="Sharpen a goal")
def coach(body: CoachingRequest, parts: Parts) -> dict[str, Any]:
    from copilot.goals import coaching_to_json
    from copilot.workflow.coach import coach as run

    coaching, provenance = run(parts, body.text, body.minutes)
    return coaching_to_json(coaching, original=body.text, provenance=provenance)


@router.post("/agendas", tags=["mentees"], summary="A time-boxed agenda that fills the slot")
def agenda(body: AgendaPlanRequest, parts: Parts) -> dict[str, Any]:
    from copilot.agenda import agenda_to_json
    from copilot.workflow.agenda import agenda_for_goal, agenda_for_session

    if body.session is not None and body.goal is None:
        return agenda_to_json(agenda_for_session(parts, body.session)[0])
    if body.session is None and body.goal and body.mentor and body.minutes is not None:
        return agenda_to_json(agenda_for_goal(parts, body.goal, body.mentor, body.minutes, body.mentee))
    raise BadInput("Give a session, or a goal with a mentor and minutes.")


@router.get("/sessions/{session}/agenda.ics", tags=["mentees"], summary="The agenda as a calendar entry")
def agenda_calendar(session: str, parts: Parts) -> Response:
    from copilot.agenda import agenda_to_ics
    from copilot.workflow.agenda import agenda_for_session

    plan, held, mentor, mentee = agenda_for_session(parts, session)
    text = agenda_to_ics(
        plan,
        starts_at=held.started_at,
        now=parts.clock.now(),
        mentor_name=mentor.name,
        mentee_name=mentee.name,
    )
    return Response(text, media_type="text/calendar")
