"""Short calls in other languages than English."""

from __future__ import annotations

from collections.abc import Sequence

from evals import datasets
from evals.graders.items import ACTIONS, ADVICE, TRAPS
from evals.graders.quotes import COVERAGE, QUOTES
from evals.graders.schema import RECAP_SCHEMA
from evals.suites.calls import call_case, recap_call
from evals.values import Case, Suite


def _cases(split: str) -> Sequence[Case]:
    cases = []
    for row in datasets.rows("languages", split):
        gold = row["gold"]
        cases.append(
            call_case(
                row,
                split,
                f"a call in {row['language']}",
                advice=[{"quote": q} for q in gold["advice"]],
                actions=gold["actions"],
                traps=[{"quote": q, "kind": "trap"} for q in gold["traps"]],
            )
        )
    return cases


SUITE = Suite(
    name="languages",
    says="Short calls in Spanish, German, French, Dutch, Portuguese, Italian, Polish and mixed",
    cases=_cases,
    task=recap_call,
    recorded=True,
    graders=(RECAP_SCHEMA, QUOTES, COVERAGE, ADVICE, ACTIONS, TRAPS),
)
