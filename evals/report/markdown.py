"""A run as Markdown: numbers, gates, what changed, and the cases that fell short."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evals.compare import Comparison
from evals.gates import Finding, State
from evals.report.view import case_state, shown, worst_cases
from evals.result import Run, SuiteRun

MOST = 8
"""Cases of a suite that are listed; the page has them all."""


def markdown(run: Run, findings: Sequence[Finding], comparison: Comparison | None) -> str:
    """The whole report; text of people is one escaped line."""
    return "\n".join(_lines(run, findings, comparison)) + "\n"


def _lines(run: Run, findings: Sequence[Finding], comparison: Comparison | None) -> Iterator[str]:
    cases = sum(len({c.id for c in s.cases}) for s in run.suites)
    yield f"# Evals of the {run.engine} engine ({_plain(run.model)})"
    yield ""
    yield f"{run.made:%Y-%m-%d %H:%M} UTC, {cases} cases, {run.repeat} repeat(s), {run.seconds:.0f} s."
    if run.recorded:
        yield f"\nAnswers were replayed from the recording `{run.recorded}`; no model was asked."
    if findings:
        yield from _gates(findings)
    if comparison is not None:
        yield from _changes(comparison)
    for suite in run.suites:
        yield from _suite(suite)


def _gates(findings: Sequence[Finding]) -> Iterator[str]:
    count = {state: sum(f.state is state for f in findings) for state in State}
    yield (
        f"\n## Gates: {count[State.PASS]} hold, {count[State.REGRESSION]} fail, "
        f"{count[State.UNMEASURED]} could not be measured\n"
    )
    for finding in findings:
        if finding.state is not State.PASS:
            yield f"- **{finding.state.name.lower()}** `{finding.gate.number}`: {finding.says}"


def _changes(comparison: Comparison) -> Iterator[str]:
    yield "\n## Against the baseline\n"
    for prompt in comparison.prompts:
        yield f"- the prompt `{prompt}` is not the same"
    for number in comparison.numbers:
        if number.better is not None:
            word = "better" if number.better else "**worse**"
            yield f"- {word}: `{number.key}` {shown(number.before)} → {shown(number.after)}"
    for case in comparison.cases:
        if case.better or case.worse:
            what = "; ".join([*(f"worse: {w}" for w in case.worse), *(f"better: {b}" for b in case.better)])
            yield f"- case `{case.key}` ({_plain(case.title)}): {what}"
    only = sum(1 for c in comparison.cases if c.changed_output and not (c.better or c.worse))
    yield f"- {only} more cases have another output with the same verdicts"


def _suite(suite: SuiteRun) -> Iterator[str]:
    yield f"\n## {suite.key}\n\n{suite.says}\n"
    if suite.error:
        yield f"**Could not be measured:** {_plain(suite.error)}"
        return
    yield "| number | value | items | spread | |"
    yield "|---|---|---|---|---|"
    for n in suite.numbers:
        spread = f"±{n.spread:.3f}" if len(n.repeats) > 1 else ""
        yield f"| {n.name} | {shown(n.value)} | {n.items:.0f} | {spread} | {n.says} |"
    cost = "" if suite.cost is None else f", {suite.cost:.4f} US dollars"
    yield f"\np50 {_seconds(suite.p50)}, p95 {_seconds(suite.p95)} a case, {suite.calls} model calls{cost}."
    short = worst_cases(suite)
    if short:
        yield "\nCases that fell short:\n"
    for case in short[:MOST]:
        why = case.failed or "; ".join(f"{v.name}: {v.why}" for v in case.verdicts if v.why)
        yield f"- `{case.id}` {_plain(case.title)} — {case_state(suite, case)}: {_plain(why)[:400]}"
    if len(short) > MOST:
        yield f"- and {len(short) - MOST} more"


def _seconds(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f} s"


def _plain(text: str) -> str:
    """One line in which nothing is markup."""
    return re.sub(r"([\\`*_{}\[\]<>#|!])", r"\\\1", " ".join(text.split()))
