"""Runs suites on pydantic-evals. Own code only for what it lacks: pooled numbers in which failures count."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from pydantic_evals import Case as EvalCase
from pydantic_evals import Dataset
from pydantic_evals.evaluators import EvaluationReason, Evaluator, EvaluatorContext
from pydantic_evals.reporting import EvaluationReport

from copilot.errors import CopilotError
from evals.result import CaseRun, CaseVerdict, Number, SuiteRun, fingerprint
from evals.subject import Spent, Subject
from evals.values import FAILED, Case, Grader, Output, Suite, Verdict

Tick = Callable[[str, int, int], None]
"""Called with the suite's key, cases done and cases in all."""
_WEIGHT = "#weight"
"""A verdict's weight travels through pydantic-evals as a second score under this name."""


@dataclass(frozen=True)
class _Answer:
    output: Output
    spent: Spent


@dataclass
class _Rule(Evaluator[Case, _Answer, Any]):
    """Hands one case to one of our graders."""

    grader: Grader

    def evaluate(self, ctx: EvaluatorContext[Case, _Answer, Any]) -> dict[str, EvaluationReason]:
        out: dict[str, EvaluationReason] = {}
        for verdict in self.grader.grade(ctx.inputs, ctx.output.output):
            out[verdict.name] = EvaluationReason(value=float(verdict.value), reason=verdict.why)
            out[verdict.name + _WEIGHT] = EvaluationReason(value=float(verdict.weight))
        return out


class _Clocked:
    """The suite's task with its time, its cost and the progress bar."""

    def __init__(self, suite: Suite, subject: Subject, tick: Callable[[], None]) -> None:
        self.suite, self.subject, self.tick = suite, subject, tick
        self.seconds: dict[str, list[float]] = {}
        self._lock = Lock()

    def __call__(self, case: Case) -> _Answer:
        started = time.perf_counter()
        before = self.subject.spent()
        try:
            output = self.suite.task(self.subject, case)
            return _Answer(output, self.subject.spent() - before)
        finally:
            with self._lock:
                self.seconds.setdefault(case.id, []).append(time.perf_counter() - started)
                self.tick()


def run_suite(
    suite: Suite, split: str, subject: Subject, *, repeat: int = 1, tick: Tick = lambda *_: None
) -> SuiteRun:
    """Measure one suite on one split. What cannot be measured at all comes back with `error` set."""
    started = time.perf_counter()
    try:
        cases = list(suite.cases(split))
    except (CopilotError, OSError, ValueError, KeyError) as error:
        return _unmeasured(suite, split, f"The dataset cannot be read: {_line(error)}")
    if not cases:
        return _unmeasured(suite, split, "There are no cases in this split.")
    try:
        suite.prepare(subject, cases)
    except Exception as error:
        return _unmeasured(suite, split, f"Could not be prepared: {_line(error)}")
    done = 0

    def one_more() -> None:
        nonlocal done
        done += 1
        tick(f"{suite.name}/{split}", done, len(cases) * repeat)

    task = _Clocked(suite, subject, one_more)
    dataset: Dataset[Case, _Answer, Any] = Dataset(
        name=f"{suite.name}/{split}",
        cases=[EvalCase(name=case.id, inputs=case) for case in cases],
        evaluators=[_Rule(grader) for grader in suite.graders],
    )
    report = dataset.evaluate_sync(
        task, progress=False, repeat=repeat, max_concurrency=subject.parallel, task_name=suite.name
    )
    runs = _case_runs(suite, cases, report, task)
    outputs = {(r.id, r.repeat): r.output for r in runs if r.failed is None}
    numbers = _numbers(suite, cases, runs, outputs, repeat)
    times = sorted(t for found in task.seconds.values() for t in found)
    costs = [r.cost for r in runs if r.cost is not None]
    dead = all(r.failed for r in runs)
    return SuiteRun(
        name=suite.name,
        says=suite.says,
        split=split,
        numbers=[] if dead else numbers,
        error=f"No case came to an output: {runs[0].failed}" if dead else None,
        cases=runs,
        seconds=time.perf_counter() - started,
        p50=percentile(times, 0.5),
        p95=percentile(times, 0.95),
        calls=sum(r.calls for r in runs),
        cost=sum(costs) if costs else None,
    )


def percentile(ordered: Sequence[float], share: float) -> float | None:
    """Nearest rank in sorted values; None of nothing."""
    if not ordered:
        return None
    return ordered[min(len(ordered) - 1, max(0, -(-int(share * 1000) * len(ordered) // 1000) - 1))]


def _unmeasured(suite: Suite, split: str, why: str) -> SuiteRun:
    return SuiteRun(name=suite.name, says=suite.says, split=split, error=why)


def _line(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:400]


def _case_runs(
    suite: Suite, cases: Sequence[Case], report: EvaluationReport[Case, _Answer, Any], task: _Clocked
) -> list[CaseRun]:
    by_id = {case.id: case for case in cases}
    seen: dict[str, int] = {}
    runs: list[CaseRun] = []

    def base(case: Case) -> dict[str, Any]:
        seen[case.id] = nth = seen.get(case.id, 0) + 1
        times = task.seconds.get(case.id, [])
        seconds = times[nth - 1] if nth <= len(times) else 0.0
        given = {"input": case.input, "gold": case.gold}
        return {"id": case.id, "title": case.title, "repeat": nth, "seconds": seconds, **given}

    for row in report.cases:
        case = by_id[row.inputs.id]
        verdicts = _verdicts(row.scores)
        broken = [f"grader {f.name}: {f.error_message}" for f in row.evaluator_failures]
        failed = f"could not be graded: {'; '.join(broken)}" if broken else None
        if failed:
            verdicts = _worst(suite, case)
        verdicts.append(CaseVerdict(name=FAILED.name, value=float(failed is not None), why=failed or ""))
        spent = row.output.spent
        runs.append(
            CaseRun(
                **base(case),
                output=row.output.output,
                output_hash=fingerprint(row.output.output),
                failed=failed,
                verdicts=verdicts,
                calls=spent.calls,
                cost=spent.cost,
            )
        )
    for bad in report.failures:
        case = by_id[bad.inputs.id]
        why = " ".join(bad.error_message.split())[:400]
        verdicts = [*_worst(suite, case), CaseVerdict(name=FAILED.name, value=1.0, why=why)]
        runs.append(CaseRun(**base(case), failed=why, verdicts=verdicts))
    order = {case.id: n for n, case in enumerate(cases)}
    return sorted(runs, key=lambda r: (order[r.id], r.repeat))


def _verdicts(scores: Any) -> list[CaseVerdict]:
    return [
        CaseVerdict(
            name=name,
            value=float(found.value),
            weight=float(scores[name + _WEIGHT].value),
            why=found.reason or "",
        )
        for name, found in scores.items()
        if not name.endswith(_WEIGHT)
    ]


def _worst(suite: Suite, case: Case) -> list[CaseVerdict]:
    return [
        CaseVerdict(name=v.name, value=v.value, weight=v.weight, why=v.why)
        for grader in suite.graders
        for v in grader.without_output(case)
    ]


def _numbers(
    suite: Suite,
    cases: Sequence[Case],
    runs: Sequence[CaseRun],
    outputs: dict[tuple[str, int], Any],
    repeat: int,
) -> list[Number]:
    """Every measure pooled within a repeat, then averaged over repeats."""
    heaps: dict[str, dict[int, list[Verdict]]] = {}
    for run in runs:
        for v in run.verdicts:
            heaps.setdefault(v.name, {}).setdefault(run.repeat, []).append(
                Verdict(name=v.name, value=v.value, weight=v.weight)
            )
    for nth in range(1, repeat + 1):
        rows = [(case, outputs.get((case.id, nth))) for case in cases]
        for grader in suite.whole:
            for verdict in grader.grade(rows):
                heaps.setdefault(verdict.name, {}).setdefault(nth, []).append(verdict)
    measures = suite.measures
    out = []
    for name, found in heaps.items():
        pooled = [p for p in (pool(v) for _, v in sorted(found.items())) if p is not None]
        if not pooled:
            continue
        values = [value for value, _ in pooled]
        measure = measures[name]
        why = next((v.why for v in found[min(found)] if v.why), "") if len(found[min(found)]) == 1 else ""
        out.append(
            Number(
                name=name,
                better=measure.better,
                says=measure.says,
                value=sum(values) / len(values),
                items=pooled[0][1],
                repeats=values,
                why=why,
            )
        )
    order = {name: n for n, name in enumerate(measures)}
    return sorted(out, key=lambda n: order[n.name])


def pool(verdicts: Iterable[Verdict]) -> tuple[float, float] | None:
    """Weighted mean and total weight; None where nothing was at stake."""
    heap = list(verdicts)
    weight = sum(v.weight for v in heap)
    return (sum(v.value * v.weight for v in heap) / weight, weight) if weight else None
