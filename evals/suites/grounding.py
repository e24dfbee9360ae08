"""One claimed quote against a few turns: is it kept exactly when it was said?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evals import datasets
from evals.graders.quotes import QUOTES
from evals.subject import Subject
from evals.suites.scripted import scripted_recap
from evals.values import Case, Grader, Output, Suite, Verdict, up, yes


def _cases(split: str) -> Sequence[Case]:
    content = datasets.read("grounding", split)
    return [
        Case(
            id=row["id"],
            split=split,
            title=row["kind"],
            input={
                "turns": content["fragments"][row["fragment"]],
                "claim": {"turns": row["turns"], "quote": row["quote"]},
            },
            gold={k: row[k] for k in ("grounded", "kind", "or_keeps", "or_rehomed") if k in row},
        )
        for row in (content or {}).get("cases", ())
    ]


def _task(subject: Subject, case: Case) -> Output:
    claim = {"kind": "opportunity", "text": case.input["claim"]["quote"], **case.input["claim"]}
    return scripted_recap(case.input["turns"], [claim])


def _grade(case: Case, output: Output) -> Iterator[Verdict]:
    kept = output["recap"]["opportunities"]
    quote = case.input["claim"]["quote"]
    if case.gold["grounded"]:
        yield yes("true_kept", len(kept) == 1, f"refused, though it was said: {quote}")
        return
    honest = not kept
    if kept and "or_keeps" in case.gold:
        honest = case.gold["or_keeps"] in kept[0]["quote"]
    if kept and case.gold.get("or_rehomed"):
        honest = kept[0]["turns"] != case.input["claim"]["turns"]
    yield yes("false_refused", honest, f"kept, though it was not said: {quote}")


SUITE = Suite(
    name="grounding",
    says="Quotes that an engine claims: true ones are kept, changed ones refused",
    cases=_cases,
    task=_task,
    graders=(
        Grader(
            (
                up("true_kept", "true quotes with other typography that are kept"),
                up(
                    "false_refused",
                    "changed, cut or spliced quotes that are refused",
                ),
            ),
            _grade,
            lambda case: {
                "true_kept": float(case.gold["grounded"]),
                "false_refused": float(not case.gold["grounded"]),
            },
        ),
        QUOTES,
    ),
)
