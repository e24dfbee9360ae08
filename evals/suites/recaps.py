"""Recaps of whole labelled calls."""

from __future__ import annotations

from evals import datasets
from evals.graders.items import ACTIONS, ADVICE, KEY_POINTS, TRAPS
from evals.graders.privacy import PRIVATE
from evals.graders.quotes import COVERAGE, INVENTED, QUOTES, SPEAKERS, TWICE
from evals.graders.reading import READING
from evals.graders.schema import RECAP_SCHEMA
from evals.subject import Subject
from evals.suites.programmes import Programme
from evals.values import Case, Output, Suite


def _task(subject: Subject, case: Case) -> Output:
    given = case.input
    file = datasets.ROOT / "recaps" / given["programme"] / "transcripts" / given["file"]
    return subject.recap(
        file.read_bytes(),
        given["file"],
        speakers=given["speakers"],
        started_at=given["started_at"],
        goal=given["goal"],
        mentor_name=given["mentor_name"],
        mentee_name=given["mentee_name"],
        keep_as=(given["programme"], given["session"]),
    )


SUITE = Suite(
    name="recaps",
    says="Recaps of labelled calls of 900 to 1,900 words",
    cases=lambda split: Programme(split).session_cases(),
    task=_task,
    recorded=True,
    graders=(
        RECAP_SCHEMA,
        QUOTES,
        SPEAKERS,
        COVERAGE,
        TWICE,
        INVENTED,
        ADVICE,
        ACTIONS,
        TRAPS,
        KEY_POINTS,
        PRIVATE,
        READING,
    ),
)
