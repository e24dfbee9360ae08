"""Small talk: a call that should yield nothing."""

from __future__ import annotations

from collections.abc import Sequence

from evals import datasets
from evals.graders.items import NOTHING
from evals.graders.quotes import COVERAGE, QUOTES
from evals.graders.schema import RECAP_SCHEMA
from evals.suites.calls import call_case, recap_call
from evals.values import Case, Suite


def _cases(split: str) -> Sequence[Case]:
    return [call_case(row, split, row["why"]) for row in datasets.rows("silent", split)]


SUITE = Suite(
    name="silent",
    says="Calls of nothing but small talk: no advice, no action, no decision",
    cases=_cases,
    task=recap_call,
    recorded=True,
    graders=(RECAP_SCHEMA, QUOTES, COVERAGE, NOTHING),
)
