"""One self-contained page: verdict first, then numbers as charts, then every case to open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from evals.compare import Comparison
from evals.gates import Finding, State
from evals.report.charts import Bar, bar, calibration, latency
from evals.report.view import case_state, score, shown
from evals.result import CaseRun, Number, Run, SuiteRun

_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ORDER = {"failed": 0, "bad": 1, "partly": 2, "good": 3}


def page(run: Run, findings: Sequence[Finding], comparison: Comparison | None) -> str:
    """The HTML. Everything from a dataset or an engine is escaped: a stored attack shows as text."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=visible,
    )
    environment.filters["shown"] = shown
    environment.tests["flat"] = _flat
    gates = {finding.gate.number: finding for finding in findings}
    before = {change.key: change for change in comparison.numbers} if comparison else {}
    template = environment.get_template("page.html")
    return template.render(
        run=run,
        cases=sum(len({c.id for c in s.cases}) for s in run.suites),
        judged_cases=[c for c in comparison.cases if c.better or c.worse] if comparison else [],
        other_cases=[c for c in comparison.cases if not c.better and not c.worse] if comparison else [],
        counts={state.name.lower(): sum(f.state is state for f in findings) for state in State},
        trouble=[f for f in findings if f.state is not State.PASS],
        has_gates=bool(findings),
        comparison=comparison,
        moved=[c for c in comparison.numbers if c.better is not None] if comparison else [],
        suites=[_suite(s, gates, before) for s in run.suites],
        latency=_latency(run),
        cost=sum(s.cost for s in run.suites if s.cost is not None) if _priced(run) else None,
    )


def _flat(value: Any) -> bool:
    """A small object without anything nested: it fits on a line or two."""
    if not isinstance(value, Mapping) or not 1 < len(value) < 9:
        return False
    return all(
        isinstance(v, str | int | float | None)
        or (isinstance(v, list) and all(isinstance(n, int) for n in v))
        for v in value.values()
    )


def visible(value: Any) -> Any:
    """Invisible and direction-changing characters as their code points: what is hidden shows."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return _HIDDEN.sub(lambda m: f"⟨U+{ord(m[0]):04X}⟩", value)


def _priced(run: Run) -> bool:
    return any(s.cost is not None for s in run.suites)


def _latency(run: Run) -> Markup:
    rows = [(s.key, s.p50, s.p95) for s in run.suites if s.p50 is not None and s.p95 is not None]
    return latency(rows, "median and 95th percentile of seconds a case")


def _suite(suite: SuiteRun, gates: Mapping[str, Finding], before: Mapping[str, Any]) -> dict[str, Any]:
    states = [(case_state(suite, case), case) for case in suite.cases]
    count = {name: sum(state == name for state, _ in states) for name in _ORDER}
    ordered = sorted(states, key=lambda row: (_ORDER[row[0]], score(suite, row[1]) or 0.0, row[1].id))
    found = [gates.get(f"{suite.key}/{n.name}") for n in suite.numbers]
    return {
        "run": suite,
        "anchor": suite.key.replace("/", "-"),
        "count": count,
        "state": _state([f for f in found if f is not None], suite),
        "numbers": [_number(suite, n, gates, before) for n in suite.numbers],
        "calibration": _calibration(suite) if suite.name == "pairs" else None,
        "cases": [_case(suite, state, case) for state, case in ordered],
        "strip": [(state, case) for state, case in states],
    }


def _state(findings: Sequence[Finding], suite: SuiteRun) -> str:
    if suite.error:
        return "unmeasured"
    if not findings:
        return "ungated"
    return max((f.state for f in findings), key=lambda s: (s is State.REGRESSION, s)).name.lower()


def _number(
    suite: SuiteRun, number: Number, gates: Mapping[str, Finding], before: Mapping[str, Any]
) -> dict[str, Any]:
    key = f"{suite.key}/{number.name}"
    finding, change = gates.get(key), before.get(key)
    chart = None
    if all(0 <= value <= 1 for value in number.repeats):
        repeats = number.repeats
        chart = bar(
            Bar(
                value=number.value,
                gate=finding.gate.accept if finding else None,
                baseline=change.before if change else None,
                low=min(repeats),
                high=max(repeats),
                good=finding is None or finding.state is State.PASS,
            ),
            f"{number.name} {number.value:.3f}",
        )
    return {"number": number, "finding": finding, "change": change, "chart": chart}


def _calibration(suite: SuiteRun) -> Markup | None:
    rows = []
    for case in suite.cases:
        if case.failed is None:
            rows.append((float(case.output["verdict"]["score"]), case.gold["label"] == "conflict"))
    points = []
    for n in range(10):
        inside = [r for r in rows if min(9, int(r[0] * 10)) == n]
        if inside:
            said = sum(s for s, _ in inside) / len(inside)
            points.append((said, sum(t for _, t in inside) / len(inside), len(inside)))
    return calibration(points, "reliability of the conflict score") if points else None


def _case(suite: SuiteRun, state: str, case: CaseRun) -> dict[str, Any]:
    verdicts = sorted(case.verdicts, key=lambda v: (not v.why, v.name))
    turns, rest = _split(case.output)
    given = dict(case.input) if isinstance(case.input, Mapping) else {"input": case.input}
    said = given.pop("spoken", None)
    if said or turns:
        given.pop("text", None)
    return {
        "run": case,
        "state": state,
        "anchor": f"{suite.key}-{case.id}-{case.repeat}".replace("/", "-"),
        "verdicts": verdicts,
        "input": given,
        "spoken": turns or [{"n": n, "label": s, "text": t} for n, (s, t) in enumerate(said or ())],
        "cited": _cited(rest),
        "output": rest,
        "gold": case.gold,
    }


def _split(output: Any) -> tuple[list[Mapping[str, Any]], Any]:
    """The turns that a recap points into, and the rest of an output."""
    if not isinstance(output, Mapping) or "turns" not in output:
        return [], output
    return list(output["turns"]), {k: v for k, v in output.items() if k != "turns"}


def _cited(value: Any) -> set[int]:
    return set(_indices(value))


def _indices(value: Any) -> Iterator[int]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key == "turns":
                yield from (n for n in inner if isinstance(n, int))
            else:
                yield from _indices(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _indices(inner)
