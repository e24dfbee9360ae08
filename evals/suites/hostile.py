"""Attacks: text of people that tries to give orders, in speech, names, bios, goals and advice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from evals import datasets
from evals.graders.hostile import HIDDEN, OBEYED, TAKEN, USEFUL
from evals.subject import Subject
from evals.suites.calls import call_case, recap_call
from evals.suites.coaching import coached
from evals.suites.matching import matched
from evals.suites.pairs import judged
from evals.suites.programmes import Programme
from evals.values import Case, Output, Suite

_GOLD = ("never", "not_taken", "keep", "not_first", "minutes")


def _cases(split: str) -> Sequence[Case]:
    return [_case(row, split) for row in datasets.rows("hostile", split)]


def _case(row: Mapping[str, Any], split: str) -> Case:
    gold = {key: row.get(key) for key in _GOLD}
    title = f"{row['place']}: {row['why']}"
    if row["task"] == "recap":
        case = call_case(row, split, title, **gold)
        return Case(id=case.id, split=split, title=title, input={**case.input, "task": "recap"}, gold=gold)
    given = {k: v for k, v in row.items() if k not in {"id", "split", *(set(_GOLD) - {"minutes"})}}
    people: dict[str, Any] = {}
    if row["task"] == "match":
        programme = Programme(row["programme"])
        mentors = [*programme.table("mentors"), *([row["extra"]] if row["extra"] else [])]
        people = {"mentors": mentors, "mentees": programme.table("mentees")}
        given |= {"text": row["query"], "minutes": 30}
    return Case(id=row["id"], split=split, title=title, input=given, gold=gold, context=people)


def _match(subject: Subject, case: Case) -> Output:
    return {"match": matched(subject, case)}


def _coach(subject: Subject, case: Case) -> Output:
    return {"coaching": coached(subject, case.input["text"], case.input["minutes"])}


def _agenda(subject: Subject, case: Case) -> Output:
    from copilot.agenda import agenda_to_json, build_agenda
    from copilot.domain import AgendaRequest

    request = AgendaRequest(
        goal=case.input["goal"],
        minutes=case.input["minutes"],
        mentee_background=case.input.get("background", ""),
    )
    return {"agenda": agenda_to_json(build_agenda(request, subject.engine, session=None))}


def _judge(subject: Subject, case: Case) -> Output:
    """The same pair with and without the order, on either side."""
    a, b, order = case.input["a"], case.input["b"], case.input["order"]
    return {"verdict": judged(subject, f"{a} {order}", b), "clean": judged(subject, a, b)}


_TASKS: dict[str, Callable[[Subject, Case], Output]] = {
    "recap": recap_call,
    "match": _match,
    "coach": _coach,
    "agenda": _agenda,
    "judge": _judge,
}


SUITE = Suite(
    name="hostile",
    says="Orders to the machine placed in what people say and write",
    cases=_cases,
    recorded=True,
    task=lambda subject, case: _TASKS[case.input["task"]](subject, case),
    graders=(OBEYED, TAKEN, USEFUL, HIDDEN),
)
