"""Falling back: never silently, and not asking a dead endpoint over and over."""

from __future__ import annotations

from typing import Any

import pytest

from copilot.domain import Coaching, CoachRequest, Usage
from copilot.engines.fallback import FallbackEngine
from copilot.errors import BadInput, EngineFailed
from copilot.testing import ScriptedEngine
from copilot.thresholds import MODEL_ENGINE

REQUEST = CoachRequest(text="better talks")


def coaching(word: str) -> Coaching:
    return Coaching(specific=False, missing=(), suggestion=word, questions=("a", "b", "c"), fits_minutes=30)


def down(n: int = 1) -> list[Any]:
    return [EngineFailed("The endpoint is down.", "server-error", usage=Usage(calls=3)) for _ in range(n)]


def pair(answers: list[Any], clock: Any = lambda: 0.0) -> tuple[FallbackEngine, ScriptedEngine]:
    primary = ScriptedEngine(answers, name="llm", model="big-1")
    local = ScriptedEngine([coaching("local")] * 50, model="rules-1")
    return FallbackEngine(primary, local, clock), primary


def test_what_works_is_passed_on_untouched() -> None:
    engine, _ = pair([coaching("good")])
    drafted = engine.coach(REQUEST)
    assert (drafted.value.suggestion, drafted.engine, drafted.notice) == ("good", "llm", None)
    assert (engine.name, engine.model) == ("llm", "big-1")


def test_a_failure_is_labelled_with_who_drafted_why_and_what_it_cost() -> None:
    drafted = pair(down())[0].coach(REQUEST)
    assert (drafted.engine, drafted.model) == ("local", "rules-1")
    assert drafted.notice == (
        "Drafted by the local engine. The language model could not be used: The endpoint is down."
    )
    assert drafted.usage.calls == 3


def test_after_failures_in_a_row_the_model_is_left_alone_for_a_while() -> None:
    now = [0.0]
    many = MODEL_ENGINE.failures_before_pause
    engine, primary = pair([*down(many + 1), coaching("good"), *down()], lambda: now[0])
    for _ in range(many):
        engine.coach(REQUEST)
    asleep = engine.coach(REQUEST)
    assert len(primary.asked) == many
    assert "was not asked, after failing before: The endpoint is down." in (asleep.notice or "")
    assert asleep.usage.calls == 0
    now[0] += MODEL_ENGINE.pause_seconds
    engine.coach(REQUEST)
    assert len(primary.asked) == many + 1, "one more try after the pause"
    engine.coach(REQUEST)
    assert len(primary.asked) == many + 1, "and it failed: another pause at once"
    now[0] += MODEL_ENGINE.pause_seconds
    assert engine.coach(REQUEST).value.suggestion == "good"
    engine.coach(REQUEST)
    assert len(primary.asked) == many + 3, "a success starts the count afresh"


def test_only_failures_of_the_model_fall_back() -> None:
    engine, _ = pair([BadInput("The goal is empty.")])
    with pytest.raises(BadInput):
        engine.coach(REQUEST)


def test_when_the_local_engine_fails_too_its_error_is_seen() -> None:
    engine = FallbackEngine(
        ScriptedEngine(down(), name="llm"), ScriptedEngine([EngineFailed("Weights damaged.", "weights")])
    )
    with pytest.raises(EngineFailed, match="Weights damaged"):
        engine.coach(REQUEST)
