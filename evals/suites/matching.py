"""Requests for a mentor, against labelled grades of every mentor."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals import datasets
from evals.graders.ranking import CAPACITY, LOAD, RANKING, REASONS
from evals.graders.schema import MATCH_SCHEMA
from evals.subject import Subject
from evals.suites.held import AFTERWARDS
from evals.suites.programmes import Programme
from evals.values import Case, Output, Suite

if TYPE_CHECKING:
    from copilot.bootstrap import Copilot

LIMIT = 5
_GOLD = ("relevant", "never", "not_first")


def _cases(split: str) -> Sequence[Case]:
    cases: list[Case] = []
    content = datasets.read("matching", split)
    if content:
        cases += [_case(split, row, content["mentors"], content["mentees"]) for row in content["queries"]]
    programme = Programme(split)
    if programme.exists:
        people = programme.table("mentors"), programme.table("mentees")
        rows = programme.table("match_queries")
        cases += [_case(split, {**row, "id": f"programme-{row['id']}"}, *people) for row in rows]
    return cases


def _case(split: str, row: Mapping[str, Any], mentors: Sequence[Any], mentees: Sequence[Any]) -> Case:
    return Case(
        id=row["id"],
        split=split,
        title=row["text"],
        input={
            "text": row["text"],
            "mentee": row.get("mentee"),
            "minutes": row.get("minutes", 30),
        },
        gold={key: row[key] for key in _GOLD if key in row},
        context={"mentors": mentors, "mentees": mentees},
    )


def pool(subject: Subject, mentors: Sequence[Any], mentees: Sequence[Any]) -> Copilot:
    """A programme of these people, imported once a subject."""
    from copilot.workflow.reindex import refresh_index

    people = {"mentors": list(mentors), "mentees": [_whole(m) for m in mentees]}

    def build() -> Copilot:
        with tempfile.TemporaryDirectory() as folder:
            for name, rows in people.items():
                (Path(folder) / f"{name}.json").write_text(json.dumps(rows), encoding="utf-8")
            parts = subject.parts(Path(folder), moment=AFTERWARDS)
        refresh_index(parts)
        return parts

    return subject.once(json.dumps(people, sort_keys=True), build)


def _whole(mentee: Mapping[str, Any]) -> dict[str, Any]:
    return {"background": "", "career_stage": "", "industry": "", "goals": [], **mentee}


def matched(subject: Subject, case: Case) -> dict[str, Any]:
    """The contract's JSON for a request among the mentors of the case's context."""
    from copilot.domain import MatchQuery
    from copilot.matching import match_to_json
    from copilot.workflow.match import match

    given = case.input
    parts = pool(subject, case.context["mentors"], case.context["mentees"])
    query = MatchQuery(text=given["text"], mentee=given["mentee"], limit=LIMIT, minutes=given["minutes"])
    return dict(match_to_json(match(parts, query), engine=subject.engine.name))


def _task(subject: Subject, case: Case) -> Output:
    return {"match": matched(subject, case)}


SUITE = Suite(
    name="matching",
    says="Requests as people type them, every mentor graded; some that nobody can take",
    cases=_cases,
    task=_task,
    graders=(MATCH_SCHEMA, RANKING, REASONS, CAPACITY),
    whole=(LOAD,),
)
