"""Goals as people type them: vague, misspelt, delicate, or specific already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evals import datasets
from evals.graders.plans import FACTS, QUESTIONS, SPECIFIC, WORDING
from evals.graders.schema import COACH_SCHEMA
from evals.subject import Subject
from evals.values import Case, Output, Suite


def _cases(split: str) -> Sequence[Case]:
    return [
        Case(id=row["id"], split=split, title=row["note"], input=row["input"], gold=row["expect"])
        for row in datasets.rows("coaching", split)
    ]


def coached(subject: Subject, text: str, minutes: int, background: str = "") -> dict[str, Any]:
    """The contract's JSON for a goal."""
    from copilot.domain import CoachRequest
    from copilot.goals import coach_goal, coaching_to_json

    request = CoachRequest(text=text, minutes=minutes, background=background)
    coaching, provenance = coach_goal(request, subject.engine)
    return dict(coaching_to_json(coaching, original=text, provenance=provenance))


def _task(subject: Subject, case: Case) -> Output:
    given = case.input
    return {"coaching": coached(subject, given["text"], given["minutes"], given.get("background", ""))}


SUITE = Suite(
    name="coaching",
    says="Goals made sharper: facts kept, none invented, three questions",
    cases=_cases,
    task=_task,
    recorded=True,
    graders=(COACH_SCHEMA, QUESTIONS, SPECIFIC, FACTS, WORDING),
)
