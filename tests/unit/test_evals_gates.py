"""Gates, comparison and baseline: what passes, what regresses, what could not be measured."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from copilot.errors import BadInput
from evals.accept import accept, accepted, tolerance
from evals.baseline import bless_run
from evals.compare import compare
from evals.gates import Gate, State, check, overall, read_gates
from evals.result import CaseRun, CaseVerdict, Number, Run, SuiteRun, fingerprint, load, save, save_baseline
from evals.suites import suites


def number(value: float, *, better: Any = "higher", name: str = "f1", repeats: Any = None) -> Number:
    return Number(name=name, better=better, says="", value=value, items=10, repeats=repeats or [value])


def case(value: float, output: Any = "same", id: str = "a") -> CaseRun:
    verdict = CaseVerdict(name="f1", value=value)
    return CaseRun(id=id, title="t", output=output, output_hash=fingerprint(output), verdicts=[verdict])


def run(*numbers: Number, cases: Any = (), error: str | None = None, **more: Any) -> Run:
    suite = SuiteRun(
        name="recaps", says="", split="dev", numbers=list(numbers), cases=list(cases), error=error
    )
    fixed: dict[str, Any] = {"engine": "local", "model": "m", "repeat": 1, "thresholds": "x"}
    return Run(made=datetime(2026, 1, 1, tzinfo=UTC), suites=[suite], **fixed, **more)


def gate(accept: float, tolerance: float = 0.0, better: Any = "higher", name: str = "f1") -> Gate:
    return Gate(
        number=f"recaps/dev/{name}", better=better, accept=accept, tolerance=tolerance, run="2026-01-01"
    )


@pytest.mark.parametrize(
    ("value", "better", "state"),
    [
        (0.80, "higher", State.PASS),
        (0.78, "higher", State.PASS),
        (0.77, "higher", State.REGRESSION),
        (0.80, "lower", State.PASS),
        (0.82, "lower", State.PASS),
        (0.83, "lower", State.REGRESSION),
    ],
)
def test_worse_by_more_than_the_tolerance_is_a_regression(value: float, better: Any, state: State) -> None:
    (finding,) = check([gate(0.80, 0.02, better)], run(number(value, better=better)))
    assert finding.state is state


def test_a_number_that_is_not_there_could_not_be_measured_and_says_why() -> None:
    (finding,) = check([gate(0.8)], run(error="the weights are missing"))
    assert finding.state is State.UNMEASURED
    assert "the weights are missing" in finding.says
    assert int(overall([finding])) == 2


def test_a_regression_weighs_more_than_what_could_not_be_measured() -> None:
    findings = check([gate(0.9), gate(0.5, name="other")], run(number(0.1)))
    assert [f.state for f in findings] == [State.REGRESSION, State.UNMEASURED]
    assert int(overall(findings)) == 1
    assert int(overall(check([gate(0.1)], run(number(0.1))))) == 0


def test_no_gates_at_all_is_no_pass() -> None:
    assert overall([]) is State.UNMEASURED


def test_a_gate_on_a_model_judge_without_agreement_cannot_pass() -> None:
    judged = number(1.0, name="judged_summary_faithful")
    (finding,) = check([gate(0.5, name="judged_summary_faithful")], run(judged, judge="some-model"))
    assert finding.state is State.UNMEASURED
    assert "never gates" in finding.says


def test_the_shipped_gates_are_well_formed_and_name_real_measures() -> None:
    gates = read_gates()
    assert len(gates.local) >= 60
    for one in (*gates.local, *(g for found in gates.recorded.values() for g in found)):
        suite, _, name = one.number.split("/")
        assert suites()[suite].measures[name].better == one.better, one.number
    assert len({one.number for one in gates.local}) == len(gates.local)


@pytest.mark.parametrize(
    "text", ["local: 3", "local:\n - {number: x}", "{", "local: []\nother: 1", "local:\n - {number: a/b/c}"]
)
def test_a_broken_gate_file_is_one_clear_line(tmp_path: Path, text: str) -> None:
    file = tmp_path / "gates.yaml"
    file.write_text(text)
    with pytest.raises(BadInput, match=r"gates\.yaml"):
        read_gates(file)


def test_a_comparison_names_the_cases_and_the_prompt_that_changed() -> None:
    before = run(
        number(0.75), cases=[case(1.0, "x", "a"), case(0.5, "y", "b")], prompts={"recap.yaml": "1", "j": "2"}
    )
    after = run(
        number(0.5), cases=[case(0.0, "z", "a"), case(0.5, "y", "b")], prompts={"recap.yaml": "9", "j": "2"}
    )
    found = compare(before, after)
    assert found.prompts == ("recap.yaml",)
    assert [(c.key, c.better, c.worse) for c in found.cases] == [("recaps/dev/a", (), ("f1 1.00 → 0.00",))]
    assert [(n.key, n.better) for n in found.numbers] == [("recaps/dev/f1", False)]


def test_a_difference_within_the_spread_of_repeats_is_none() -> None:
    before, after = (
        run(number(0.70, repeats=[0.65, 0.75])),
        run(number(0.76, repeats=[0.72, 0.80])),
    )
    assert compare(before, after).numbers[0].better is None
    assert compare(before, run(number(0.95))).numbers[0].better is True


def test_another_output_with_the_same_verdict_is_shown_as_such() -> None:
    found = compare(run(cases=[case(1.0, {"text": "a"})]), run(cases=[case(1.0, {"text": "b"})]))
    assert [(c.changed_output, c.better, c.worse) for c in found.cases] == [(True, (), ())]
    same = {"text": "a", "provenance": {"model": "other"}}
    assert not compare(run(cases=[case(1.0, {"text": "a"})]), run(cases=[case(1.0, same)])).cases


def test_a_baseline_keeps_verdicts_but_no_texts(tmp_path: Path) -> None:
    private = case(0.5, {"text": "what Nia said"})
    made = run(number(0.5), cases=[private])
    save_baseline(made, tmp_path / "b.json")
    assert "Nia" not in (tmp_path / "b.json").read_text()
    assert private.output is not None
    assert not compare(load(tmp_path / "b.json"), made).cases


def test_a_report_is_read_back_as_it_was(tmp_path: Path) -> None:
    made = run(number(0.5, repeats=[0.4, 0.6]), cases=[case(0.5, {"deep": [1, {"x": None}]})])
    save(made, tmp_path / "report.json")
    assert load(tmp_path / "report.json") == made


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 99}', '{"format": 1}'])
def test_a_file_that_is_no_report_is_one_clear_line(tmp_path: Path, text: str) -> None:
    file = tmp_path / "r.json"
    file.write_text(text)
    with pytest.raises(BadInput):
        load(file)


def test_only_a_whole_run_without_holes_can_be_blessed() -> None:
    with pytest.raises(BadInput, match="all suites"):
        bless_run(run(number(1)), whole=False)
    with pytest.raises(BadInput, match="recaps/dev"):
        bless_run(run(error="no"), whole=True)


def test_runs_with_different_numbers_of_repeats_compare_by_what_came_out() -> None:
    once = run(cases=[case(1.0, "x")])
    twice = run(cases=[case(1.0, "x"), case(1.0, "x").model_copy(update={"repeat": 2})])
    wavering = run(cases=[case(1.0, "x"), case(1.0, "y").model_copy(update={"repeat": 2})])
    assert not compare(once, twice).cases
    assert [c.changed_output for c in compare(once, wavering).cases] == [True]


def test_a_baseline_of_repeats_keeps_only_what_differs(tmp_path: Path) -> None:
    again = case(1.0, "x").model_copy(update={"repeat": 2})
    other = case(0.0, "y").model_copy(update={"repeat": 3})
    save_baseline(run(cases=[case(1.0, "x"), again, other]), tmp_path / "b.json")
    assert [c.repeat for c in load(tmp_path / "b.json").suites[0].cases] == [1, 3]


def test_accepting_a_run_says_what_was_lowered_and_never_loosens_what_must_hold(tmp_path: Path) -> None:
    gates = [gate(0.8, 0.02), gate(0.3, 0.02, "lower", "traps")]
    found, lowered = accepted(gates, run(number(0.7), number(0.1, better="lower", name="traps")))
    assert [(g.accept, g.tolerance) for g in found] == [(0.7, 0.1), (0.1, 0.1)]
    assert lowered == ["recaps/dev/f1: 0.8 → 0.7"]
    with pytest.raises(BadInput, match="must always hold"):
        accepted([gate(1.0, 0.0)], run(number(0.99)))
    with pytest.raises(BadInput, match="has no recaps/dev/other"):
        accepted([gate(1.0, 0.1, name="other")], run(number(0.99)))


def test_the_tolerance_follows_the_spread_and_the_items() -> None:
    assert tolerance("f1", number(0.7, repeats=[0.5, 0.9])) == 0.4
    wide = Number(name="f1", better="higher", says="", value=0.7, items=400, repeats=[0.7])
    assert tolerance("f1", wide) == 0.005
    assert tolerance("ece", wide) == 0.02


def test_the_gate_file_is_written_back_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "gates.yaml"
    line = "{number: recaps/dev/f1, better: higher, accept: 0.7, tolerance: 0.1, run: old}"
    file.write_text(f"# why\nlocal:\n  - {line}\nrecorded:\n  a.jsonl:\n    - {line}\n")
    assert accept(run(number(0.9)), file) == []
    assert file.read_text().startswith("# why\n")
    found = read_gates(file)
    assert (found.local[0].accept, found.recorded["a.jsonl"][0].accept) == (0.9, 0.7)
