"""The grammar of spoken dates: what each expression looks like and which day it means."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from copilot.date_days import (
    DAYS,
    ORDINALS,
    UNITS,
    after,
    count_number,
    day_and_month,
    day_of_month,
    in_month,
    make_day,
    monday,
    month_end,
    month_number,
    next_weekday,
    ordinal_number,
    week_end,
    weekday_number,
)

_WEEKDAY = (
    r"(?:mon(?:day)?|tues?(?:day)?|wed(?:s|nesday|nsday)?|thu(?:rs?|rsday)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?)"
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_ORD = (
    r"(?:\d{1,2}\s?(?:st|nd|rd|th)|(?:twenty|thirty)[\s-](?:first|second|third|fourth|fifth|sixth|seventh|eighth"
    r"|ninth)|thirtieth|" + "|".join(ORDINALS[:0:-1]) + r")"
)
_N = (
    r"(?:\d{1,3}|an?(?: couple(?: of)?)?|" + "|".join(UNITS[1:]) + r"|thirteen|fourteen|fifteen|twenty|thirty"
    r"|forty[\s-]eight|twenty[\s-]four|seventy[\s-]two)"
)
_PARTS = {"start": 1, "beginning": 1, "early": 10, "mid": 15, "middle": 15}
_YEAR = r"(?:,? (?:of )?(?P<year>(?:19|20)\d\d))?"
_BY = r"(?:by|before|until|till)"
_AFTER_ORD = (
    r"(?=\W*$|\s*[,.;:!?)—–-]|'?s\b|\s+(?:at|in|and|or|if|so|then|by|before|after|with|when|as|to|for|on|morning"
    r"|afternoon|evening|night|anyway|please|which|because|but|maybe|probably|that|i|i'll|you|we|she|he|they|it)\b)"
)
_HOLIDAYS = {
    "christmas eve": (12, 24),
    "christmas": (12, 25),
    "xmas": (12, 25),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
    "new year": (1, 1),
    "halloween": (10, 31),
}


@dataclass(frozen=True, slots=True)
class Context:
    """Today, and the date and kind of the expression before this one in the same words."""

    today: date
    before: date | None = None
    kind: str = ""


Resolver = Callable[["re.Match[str]", Context], date | None]


@dataclass(frozen=True, slots=True)
class Rule:
    kind: str
    pattern: re.Pattern[str]
    resolve: Resolver
    weak: bool = False
    """Counts only where no other rule found anything."""


def _period(m: re.Match[str], c: Context) -> date | None:
    """ "end of the month", "early next week", "mid November"."""
    part, period, today = m["part"], m["period"], c.today
    nxt = period.startswith(("next", "following"))
    if period.endswith("week"):
        at = {"start": 0, "beginning": 0, "early": 2, "mid": 2, "middle": 2}.get(part)
        return week_end(today, nxt) if at is None else monday(today) + timedelta(days=at + 7 * nxt)
    if period.endswith("year"):
        return date(today.year + nxt, 12, 31) if part in ("end", "late") else None
    if period.endswith("quarter"):
        last = (today.month - 1) // 3 * 3 + 3 + 3 * nxt
        return month_end(today.year, last) if part in ("end", "late") else None
    day = _PARTS.get(part)
    if period.endswith("month"):
        end = month_end(today.year, today.month + nxt)
        return end if day is None else end.replace(day=day)
    return in_month(today, month_number(period), day, m["year"])


def _plain_weekday(m: re.Match[str], c: Context) -> date:
    weekday = weekday_number(m["wd"])
    if c.kind == "next week" and c.before:
        return monday(c.before) + timedelta(days=weekday)
    return next_weekday(c.today, weekday)


def _the_weekday(m: re.Match[str], c: Context) -> date:
    """ "on the Monday": on or after the date just named, else the next one."""
    return next_weekday(c.before, weekday_number(m["wd"]), same=True) if c.before else _plain_weekday(m, c)


def _beside(m: re.Match[str], c: Context) -> date | None:
    """ "the Friday before", "the Monday after", "the following Tuesday": only beside a date."""
    if c.before is None:
        return None
    ahead = next_weekday(c.before, weekday_number(m["wd"]))
    if m["side"] != "before":
        return ahead
    return ahead - timedelta(days=7 if ahead - timedelta(days=7) < c.before else 14)


def _numeric(m: re.Match[str], c: Context) -> date | None:
    """ "13/12" and "12/13" are plain; "5/6" is not, and gives nothing."""
    one, two = int(m["one"]), int(m["two"])
    if one <= 12 and two <= 12 and one != two:
        return None
    day, month = (two, one) if two > 12 else (one, two)
    return day_and_month(c.today, day, month, m["year"]) if 1 <= month <= 12 else None


def _day_month(m: re.Match[str], c: Context) -> date | None:
    day = re.sub(r"\s", "", m["day"]) if m["day"][0].isdigit() else m["day"]
    return day_and_month(c.today, ordinal_number(day), month_number(m["month"]), m["year"])


def _month_alone(m: re.Match[str], c: Context) -> date | None:
    """ "in November" is its last day, "by November" its first."""
    day = None if m["prep"] in ("in", "during") else 1
    return in_month(c.today, month_number(m["month"]), day, m["year"])


def _weekday_and_day(m: re.Match[str], c: Context) -> date | None:
    return day_of_month(c.today, ordinal_number(m["day"]), weekday_number(m["wd"]))


def _weeks_on(m: re.Match[str], c: Context) -> date:
    """ "a week on Thursday", "Monday week", "two weeks from Friday"."""
    groups = m.groupdict()
    days = 14 if m["unit"].startswith("f") else 7
    return next_weekday(c.today, weekday_number(m["wd"])) + timedelta(
        days=count_number(groups.get("n") or "a") * days
    )


def _from_day(m: re.Match[str], c: Context) -> date:
    """ "a week today", "two days from tomorrow"."""
    base = c.today + timedelta(days=m["base"] == "tomorrow")
    return after(base, count_number(m.groupdict().get("n") or "a"), m["unit"])


def _in_time(m: re.Match[str], c: Context) -> date:
    unit, count = m["unit"], count_number(m["n"])
    if unit.startswith(("hour", "minute")):
        return c.today + timedelta(days=count // 24 if unit.startswith("hour") else 0)
    return after(c.today, count, unit)


def _next_week_day(m: re.Match[str], c: Context) -> date:
    return monday(c.today) + timedelta(days=7 + weekday_number(m["wd"]))


def _weekend(m: re.Match[str], c: Context) -> date:
    saturday = monday(c.today) + timedelta(days=5)
    if m["prep"]:
        return saturday - timedelta(days=1) if c.today < saturday else next_weekday(c.today, 4)
    return saturday + timedelta(days=8 if m["next"] else 1)


def _holiday(m: re.Match[str], c: Context) -> date | None:
    month, day = _HOLIDAYS[m["name"]]
    return day_and_month(c.today, day, month, None)


def _in_days(count: int) -> Resolver:
    return lambda m, c: c.today + timedelta(days=count)


def _nothing(m: re.Match[str], c: Context) -> date | None:
    return None


def _rule(kind: str, pattern: str, resolve: Resolver, weak: bool = False) -> Rule:
    return Rule(kind, re.compile(rf"\b(?:{pattern})(?!\w)"), resolve, weak)


_LONG = "(?:" + "|".join(DAYS) + ")"
_BLOCKS = (
    _rule(
        "week of",
        rf"(?P<nth>first|second|third|fourth|last|1st|2nd|3rd|4th) week (?:of |in )?(?P<month>{_MONTH})",
        lambda m, c: in_month(
            c.today, month_number(m["month"]), None if m["nth"] == "last" else 7 * ordinal_number(m["nth"])
        ),
    ),
    _rule(
        "block",
        rf"(?:every|each|most|last|past|since|other) (?:{_WEEKDAY}|week|month|night|year|morning|day)"
        rf"|{_LONG}s|{_LONG} last|yesterday|{_N} (?:minute|hour|day|week|month|year)s? ago",
        _nothing,
    ),
)
_DATES = (
    _rule(
        "date",
        r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})",
        lambda m, c: make_day(int(m["y"]), int(m["m"]), int(m["d"])),
    ),
    _rule(
        "date",
        r"(?P<one>\d{1,2})\.(?P<two>\d{1,2})\.(?P<year>20\d\d)",
        _numeric,
    ),
    _rule("date", r"(?!24/7)(?P<one>\d{1,2})/(?P<two>\d{1,2})(?:/(?P<year>\d{4}))?(?![/.]?\d|%)", _numeric),
    _rule(
        "period",
        r"(?P<part>start|beginning|early|mid|middle|end|late)[\s-]+(?:of |in )?(?:the |this )?"
        rf"(?P<period>(?:next |following )?(?:week|month|quarter|year)|{_MONTH}){_YEAR}",
        _period,
    ),
    _rule("period", r"(?P<period>month|year|quarter)[\s-](?P<part>end)", _period),
    _rule(
        "date",
        rf"(?P<day>{_ORD}|\d{{1,2}})[.,]? of (?P<month>{_MONTH})(?:,? (?P<year>20\d\d))?",
        # "the fifth may be" is no date; "5 May" is.
        _day_month,
    ),
    _rule(
        "date",
        rf"(?P<day>{_ORD}|\d{{1,2}}),? (?P<month>(?!may\b){_MONTH})(?:,? (?P<year>20\d\d))?",
        _day_month,
    ),
    _rule("date", r"(?P<day>\d{1,2}(?:st|nd|rd|th)?) (?P<month>may)(?:,? (?P<year>20\d\d))?", _day_month),
    _rule(
        "date",
        rf"(?P<month>{_MONTH}),? (?:the )?(?P<day>{_ORD}|\d{{1,2}}(?![:\d]))(?:,? (?P<year>20\d\d))?",
        _day_month,
    ),
    _rule("date", rf"(?P<wd>{_WEEKDAY}),? (?:the )?(?P<day>{_ORD}){_AFTER_ORD}", _weekday_and_day),
    _rule(
        "date",
        rf"(?:the|{_BY}|on) (?P<day>{_ORD}){_AFTER_ORD}",
        lambda m, c: day_of_month(c.today, ordinal_number(m["day"])),
    ),
    _rule("date", rf"(?P<name>{'|'.join(_HOLIDAYS)})", _holiday),
)
_WEEKDAYS = (
    _rule(
        "weekday",
        rf"(?:(?P<n>{_N}) )?(?P<unit>weeks?|fortnight) (?:on |from |this )(?P<wd>{_WEEKDAY})",
        _weeks_on,
    ),
    _rule("weekday", rf"(?P<wd>{_LONG}) (?P<unit>week|fortnight)", _weeks_on),
    _rule(
        "day",
        rf"(?:(?P<n>{_N}) )?(?P<unit>days?|weeks?|months?|fortnight) (?:from )?(?P<base>today|tomorrow|now)",
        _from_day,
    ),
    _rule("day", r"(?P<base>today|tomorrow) (?P<unit>week|fortnight)", _from_day),
    _rule(
        "weekday",
        rf"(?P<wd>{_LONG}) after next",
        lambda m, c: next_weekday(c.today, weekday_number(m["wd"])) + timedelta(days=7),
    ),
    _rule("period", r"week after next", lambda m, c: week_end(c.today, 2)),
    _rule("beside", rf"the (?P<wd>{_LONG}) (?P<side>before|after)(?=\W*$|[,.;])", _beside),
    _rule("beside", rf"(?P<side>the following) (?P<wd>{_LONG})", _beside),
    _rule("weekday", rf"next (?P<wd>{_WEEKDAY})", _next_week_day),
    _rule("weekday", rf"(?P<wd>{_LONG}),? (?:of )?next week", _next_week_day),
    _rule("weekday", rf"next week,? (?:on )?(?P<wd>{_LONG})", _next_week_day),
    _rule("the weekday", rf"the (?P<wd>{_LONG})", _the_weekday),
    _rule("weekday", rf"(?P<wd>{_LONG})", _plain_weekday),
    _rule("weekday", rf"(?:by|on|before|until|till|this|coming|for) (?P<wd>{_WEEKDAY})", _plain_weekday),
)
_SPANS = (
    _rule("day", r"(?:with)?in (?P<n>a) week or (?:so|two)", lambda m, c: c.today + timedelta(days=14)),
    _rule(
        "day",
        rf"(?:with)?in (?:about |around |roughly |like )?(?:{_N} (?:or|to) )?(?P<n>{_N})"
        r" (?P<unit>(?:working |business )?days?|weeks?|fortnights?|months?|hours?|minutes?)"
        r"(?:'s?)?(?: time)?",
        _in_time,
    ),
    _rule("weekend", rf"(?:(?P<prep>{_BY}) )?(?:(?P<next>next)|this|the) (?:coming )?weekend", _weekend),
    _rule("next week", r"next week", lambda m, c: week_end(c.today, 1)),
    _rule("this week", r"(?:this|later in the) week", lambda m, c: week_end(c.today)),
    _rule("month", r"next month", lambda m, c: month_end(c.today.year, c.today.month + 1)),
    _rule("month", r"this month", lambda m, c: month_end(c.today.year, c.today.month)),
    _rule("month", rf"(?P<prep>in|during|{_BY}) (?P<month>{_MONTH}){_YEAR}", _month_alone),
    _rule("day", r"(?:the )?day after tomorrow", _in_days(2)),
    _rule("day", r"tomorrow|tomorra|the morra|tmrw|overmorrow", _in_days(1)),
    _rule(
        "day", r"today|tonight|this (?:very )?(?:afternoon|arvo|evening|night|morning|lunchtime)", _in_days(0)
    ),
)
_CLOCK = r"(?:half (?:past )?|quarter (?:past|to) )?(?:\d{1,2}|" + "|".join(UNITS[1:]) + ")"
_TODAY = (
    _rule("weak", r"in the morning|first thing", _in_days(1), True),
    _rule(
        "weak",
        r"eod|cob|(?:end|close) of (?:the )?(?:day|play|business)|later on|right now|now-now"
        r"|straight ?away|right away"
        r"|(?:straight |right )?after (?:this(?= call|\W*$| and)|the call|we hang up)"
        r"|(?:soon as|when) we(?:'re| are)? (?:done|hang up|hang|finish|off)|before (?:bed|lunch|dinner)"
        r"|before (?:we hang up|i go to bed|(?:he|she|i) sleeps?)",
        _in_days(0),
        True,
    ),
    _rule(
        "weak",
        rf"(?:at|{_BY}) {_CLOCK}(?:[:.]\d\d)?(?: ?(?:am|pm|o'clock))?(?=\W*$|[,.;]| when| if| with| sharp)",
        _in_days(0),
        True,
    ),
)
ANAPHORS = frozenset(("the weekday", "beside"))
"""Kinds that lean on a date named before them."""
RULES = (*_BLOCKS, *_DATES, *_WEEKDAYS, *_SPANS, *_TODAY)
"""Earlier rules win where two overlap."""
