"""The runner: pooled numbers, failures that count, repeats with their spread, cost and time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.domain import Drafted, Usage
from copilot.testing import ScriptedEngine
from evals.result import SuiteRun
from evals.runner import percentile, pool, run_suite
from evals.subject import Subject
from evals.values import Case, Grader, Output, Suite, Verdict, WholeGrader, share, up


def suite(task: Any, *, count: int = 4, grade: Any = None, whole: tuple[WholeGrader, ...] = ()) -> Suite:
    def hits(case: Case, output: Output) -> Iterator[Verdict]:
        yield from share("found", output["hits"], case.gold["of"], "some were missed")

    grader = Grader(
        (up("found", "items found"),), grade or hits, lambda case: {"found": float(case.gold["of"])}
    )
    cases = [
        Case(id=f"c{n}", split="dev", title="", input={"n": n}, gold={"of": n + 1}) for n in range(count)
    ]
    return Suite(name="made", says="", cases=lambda split: cases, task=task, graders=(grader,), whole=whole)


def measured(made: Suite, **options: Any) -> SuiteRun:
    return run_suite(made, "dev", Subject(ScriptedEngine([])), **options)


def numbers(run: SuiteRun) -> dict[str, float]:
    return {number.name: number.value for number in run.numbers}


def test_items_of_all_cases_are_pooled() -> None:
    run = measured(suite(lambda subject, case: {"hits": case.gold["of"] - (case.id == "c3")}))
    assert numbers(run) == {"found": pytest.approx(9 / 10), "failed": 0.0}


def test_a_case_without_output_counts_with_all_that_was_at_stake() -> None:
    def task(subject: Subject, case: Case) -> Output:
        if case.id == "c3":
            raise RuntimeError("the model hung up")
        return {"hits": case.gold["of"]}

    run = measured(suite(task))
    assert numbers(run) == {"found": pytest.approx(6 / 10), "failed": pytest.approx(1 / 4)}
    assert [c.failed for c in run.cases][-1] == "RuntimeError: the model hung up"


def test_a_grader_that_breaks_is_a_failed_case_not_a_missing_one() -> None:
    def grade(case: Case, output: Output) -> Iterator[Verdict]:
        if case.id == "c0":
            raise KeyError("quote")
        yield from share("found", 1, 1)

    run = measured(suite(lambda subject, case: {}, grade=grade))
    assert numbers(run)["failed"] == 0.25
    assert "could not be graded" in (run.cases[0].failed or "")
    assert numbers(run)["found"] == pytest.approx(3 / 4)


def test_when_nothing_came_out_the_suite_could_not_be_measured() -> None:
    def task(subject: Subject, case: Case) -> Output:
        raise RuntimeError("no weights")

    run = measured(suite(task))
    assert run.error is not None
    assert "no weights" in run.error
    assert not run.numbers


def test_a_broken_dataset_is_told_and_measures_nothing() -> None:
    broken = Suite(name="made", says="", cases=lambda split: [][1:][0], task=lambda s, c: {}, graders=())
    with pytest.raises(IndexError):
        measured(broken)
    empty = Suite(name="made", says="", cases=lambda split: [], task=lambda s, c: {}, graders=())
    assert measured(empty).error == "There are no cases in this split."


def test_repeats_give_a_mean_and_a_spread() -> None:
    asked: list[str] = []

    def task(subject: Subject, case: Case) -> Output:
        asked.append(case.id)
        return {"hits": case.gold["of"] if asked.count(case.id) == 1 else 0}

    run = measured(suite(task), repeat=2)
    (found,) = [n for n in run.numbers if n.name == "found"]
    assert sorted(found.repeats) == [0.0, 1.0]
    assert found.value == 0.5
    assert found.spread == 0.5
    assert len(run.cases) == 8


def test_a_whole_grader_sees_failed_cases_as_none() -> None:
    def grade(rows: Any) -> Iterator[Verdict]:
        yield Verdict(name="holes", value=float(sum(output is None for _, output in rows)))

    def task(subject: Subject, case: Case) -> Output:
        if case.id == "c1":
            raise RuntimeError
        return {"hits": 1}

    whole = WholeGrader((up("holes", "cases without output"),), grade)
    assert numbers(measured(suite(task, whole=(whole,))))["holes"] == 1


def test_calls_and_cost_are_those_of_the_engine() -> None:
    class Paid(ScriptedEngine):
        def coach(self, request: Any) -> Drafted[Any]:
            return Drafted(value=None, engine="llm", model="m", usage=Usage(calls=2, cost=0.25))

    def task(subject: Subject, case: Case) -> Output:
        subject.engine.coach(None)  # type: ignore[arg-type]
        return {"hits": 1}

    run = run_suite(suite(task), "dev", Subject(Paid([])))
    assert (run.calls, run.cost) == (8, 1.0)
    assert [c.cost for c in run.cases] == [0.25] * 4


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(1, 9)), min_size=1, max_size=20))
def test_pooling_is_the_mean_of_all_items(rows: list[tuple[float, int]]) -> None:
    pooled = pool(Verdict(name="x", value=value, weight=weight) for value, weight in rows)
    assert pooled is not None
    items = [value for value, weight in rows for _ in range(weight)]
    assert pooled == (pytest.approx(sum(items) / len(items)), len(items))


@given(st.lists(st.floats(0, 100), min_size=1, max_size=50), st.sampled_from([0.5, 0.95]))
def test_a_percentile_is_one_of_the_values_with_enough_below_it(values: list[float], at: float) -> None:
    ordered = sorted(values)
    found = percentile(ordered, at)
    assert found in ordered
    assert sum(v <= found for v in ordered) >= at * len(ordered) - 1e-9
