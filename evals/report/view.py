"""What the reports share: how a case did, how numbers are written."""

from __future__ import annotations

from evals.result import CaseRun, SuiteRun
from evals.suites import suites


def shown(value: float) -> str:
    """Three figures, whole numbers bare."""
    return f"{value:.0f}" if value == int(value) and abs(value) > 1 else f"{value:.3f}"


def score(suite: SuiteRun, case: CaseRun) -> float | None:
    """0 (all wrong) to 1 (nothing to complain about), over the measures that know what perfect is."""
    known = suites().get(suite.name)
    if case.failed:
        return 0.0
    measures = known.measures if known else suites()["hostile"].measures
    parts = []
    for verdict in case.verdicts:
        measure = measures.get(verdict.name)
        if measure is None or measure.perfect is None or verdict.name == "failed":
            continue
        parts.append(max(0.0, 1 - abs(verdict.value - measure.perfect)))
    return sum(parts) / len(parts) if parts else None


def case_state(suite: SuiteRun, case: CaseRun) -> str:
    """ "good", "partly", "bad" or "failed" (no output)."""
    if case.failed:
        return "failed"
    found = score(suite, case)
    if found is None or found > 1 - 1e-9:
        return "good"
    return "partly" if found >= 0.5 else "bad"


def worst_cases(suite: SuiteRun) -> list[CaseRun]:
    """Cases with something to complain about, worst first."""
    scored = [(score(suite, case), case) for case in suite.cases]
    short = [(value, case) for value, case in scored if value is not None and value < 1 - 1e-9]
    return [case for _, case in sorted(short, key=lambda pair: (pair[0], pair[1].id))]
