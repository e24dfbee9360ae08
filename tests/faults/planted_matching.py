"""Faults in finding a mentor; they need the real embedder."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import copilot.matching
import copilot.matching.passages
import copilot.workflow.match
from copilot.domain import MatchResult, Reason
from faults.planted import Fault, Plant, _wrap

MATCHING: list[Fault] = []


def fault(name: str) -> Any:
    def add(plant: Plant) -> Plant:
        MATCHING.append(Fault(name, ("matching/dev",), plant))
        return plant

    return add


def _ranking(patch: pytest.MonkeyPatch, change: Any) -> None:
    _wrap(patch, copilot.workflow.match, "rank", lambda original, *a, **k: change(original(*a, **k), *a))


@fault("nobody ever abstains")
def answers_all(patch: pytest.MonkeyPatch) -> None:
    def change(result: MatchResult, *args: Any) -> MatchResult:
        if result.matches or result.nearest is None:
            return result
        return replace(result, abstained=False, matches=(result.nearest,))

    _ranking(patch, change)


@fault("capacity is ignored")
def capacity(patch: pytest.MonkeyPatch) -> None:
    def candidates(original: Any, *args: Any) -> Any:
        free = [replace(c, profile=replace(c.profile, capacity_minutes=None)) for c in original(*args)]
        return free

    _wrap(patch, copilot.workflow.match, "_candidates", candidates)


@fault("disclaimers count for a mentor")
def disclaimers(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(copilot.matching.passages, "refused_subject", lambda clause: None)


@fault("reasons are made up")
def made_up(patch: pytest.MonkeyPatch) -> None:
    reason = Reason(quote="Loves to help with exactly this.", field="bio")

    def change(result: MatchResult, *args: Any) -> MatchResult:
        return replace(result, matches=tuple(replace(m, reasons=(reason,)) for m in result.matches))

    _ranking(patch, change)


@fault("the order is turned round")
def turned(patch: pytest.MonkeyPatch) -> None:
    _ranking(patch, lambda result, *args: replace(result, matches=result.matches[::-1]))


@fault("the same star comes first for everybody")
def star(patch: pytest.MonkeyPatch) -> None:
    first: list[Any] = []

    def change(result: MatchResult, *args: Any) -> MatchResult:
        if not result.matches:
            return result
        if not first:
            first.append(result.matches[0])
        others = [m for m in result.matches if m.mentor != first[0].mentor]
        return replace(result, matches=(first[0], *others))

    _ranking(patch, change)
