"""How runs and gates look in a terminal; progress on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from evals.gates import Finding, State, overall
from evals.report.view import shown
from evals.result import Run
from evals.runner import Tick

if TYPE_CHECKING:
    from evals.compare import Comparison
    from evals.proposals import Proposal

_TONE = {State.PASS: "green", State.REGRESSION: "red", State.UNMEASURED: "yellow"}


def _console() -> Console:
    """A pipe or a file is not folded at 80 columns."""
    return Console(width=None if sys.stdout.isatty() else 160)


@contextmanager
def progress() -> Iterator[Tick]:
    """A bar on standard error where that is a terminal; else nothing."""
    from rich.progress import Progress

    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    with Progress(console=Console(stderr=True), transient=True) as live:
        task = live.add_task("starting", total=None)

        def tick(what: str, done: int, total: int) -> None:
            live.update(task, description=what, completed=done, total=total)

        yield tick


def run(
    found: Run,
    findings: Sequence[Finding],
    comparison: Comparison | None,
    files: Sequence[Path],
    *,
    as_json: bool,
) -> None:
    """The numbers of a run; with `as_json` one object (the cases are in the report)."""
    if as_json:
        numbers = {key: number.value for key, number in found.numbers()}
        errors = {suite.key: suite.error for suite in found.suites if suite.error}
        reports = [str(file) for file in files]
        _json({"engine": found.engine, "model": found.model, "numbers": numbers, "errors": errors,
               "gates": _findings(findings), "state": overall(findings).name.lower() if findings else None,
               "seconds": round(found.seconds, 1), "reports": reports})  # fmt: skip
        return
    out = _console()
    out.print(_table(found, findings))
    for suite in found.suites:
        if suite.error:
            out.print(f"[yellow]{suite.key} could not be measured: {escape(suite.error)}[/]")
    if comparison is not None:
        _changes(out, comparison)
    if findings:
        _gates(out, findings)
    costs = [suite.cost for suite in found.suites if suite.cost is not None]
    calls = sum(suite.calls for suite in found.suites)
    spent = f" {calls} model calls{f', {sum(costs):.4f} US dollars' if costs else ''}." if calls else ""
    out.print(f"{found.seconds:.0f} s.{spent} Reports: {', '.join(map(str, files))}")


def _table(found: Run, findings: Sequence[Finding]) -> Table:
    held = {f.gate.number: f for f in findings}
    table = Table(box=None, pad_edge=False)
    for name, align in (("number", "left"), ("value", "right"), ("items", "right"), ("gate", "left")):
        table.add_column(name, justify="right" if align == "right" else "left")
    for key, number in found.numbers():
        finding = held.get(key)
        gate = f"[{_TONE[finding.state]}]{escape(finding.says)}[/]" if finding else ""
        spread = f" ±{number.spread:.3f}" if len(number.repeats) > 1 else ""
        table.add_row(key, shown(number.value) + spread, f"{number.items:.0f}", gate)
    return table


def _changes(out: Console, comparison: Comparison) -> None:
    for prompt in comparison.prompts:
        out.print(f"[yellow]The prompt {escape(prompt)} is not the one of the baseline.[/]")
    moved = [n for n in comparison.numbers if n.better is not None]
    for number in moved:
        word = "[green]better[/]" if number.better else "[red]worse[/]"
        out.print(f"{word} {number.key}: {shown(number.before)} → {shown(number.after)}")
    changed = len(comparison.cases)
    out.print(f"Against the baseline: {len(moved)} numbers moved, {changed} cases changed (see the report).")


def gates(findings: Sequence[Finding], *, as_json: bool) -> None:
    """Every gate that does not hold, and the count of the others."""
    if as_json:
        _json({"state": overall(findings).name.lower(), "gates": _findings(findings)})
    else:
        _gates(_console(), findings)


def _gates(out: Console, findings: Sequence[Finding]) -> None:
    for finding in findings:
        if finding.state is not State.PASS:
            tone = _TONE[finding.state]
            out.print(
                f"[{tone}]{finding.state.name.lower()}[/] {finding.gate.number}: {escape(finding.says)}"
            )
    state = overall(findings)
    hold = sum(f.state is State.PASS for f in findings)
    out.print(f"[{_TONE[state]} bold]{state.name.lower()}[/]: {hold} of {len(findings)} gates hold")


def _findings(findings: Sequence[Finding]) -> list[dict[str, object]]:
    return [
        {"number": f.gate.number, "state": f.state.name.lower(), "value": f.value, "says": f.says}
        for f in findings
    ]


def proposal(made: Proposal, *, as_json: bool) -> None:
    """Where a proposed case was written and what a reviewer has to look at."""
    if as_json:
        _json({"file": str(made.file), "suite": made.suite, "replaced": made.replaced, "review": made.review})
        return
    out = _console()
    out.print(f"Proposed a case for [bold]{made.suite}[/]: {made.file}")
    out.print(f"{made.replaced} names and contacts were replaced. It does not count before it was reviewed:")
    for line in made.review:
        out.print(f"  - {escape(line)}")


def _json(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")
