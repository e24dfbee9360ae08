"""Dates as people say them in English, resolved against the day of the call.

Policy, in the session's own local date:
- A weekday is the next one after today ("by Friday" said on a Friday is a week away); "next Friday"
  is the Friday of the next calendar week, Monday to Sunday; "Friday week" is seven days after Friday.
- The end of a week, "this week" and "next week" mean its Friday (Sunday when said at a weekend); a
  weekend is its Sunday, "by the weekend" and "before the weekend" the Friday before.
- A month or its end is its last day. A day without month or year is the next such day, today
  included; with a weekday beside it, the next day on which both agree.
- "before the 14th" gives the 14th: the limit that was named, as "by" does.
- Of several dates the last counts, as in "Thursday, no, by Friday"; "the Monday" after a date is
  the Monday on or after that date.
- Times of today, "tonight" and "when we hang up" are today; "in the morning" alone is tomorrow.
- Vague words ("soon"), recurring days ("on Fridays"), the past ("last Friday") and events ("before
  the panel") give nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from copilot.date_rules import ANAPHORS, RULES, Context, Rule

_LEAD = re.compile(
    r"(?:\b(?:by|before|on|until|till|for|from|at|in|over(?= the)|the|no later than)\s+)+$", re.I
)
_TAIL = re.compile(r"\s+(?:morning|afternoon|evening|night|noon|lunchtime|arvo|at the latest)\b", re.I)


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    stop: int
    rule: Rule
    match: re.Match[str]


def resolve_due(said: str | None, started_at: datetime | None) -> date | None:
    """The date that words mean on the day of the call (`started_at` in its own zone), or None.

    "by Friday" -> the next Friday. None for vague words, for events, and where no day is known.
    """
    if not said or started_at is None:
        return None
    try:
        return _last(_scan(said), started_at.date())
    except (OverflowError, ValueError):  # past the end of the calendar
        return None


def find_due(sentence: str) -> str | None:
    """The words in a sentence that say until when, as they stand there; None where there are none."""
    some_day = date(2025, 1, 15)
    found = [f for f in _scan(sentence) if _last([f], some_day) or f.rule.kind in ANAPHORS]
    if not found or _last(found, some_day) is None:
        return None
    last = found[-1]
    start = found[0].start if last.rule.kind in ANAPHORS else last.start
    lead = _LEAD.search(sentence[:start])
    tail = _TAIL.match(sentence[last.stop :])
    return sentence[lead.start() if lead else start : last.stop + (tail.end() if tail else 0)]


def _scan(text: str) -> list[_Found]:
    """Date expressions in order, earlier rules first where they overlap."""
    plain = "".join(c.lower() if len(c.lower()) == 1 else c for c in text).replace("’", "'")
    taken: list[_Found] = []
    for rule in RULES:
        for m in rule.pattern.finditer(plain):
            if all(m.end() <= f.start or m.start() >= f.stop for f in taken):
                taken.append(_Found(m.start(), m.end(), rule, m))
    told = [f for f in taken if f.rule.kind != "block"]
    strong = [f for f in told if not f.rule.weak]
    return sorted(strong or told, key=lambda f: f.start)


def _last(found: list[_Found], today: date) -> date | None:
    context = Context(today)
    for f in found:
        day = f.rule.resolve(f.match, context)
        if day is not None:
            context = Context(today, day, f.rule.kind)
    return context.before
