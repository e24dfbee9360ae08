"""Due dates as people say them: what they mean on the day of the call, and where they stand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.dates import find_due, resolve_due

WEDNESDAY = datetime(2026, 3, 11, 10, 0, tzinfo=timezone(timedelta(hours=2)))

CASES = {
    # days near at hand
    "today": "2026-03-11",
    "by the end of April 2027": "2027-04-30",
    "in March 2028": "2028-03-31",
    "by November 2026": "2026-11-01",
    "by mid-June, 2027": "2027-06-15",
    "tonight": "2026-03-11",
    "this afternoon": "2026-03-11",
    "later today": "2026-03-11",
    "tomorrow": "2026-03-12",
    "by tomorrow evening": "2026-03-12",
    "first thing tomorrow": "2026-03-12",
    "by the end of tomorrow": "2026-03-12",
    "the day after tomorrow": "2026-03-13",
    "in the morning": "2026-03-12",
    "by the end of the day": "2026-03-11",
    "EOD": "2026-03-11",
    "as soon as we hang up": "2026-03-11",
    "straight after this": "2026-03-11",
    "by five o'clock": "2026-03-11",
    # weekdays
    "by Friday": "2026-03-13",
    "on Friday": "2026-03-13",
    "Friday afternoon": "2026-03-13",
    "this Friday": "2026-03-13",
    "on Wednesday": "2026-03-18",
    "before Monday": "2026-03-16",
    "by Thurs": "2026-03-12",
    "until Sat": "2026-03-14",
    "next Tuesday": "2026-03-17",
    "next Friday": "2026-03-20",
    "next Wednesday": "2026-03-18",
    "Tuesday next week": "2026-03-17",
    "next week, on Thursday": "2026-03-19",
    "Friday of next week": "2026-03-20",
    "a week on Thursday": "2026-03-19",
    "a week from Friday": "2026-03-20",
    "Monday week": "2026-03-23",
    "two weeks on Monday": "2026-03-30",
    "a fortnight on Friday": "2026-03-27",
    "Friday after next": "2026-03-20",
    "close of business Friday": "2026-03-13",
    "Monday or Tuesday": "2026-03-17",
    "by Thursday, no, sorry, by Friday noon": "2026-03-13",
    # weeks, weekends, months, years
    "this week": "2026-03-13",
    "by the end of the week": "2026-03-13",
    "end of this week": "2026-03-13",
    "next week": "2026-03-20",
    "by the end of next week": "2026-03-20",
    "early next week": "2026-03-18",
    "at the start of next week": "2026-03-16",
    "the week after next": "2026-03-27",
    "this weekend": "2026-03-15",
    "over the weekend": "2026-03-15",
    "by the weekend": "2026-03-13",
    "before the weekend": "2026-03-13",
    "next weekend": "2026-03-22",
    "by the end of the month": "2026-03-31",
    "month end": "2026-03-31",
    "end of next month": "2026-04-30",
    "this month": "2026-03-31",
    "by the end of November": "2026-11-30",
    "end of Jan": "2027-01-31",
    "in April": "2026-04-30",
    "by June": "2026-06-01",
    "mid-April": "2026-04-15",
    "the first week of May": "2026-05-07",
    "the end of the quarter": "2026-03-31",
    "by the end of the year": "2026-12-31",
    "before Christmas": "2026-12-25",
    # spans
    "in ten days": "2026-03-21",
    "in two weeks": "2026-03-25",
    "in two weeks' time": "2026-03-25",
    "within a week": "2026-03-18",
    "in a couple of weeks": "2026-03-25",
    "in a fortnight": "2026-03-25",
    "in a week or two": "2026-03-25",
    "in a month": "2026-04-11",
    "in 3 working days": "2026-03-16",
    "a week today": "2026-03-18",
    "a week from tomorrow": "2026-03-19",
    "tomorrow week": "2026-03-19",
    "two weeks from now": "2026-03-25",
    "in forty-eight hours": "2026-03-13",
    "in ten minutes": "2026-03-11",
    # dates
    "the 12th": "2026-03-12",
    "by the 11th": "2026-03-11",
    "the 10th": "2026-04-10",
    "the nineteenth": "2026-03-19",
    "by the twenty-first": "2026-03-21",
    "on the twenty first": "2026-03-21",
    "the thirty-first": "2026-03-31",
    "by the first": "2026-04-01",
    "before the 14th": "2026-03-14",
    "12 December": "2026-12-12",
    "December 12th": "2026-12-12",
    "the twelfth of December": "2026-12-12",
    "first of December": "2026-12-01",
    "by the fourteenth. Of April": "2026-04-14",
    "10 March": "2027-03-10",
    "March 11": "2026-03-11",
    "5 May": "2026-05-05",
    "12 December 2027": "2027-12-12",
    "Friday the thirteenth": "2026-03-13",
    "Thursday the second": "2026-04-02",
    "Wednesday, the eighteenth": "2026-03-18",
    "on the fourteenth. The Saturday.": "2026-03-14",
    "send it the twentieth and I answer on the Monday": "2026-03-23",
    "the twentieth, or the Wednesday before": "2026-03-18",
    "2026-04-02": "2026-04-02",
    "28/4": "2026-04-28",
    "4/28": "2026-04-28",
    "before the panel on the 20th": "2026-03-20",
}
NOTHING = (
    "soon",
    "at some point",
    "when I can",
    "as soon as I can",
    "in a few weeks",
    "before the panel",
    "after the review",
    "by our next one",
    "on Fridays",
    "every Monday",
    "last Friday",
    "in January 2024",
    "by the end of May 1999",
    "yesterday",
    "two weeks ago",
    "the first draft",
    "the second time",
    "5/6",
    "3.5",
    "24/7",
    "the 32nd",
    "2026-02-30",
    "",
    "the fifth may be too late",
)


@pytest.mark.parametrize("said", CASES)
def test_what_is_said_means_that_day(said: str) -> None:
    assert resolve_due(said, WEDNESDAY) == date.fromisoformat(CASES[said])


@pytest.mark.parametrize("said", CASES)
def test_case_and_curly_quotes_make_no_difference(said: str) -> None:
    assert resolve_due(said.upper().replace("'", "’"), WEDNESDAY) == date.fromisoformat(CASES[said])


@pytest.mark.parametrize("said", NOTHING)
def test_vague_past_recurring_and_events_give_nothing(said: str) -> None:
    assert resolve_due(said, WEDNESDAY) is None


def test_without_a_day_of_the_call_nothing_is_known() -> None:
    assert resolve_due("tomorrow", None) is None
    assert resolve_due(None, WEDNESDAY) is None


def test_tomorrow_is_counted_in_the_calls_own_zone() -> None:
    late = datetime(2026, 3, 11, 23, 30, tzinfo=timezone(timedelta(hours=-6)))
    assert late.astimezone(UTC).date() == date(2026, 3, 12)
    assert resolve_due("tomorrow", late) == date(2026, 3, 12)


@pytest.mark.parametrize(
    ("today", "said", "due"),
    [
        ("2026-03-13", "by Friday", "2026-03-20"),
        ("2026-03-14", "this weekend", "2026-03-15"),
        ("2026-03-14", "by the end of the week", "2026-03-15"),
        ("2026-03-15", "next Monday", "2026-03-16"),
        ("2026-12-30", "by the fifth", "2027-01-05"),
        ("2026-12-30", "next month", "2027-01-31"),
        ("2028-02-10", "by the end of the month", "2028-02-29"),
        ("2026-01-31", "in a month", "2026-02-28"),
        ("2026-02-11", "the thirtieth", "2026-03-30"),
        ("2026-03-13", "in 1 working day", "2026-03-16"),
        ("2027-01-10", "February 29th", "2028-02-29"),
    ],
)
def test_edges_of_weeks_months_and_years(today: str, said: str, due: str) -> None:
    assert resolve_due(said, datetime.fromisoformat(f"{today}T09:00:00+00:00")) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("I'll send you the rubric by Friday.", "by Friday"),
        ("Tomorrow morning I'm ringing her.", "Tomorrow morning"),
        ("I can have it with you by Thursday, no, by the end of next week.", "by the end of next week"),
        ("I'll do the first draft on Monday night, promise.", "on Monday night"),
        ("Give me until the twelfth of May and it's yours.", "until the twelfth of May"),
        ("I'll see to it in two weeks' time.", "in two weeks' time"),
        (
            "You send it the fourteenth and I'll answer on the Monday.",
            "the fourteenth and I'll answer on the Monday",
        ),
        ("I'll forward it when we hang up.", "when we hang up"),
        ("I saw her last Friday and I'll write to her.", None),
        ("I'll have a think at some point.", None),
        ("I'll bring the first one and the second one.", None),
        ("I'll ask before the panel.", None),
    ],
)
def test_find_due_gives_the_words_as_they_stand(sentence: str, due: str | None) -> None:
    assert find_due(sentence) == due


@pytest.mark.parametrize(
    "said", [s for s in CASES if s != "send it the twentieth and I answer on the Monday"]
)
def test_what_is_found_in_a_sentence_means_what_it_means_alone(said: str) -> None:
    found = find_due(f"I will do that {said}")
    assert found is not None
    assert resolve_due(found, WEDNESDAY) == date.fromisoformat(CASES[said])


@given(st.text(max_size=80), st.datetimes(timezones=st.just(UTC)))
def test_never_raises_and_finds_only_what_stands_there(text: str, now: datetime) -> None:
    resolve_due(text, now)
    found = find_due(text)
    assert found is None or found in text


@given(
    st.lists(st.sampled_from([*CASES, *NOTHING, "and", "not", "of", "May", "1", "half"]), max_size=5),
    st.datetimes(timezones=st.just(UTC)),
)
def test_any_mixture_of_phrases_is_safe(parts: list[str], now: datetime) -> None:
    text = " ".join(parts)
    due = resolve_due(text, now)
    assert due is None or isinstance(due, date)
    found = find_due(text)
    assert found is None or found in text
