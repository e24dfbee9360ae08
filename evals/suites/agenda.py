"""Agendas: written-down requests, and the next session of each mentee of the labelled programme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from evals import datasets
from evals.graders.plans import CARRIED, MINUTES
from evals.graders.privacy import STRANGERS
from evals.graders.schema import AGENDA_SCHEMA
from evals.subject import Subject
from evals.suites.held import held_programme, strangers
from evals.suites.programmes import Programme
from evals.values import Case, Output, Suite

_TUPLES = ("mentor_expertise", "earlier", "open_questions")


def _cases(split: str) -> Sequence[Case]:
    own = [
        Case(id=row["id"], split=split, title=row["note"], input=row["input"], gold=row["expect"])
        for row in datasets.rows("agenda", split)
    ]
    return [*own, *_next_sessions(split)]


def _next_sessions(split: str) -> list[Case]:
    """The last labelled session of each mentee, planned from what the earlier ones left."""
    programme = Programme(split)
    if not programme.exists:
        return []
    cases = []
    for mentee in programme.table("mentees"):
        mine = [s for s in programme.table("sessions") if s["mentee"] == mentee["id"]]
        last = max(mine, key=lambda s: s["started_at"])
        cases.append(
            Case(
                id=f"next-{last['id']}",
                split=split,
                title=f"{mentee['name']}'s session {last['id']}, from what is stored",
                input={
                    "programme": split,
                    "mentee": mentee["id"],
                    "session": last["id"],
                    "minutes": last["planned_minutes"],
                    "goal": programme.goal(last["goal"]),
                },
                gold={"strangers": strangers(programme, mentee["id"])},
            )
        )
    return cases


def _request(raw: Mapping[str, Any]) -> Any:
    from copilot.domain import AgendaRequest, Disagreement, OpenAction

    actions = tuple(
        OpenAction(
            task=a["task"],
            owner=a["owner"],
            due=date.fromisoformat(a["due"]) if a["due"] else None,
            session=a["session"],
        )
        for a in raw["open_actions"]
    )
    lists = {name: tuple(raw[name]) for name in _TUPLES}
    differ = tuple(Disagreement(**d) for d in raw["disagreements"])
    return AgendaRequest(**{**raw, **lists, "open_actions": actions, "disagreements": differ})


def _task(subject: Subject, case: Case) -> Output:
    from copilot.agenda import agenda_to_json, build_agenda

    if "programme" not in case.input:
        return {"agenda": agenda_to_json(build_agenda(_request(case.input), subject.engine, session=None))}
    from copilot.workflow.agenda import agenda_for_session

    mentees = [m["id"] for m in Programme(case.split).table("mentees")]
    parts = subject.once(f"held {case.split}", lambda: held_programme(subject, case.split, mentees))
    plan, *_ = agenda_for_session(parts, case.input["session"])
    return {"agenda": agenda_to_json(plan)}


SUITE = Suite(
    name="agenda",
    says="Agendas that fill the slot and carry what is open, of this mentee only",
    cases=_cases,
    task=_task,
    recorded=True,
    graders=(AGENDA_SCHEMA, MINUTES, CARRIED, STRANGERS),
)
