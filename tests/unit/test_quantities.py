"""Amounts read out of advice, and which of them cannot both hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.quantities import amounts, clash


@pytest.mark.parametrize(
    ("text", "value", "unit", "per", "bound"),
    [
        ("Send three tailored applications a week.", 3, "application", "week", 0),
        ("Aim for at least fifteen applications a week.", 15, "application", "week", 1),
        ("Keep pull requests under two hundred changed lines.", 200, "line", "", -1),
        ("Answer in ninety seconds.", 0.025, "hour", "", 0),
        ("Try alone for half a day before you ask.", 12, "hour", "", 0),
        ("Ask for 15 percent more.", 15, "percent", "", 0),
        ("Quote them 650 a day.", 650, "time", "day", 0),
        ("Say 850,000 naira a month.", 850000, "naira", "month", 0),
        ("Post twice a month.", 2, "time", "month", 0),
    ],
)
def test_amounts_of_advice(text, value, unit, per, bound):
    found = amounts(text)[0]
    assert (found.value, found.unit, found.per, found.bound) == (pytest.approx(value), unit, per, bound)
    assert found.said in text


@pytest.mark.parametrize(
    "text", ["Apply in 2027.", "Talk to one another.", "Go home.", "", "By 15 December."]
)
def test_years_dates_and_idioms_are_no_amounts(text):
    assert amounts(text) == ()


@pytest.mark.parametrize(
    ("one", "other", "clashes"),
    [
        ("Send three applications a week.", "Send fifteen applications a week.", True),
        ("Send at least three applications a week.", "Send fifteen applications a week.", False),
        ("Send at least fifteen applications a week.", "Send three applications a week.", True),
        ("Send at most three applications a week.", "Send fifteen applications a week.", True),
        ("Send three applications a week.", "Write three pages a day.", False),
        ("Wait thirty minutes.", "Wait half an hour.", False),
        ("Wait 30 minutes.", "Wait two days.", True),
    ],
)
def test_which_amounts_clash(one, other, clashes):
    assert (clash(amounts(one), amounts(other)) is not None) is clashes
    assert (clash(amounts(other), amounts(one)) is not None) is clashes


@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    for found in amounts(text):
        assert found.unit
        assert found.value >= 0
