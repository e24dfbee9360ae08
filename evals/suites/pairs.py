"""Single pairs of advice, judged in both orders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evals import datasets
from evals.graders.pairs import CALIBRATION, LABELS, ORDER
from evals.subject import Subject
from evals.suites.programmes import Programme
from evals.values import Case, Output, Suite


def _cases(split: str) -> Sequence[Case]:
    own = [
        Case(
            id=row["id"],
            split=split,
            title=f"{row['field']}: {row['label']}" + (f", {row['kind']}" if row["kind"] else ""),
            input={"a": row["a"], "b": row["b"]},
            gold={"label": row["label"], "kind": row["kind"]},
        )
        for row in datasets.rows("conflict_pairs", split)
    ]
    return [*own, *_labelled(split)]


def _labelled(split: str) -> list[Case]:
    """The labelled conflicts and look-alikes of the programme, in an expert's wording."""
    programme = Programme(split)
    if not programme.exists:
        return []
    text = {a["id"]: a["normalized"] for s in programme.table("sessions") for a in s["gold"]["advice"]}
    found = programme.table("conflicts")
    return [
        Case(
            id=f"{row['a']}+{row['b']}",
            split=split,
            title=f"programme: {label}" + (f", {row['kind']}" if "kind" in row else ""),
            input={"a": text[row["a"]], "b": text[row["b"]]},
            gold={"label": label, "kind": row.get("kind")},
        )
        for key, label in (("conflicts", "conflict"), ("compatible", "compatible"))
        for row in found[key]
    ]


def _prepare(subject: Subject, cases: Sequence[Case]) -> None:
    """The local judge reads many pairs in one go, four times as fast; a model is asked case by case."""
    if subject.engine.name == "local":
        pairs = [(c.input["a"], c.input["b"]) for c in cases]
        for asked in (pairs, [(b, a) for a, b in pairs]):
            subject.judged.update(zip(asked, _judge(subject, asked), strict=True))


def judged(subject: Subject, one: str, other: str) -> dict[str, Any]:
    """The contract's result for a pair."""
    known = subject.judged.get((one, other))
    return known or _judge(subject, [(one, other)])[0]


def _judge(subject: Subject, pairs: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    from copilot.conflicts import judge_pairs, pairs_to_json

    rows = [(str(n), one, other) for n, (one, other) in enumerate(pairs)]
    return list(pairs_to_json(judge_pairs(rows, subject.engine))["results"])


def _task(subject: Subject, case: Case) -> Output:
    a, b = case.input["a"], case.input["b"]
    return {"verdict": judged(subject, a, b), "turned": judged(subject, b, a)}


SUITE = Suite(
    name="pairs",
    says="Single pairs of advice, half of them only look like a conflict; judged in both orders",
    cases=_cases,
    task=_task,
    recorded=True,
    prepare=_prepare,
    graders=(LABELS, ORDER),
    whole=(CALIBRATION,),
)
