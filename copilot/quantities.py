"""Amounts, durations and order read out of one piece of advice: what small models overlook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBER_WORDS: dict[str, float] = {
    **{w: float(i) for i, w in enumerate(_SMALL)},
    **{w: 10.0 * (i + 2) for i, w in enumerate(_TENS)},
    "hundred": 100.0,
    "thousand": 1000.0,
    "half": 0.5,
    "once": 1.0,
    "twice": 2.0,
    "dozen": 12.0,
    "couple": 2.0,
    "fortnight": 14.0,
    "a": 1.0,
    "an": 1.0,
}
_HOURS = {
    "second": 1 / 3600,
    "minute": 1 / 60,
    "hour": 1.0,
    "day": 24.0,
    "night": 24.0,
    "week": 168.0,
    "fortnight": 336.0,
}
_HOURS |= {"month": 730.0, "quarter": 2190.0, "year": 8760.0, "weekend": 48.0}
_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|%|[A-Za-z]+(?:['’][a-z]+)?|[.;:!?]")
_LEAST = frozenset("least minimum more over beyond above".split())
_MOST = frozenset("most maximum under below within up only cap limit fewer less max".split())
_NO_UNIT = frozenset(
    "and but for from with now then before after until because since that this your the there here not "
    "january february march april may june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday above below more less first again later".split()
)
_JOINS = frozenset("and or but of to in on with".split())
_EVERY = frozenset("a an per each every".split())


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with what it counts: `unit` is "hour" for durations, else a singular noun.

    `per` is the rate's base ("week" in "three applications a week") or "". `bound` is -1 for "at
    most", 1 for "at least", else 0. `said` is the words, for people.
    """

    value: float
    unit: str
    per: str
    bound: int
    said: str


def singular(noun: str) -> str:
    """A noun without its plural ending; good enough to compare units."""
    noun = noun.lower()
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") and len(noun) > 3 else noun


def _number(tokens: list[str], at: int) -> tuple[float, int] | None:
    """The number that starts at token `at` and how many tokens it takes; "a" alone is none."""
    word = tokens[at].lower()
    if word[0].isdigit():
        return float(word.replace(",", "")), 1
    if word in {"a", "an"}:
        follows = tokens[at + 1].lower() if at + 1 < len(tokens) else ""
        if follows in {"hundred", "thousand", "dozen", "couple", "fortnight"}:
            return NUMBER_WORDS[follows], 1 if follows == "fortnight" else 2
        return (1.0, 1) if singular(follows) in _HOURS else None
    if word not in NUMBER_WORDS or word in {"fortnight"}:
        return None
    value, used = NUMBER_WORDS[word], 1
    while at + used < len(tokens) and (more := NUMBER_WORDS.get(tokens[at + used].lower())) is not None:
        if tokens[at + used].lower() in {"a", "an"}:
            break
        value = value * more if more in (100.0, 1000.0) else value + more
        used += 1
    return value, used


def amounts(text: str) -> tuple[Amount, ...]:
    """All amounts of a text, in order; years and ordinals are no amounts."""
    return tuple(_amounts(_TOKEN.findall(text)))


def _amounts(tokens: list[str]) -> Iterator[Amount]:
    at = 0
    while at < len(tokens):
        found = _number(tokens, at)
        if found is None or (tokens[at].isdigit() and 1900 <= found[0] <= 2100):
            at += 1
            continue
        value, used = found
        before = {t.lower() for t in tokens[max(0, at - 3) : at]}
        bound = 1 if before & _LEAST else -1 if before & _MOST else 0
        end, unit, per = _unit(tokens, at + used)
        if unit in _HOURS:
            value, unit = value * _HOURS[unit], "hour"
        if unit:
            yield Amount(value, unit, per, bound, " ".join(tokens[at:end]))
        at = max(end, at + used)


def _unit(tokens: list[str], at: int) -> tuple[int, str, str]:
    """Where the amount ends, its unit and its rate: the first plural or time word within three."""
    window = [t.lower() for t in tokens[at : at + 3]]
    unit, end = "", at
    if tokens[at - 1].lower() in {"once", "twice"}:
        window = []
    for i, word in enumerate(window):
        if not (word.isalpha() or word == "%") or word in _JOINS | _EVERY:
            break
        if word == "%" or singular(word) != word or word in _HOURS or word in {"percent", "times"}:
            unit, end = "percent" if word in {"%", "percent"} else singular(word), at + i + 1
            break
    if not unit and window and _counts(window[0], tokens[at - 1]):
        unit, end = window[0], at + 1
    rate = [t.lower() for t in tokens[end : end + 2]]
    if tokens[at - 1].lower() == "half" and rate[1:] and singular(rate[1]) in _HOURS:
        return end + 2, singular(rate[1]), ""
    if len(rate) == 2 and rate[0] in _EVERY and singular(rate[1]) in _HOURS:
        return end + 2, unit or "time", singular(rate[1])
    return end, unit, ""


def _counts(word: str, number: str) -> bool:
    """May a word that is no plural be a unit (a currency, say)? Not after "one": "one another"."""
    return word.isalpha() and len(word) > 2 and number.lower() != "one" and word not in _NO_UNIT | _EVERY


def clash(one: tuple[Amount, ...], other: tuple[Amount, ...]) -> tuple[Amount, Amount] | None:
    """The two amounts of the same thing that cannot both hold and differ most; None where all fit."""
    worst: tuple[float, Amount, Amount] | None = None
    for x in one:
        for y in other:
            if x.unit != y.unit or (x.per != y.per and x.per and y.per):
                continue
            low, high = sorted((x, y), key=lambda a: a.value)
            if (
                low.value == high.value
                or (low.bound > 0 and high.bound >= 0)
                or (high.bound < 0 and low.bound <= 0)
            ):
                continue
            ratio = high.value / max(low.value, 1e-6)
            if worst is None or ratio > worst[0]:
                worst = (ratio, x, y)
    return worst[1:] if worst else None
