"""What is told of somebody who is not in the call."""

from __future__ import annotations

import pytest

from copilot.privacy import tells_of_another


@pytest.mark.parametrize(
    "text",
    [
        "He's on sixty-eight already and he does half of it.",
        "My sister earns ninety thousand at the bank.",
        "She gets about 45k, I saw the letter.",
        "My mum is eighty-one and lives upstairs.",
        "Her manager was signed off with burnout in May.",
        "My colleague has cancer, nobody knows yet.",
        "His dad's in hospital again.",
    ],
)
def test_pay_age_and_health_of_others(text: str) -> None:
    assert tells_of_another(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ask for sixty-eight thousand in writing.",
        "She wants the list of ten by Friday.",
        "He gets back to me on Monday.",
        "I am on forty and want fifty.",
        "Her review is two weeks away.",
        "Ask your manager for thirty minutes a week.",
        "Show her three pull requests.",
        "The hospital has two openings for a junior.",
    ],
)
def test_goals_and_plans_are_not_private_matters(text: str) -> None:
    assert not tells_of_another(text)
