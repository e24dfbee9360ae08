"""Two runs side by side: which numbers moved, and in which cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import mean

from evals.result import CaseRun, CaseVerdict, Run, SuiteRun

SAME = 1e-6


@dataclass(frozen=True, slots=True)
class NumberChange:
    key: str
    before: float
    after: float
    better: bool | None
    """None = no change beyond the spread of the two runs."""


@dataclass(frozen=True, slots=True)
class CaseChange:
    key: str
    """suite/split/case"""
    title: str
    better: tuple[str, ...]
    """Measures that improved, as "name 0.50 → 1.00"."""
    worse: tuple[str, ...]
    changed_output: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    numbers: tuple[NumberChange, ...]
    cases: tuple[CaseChange, ...]
    prompts: tuple[str, ...]
    """Prompt files whose text is not the same in both runs."""
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]


def compare(before: Run, after: Run) -> Comparison:
    """What changed from `before` to `after`; suites and cases that only one of them has are told apart."""
    old, new = {s.key: s for s in before.suites}, {s.key: s for s in after.suites}
    directions = {s.name: {n.name: n.better for n in s.numbers} for s in (*before.suites, *after.suites)}
    cases: list[CaseChange] = []
    missing: list[str] = []
    fresh: list[str] = [key for key in new if key not in old]
    for key in (k for k in new if k in old):
        a, b = _by_case(old[key]), _by_case(new[key])
        missing += [f"{key}/{id}" for id in a if id not in b]
        fresh += [f"{key}/{id}" for id in b if id not in a]
        found = (_case(f"{key}/{id}", a[id], b[id], directions[new[key].name]) for id in b if id in a)
        cases += [change for change in found if change is not None]
    cases.sort(key=lambda change: (not change.worse, not change.better))
    prompts = sorted(
        p for p in {*before.prompts, *after.prompts} if before.prompts.get(p) != after.prompts.get(p)
    )
    return Comparison(
        numbers=tuple(_numbers(before, after)),
        cases=tuple(cases),
        prompts=tuple(prompts),
        only_before=(*(k for k in old if k not in new), *missing),
        only_after=tuple(fresh),
    )


def _numbers(before: Run, after: Run) -> list[NumberChange]:
    old = dict(before.numbers())
    out = []
    for key, number in after.numbers():
        if key not in old:
            continue
        moved = number.value - old[key].value
        noise = max(SAME, number.spread + old[key].spread)
        better = None if abs(moved) <= noise else (moved > 0) == (number.better == "higher")
        out.append(NumberChange(key, old[key].value, number.value, better))
    return out


def _by_case(suite: SuiteRun) -> dict[str, list[CaseRun]]:
    out: dict[str, list[CaseRun]] = {}
    for case in suite.cases:
        out.setdefault(case.id, []).append(case)
    return out


def _case(
    key: str, old: list[CaseRun], new: list[CaseRun], directions: Mapping[str, str]
) -> CaseChange | None:
    before, after = _means(old), _means(new)
    better: list[str] = []
    worse: list[str] = []
    for name in after:
        if name in before and abs(after[name] - before[name]) > SAME:
            line = f"{name} {before[name]:.2f} → {after[name]:.2f}"
            up = after[name] > before[name]
            (better if up == (directions.get(name, "higher") == "higher") else worse).append(line)
    changed = {c.output_hash for c in old} != {c.output_hash for c in new}
    if not (better or worse or changed):
        return None
    return CaseChange(key, new[0].title, tuple(better), tuple(worse), changed)


def _means(runs: list[CaseRun]) -> dict[str, float]:
    heaps: dict[str, list[CaseVerdict]] = {}
    for run in runs:
        for verdict in run.verdicts:
            heaps.setdefault(verdict.name, []).append(verdict)
    return {name: mean(v.value for v in found) for name, found in heaps.items()}
