"""The arithmetic under spoken dates: words to numbers, and days counted on a calendar."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
MONTHS = (  # counted from 1; calendar.month_name would follow the process locale
    "zero january february march april may june july august september october november december"
).split()
UNITS = "zero one two three four five six seven eight nine ten eleven twelve".split()
ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()

COUNTS = {w: i for i, w in enumerate(UNITS)} | {
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30, "twenty four": 24,
    "forty eight": 48, "seventy two": 72, "a": 1, "an": 1, "a couple": 2, "a couple of": 2,
}  # fmt: skip


def weekday_number(name: str) -> int:
    """0 for "mon" or "monday" to 6 for "sunday"."""
    return next(i for i, day in enumerate(DAYS) if day.startswith(name[:3]))


def month_number(name: str) -> int:
    """1 for "jan" to 12 for "december"."""
    return next(i for i, month in enumerate(MONTHS) if i and month.startswith(name[:3]))


def ordinal_number(word: str) -> int:
    """21 for "twenty-first", "21st" or "21"."""
    digits = re.match(r"\d+", word)
    if digits:
        return int(digits[0])
    parts = re.split(r"[\s-]", word)
    if len(parts) == 2:
        return {"twenty": 20, "thirty": 30}[parts[0]] + ORDINALS.index(parts[1])
    return 30 if word == "thirtieth" else ORDINALS.index(word)


def count_number(word: str) -> int:
    """2 for "two", "2" or "a couple of"."""
    word = " ".join(re.split(r"[\s-]+", word.strip()))
    return int(word) if word.isdigit() else COUNTS[word]


def monday(day: date) -> date:
    """The Monday of the week that `day` is in."""
    return day - timedelta(days=day.weekday())


def next_weekday(after: date, weekday: int, *, same: bool = False) -> date:
    """The next such weekday after a day; `same`: that day itself counts."""
    ahead = (weekday - after.weekday()) % 7
    return after + timedelta(days=ahead if ahead or same else 7)


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_end(year: int, month: int) -> date:
    """The last day of a month; months above 12 run on into the years after."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def day_of_month(today: date, day: int, weekday: int | None = None) -> date | None:
    """The next such day; with a weekday, the next on which both agree within half a year."""
    months = (month_end(today.year, today.month + ahead) for ahead in range(7))
    days = [d for end in months if (d := make_day(end.year, end.month, day)) and d >= today]
    agree = [d for d in days if weekday is None or d.weekday() == weekday]
    return next(iter(agree or days), None)


def day_and_month(today: date, day: int, month: int, year: str | None) -> date | None:
    """That day of that month, in `year` or the next time it comes."""
    if year:
        return make_day(int(year), month, day)
    days = (make_day(y, month, day) for y in range(today.year, today.year + 5))
    return next((d for d in days if d and d >= today), None)


def in_month(today: date, month: int, day: int | None, said: str | None = None) -> date | None:
    """That month's `day` (None = its last) in the year `said`, or the next time it comes; None if past."""
    if said:
        at = month_end(int(said), month) if day is None else date(int(said), month, day)
        return at if at >= today else None
    for year in (today.year, today.year + 1):
        at = month_end(year, month) if day is None else date(year, month, day)
        if at >= today:
            return at
    raise AssertionError("next year's is always ahead")


def week_end(today: date, weeks: int = 0) -> date:
    """Friday of this week or one `weeks` on; at a weekend, this week ends on its Sunday."""
    if not weeks and today.weekday() > 4:
        return monday(today) + timedelta(days=6)
    return monday(today) + timedelta(days=4 + 7 * weeks)


def after(today: date, count: int, unit: str) -> date:
    """So many days, working days, weeks, fortnights or months after a day."""
    if unit.startswith("month"):
        end = month_end(today.year, today.month + count)
        return end.replace(day=min(today.day, end.day))
    if unit.startswith(("working", "business")):
        for _ in range(count):
            today += timedelta(days=3 if today.weekday() == 4 else 2 if today.weekday() == 5 else 1)
        return today
    return today + timedelta(days=count * {"d": 1, "w": 7, "f": 14}.get(unit[0], 0))
