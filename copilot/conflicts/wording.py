"""Says when each side of a disagreement would be right and what would settle it, in the pieces' own words."""

from __future__ import annotations

import re
from dataclasses import replace

from copilot.domain import AdvicePair, AdviceSide, ConflictKind, PairVerdict
from copilot.hedges import gist, reason
from copilot.quantities import Amount, amounts, clash

_IF = re.compile(
    r"\b((?!if I were)(?:if|unless|once|when|as long as|until|after|before)\s[^,.;]{4,90})", re.I
)
_OPENING_IF = re.compile(r"^(?:if|unless|once|when|as long as)\s[^,]{4,90},\s*", re.I)
_CLOSING_IF = re.compile(r",?\s(?:if|unless|once|as long as)\s[^,]{4,90}[.!]?$", re.I)
_AFTER_REASON = re.compile(r"(?:,?\s(?:because|so that)|,\ssince)\s.*$", re.I | re.S)
_STATEMENT = frozenset(
    "the that this these those they there it its i i'd i'm you your he she we a an no my their "
    "if when once one two three four five six seven eight nine ten".split()
)
_WHEN = re.compile(
    r"\b((?:by|before|after|until|from|on|in|at|within|during)\s"
    r"(?:the\s|your\s|this\s|next\s|early\s|late\s|mid[- ])?"
    r"(?:\d[\w:]*\s?\w*|(?:first|second|third|last|end|start|middle|beginning)\b[\w ]{0,24}?|"
    r"jan\w*|feb\w*|mar(?:ch)?|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|"
    r"mon\w*day|tues\w*|wednes\w*|thurs\w*|fri\w*|satur\w*|sun\w*|week of \d+ \w+|week\w*|month\w*|"
    r"quarter|year\w*|spring|summer|autumn|winter|christmas|easter)|now|today|tomorrow|this week|next week|"
    r"this month|next month|right away|immediately|straight away|first|last|later)\b",
    re.I,
)


def worded(pair: AdvicePair, verdict: PairVerdict) -> PairVerdict:
    """The verdict with `when_a`, `when_b` and `settle` filled where the engine left them empty."""
    a, b = _gist(pair.a), _gist(pair.b)
    kind = verdict.kind or ConflictKind.DIRECT
    values = clash(amounts(pair.a.text), amounts(pair.b.text))
    return replace(
        verdict,
        when_a=verdict.when_a or _right(pair.a, a, b, kind, values[0] if values else None),
        when_b=verdict.when_b or _right(pair.b, b, a, kind, values[1] if values else None),
        settle=verdict.settle or _question(pair, a, b, kind, values),
    )


def _gist(side: AdviceSide) -> str:
    """What to do, without a condition at its head or end: that one is told apart."""
    for text in (_CLOSING_IF.sub("", _OPENING_IF.sub("", side.text)), side.text):
        if len(text.split()) >= 3:
            return gist(text)
    return gist(side.text)


def _condition(side: AdviceSide) -> str:
    if side.condition:
        said = side.condition.strip().rstrip(".")
        return said[:1].lower() + said[1:]
    found = _IF.search(_AFTER_REASON.sub("", side.text))
    return found[1].strip() if found else ""


def _right(side: AdviceSide, own: str, other: str, kind: ConflictKind, value: Amount | None) -> str:
    """One sentence: what would have to be so for this side to be the one to follow."""
    condition, why = _condition(side), reason(side.text)
    if condition and re.match(r"(?:if|unless|once|when|as long as)\b", condition, re.I):
        return f"Right {condition[:1].lower() + condition[1:]}."
    if condition and side.condition:
        return f"Right if this holds: {condition}."
    if why:
        return f"Right if it is true for you that {why}."
    if kind is ConflictKind.QUANTITATIVE and value:
        return f"Right if “{value.said}” is what your situation asks for and allows."
    if kind is ConflictKind.TEMPORAL and (time := _time(side.text)):
        return f"Right if “{time}” is early enough for the rest of your plan, and not too early: {own}."
    if kind is ConflictKind.PRIORITY:
        return f"Right if this cannot wait and the other can: {own}."
    if _is_order(own) and _is_order(other):
        return f"Right if it serves your goal better {_infinitive(own)} than {_infinitive(other)}."
    return f"Right if you gain more from this: {own} – than from this: {other}."


def _time(text: str) -> str:
    found = _WHEN.search(text)
    return found[1].strip() if found else ""


def _question(
    pair: AdvicePair, a: str, b: str, kind: ConflictKind, values: tuple[Amount, Amount] | None
) -> str:
    """A question to put to both mentors that would settle it."""
    if kind is ConflictKind.QUANTITATIVE and values:
        one, other = values[0].said, values[1].said
        return (
            f"What speaks for “{one}” ({a}) and what for “{other}” ({b}) in my case, "
            "and what result would tell me that it is wrong?"
        )
    if kind is ConflictKind.TEMPORAL:
        times = [t for t in (_time(pair.a.text), _time(pair.b.text)) if t]
        clock = f" One of you said “{times[0]}”, the other “{times[1]}”." if len(times) == 2 else ""
        return f"What has to come first: {a}, or {b}?{clock} What would I lose by waiting?"
    if kind is ConflictKind.PRIORITY:
        return (
            f"If I can do only one of these in the next weeks, {a} or {b}, which one, "
            "and what happens to the other?"
        )
    conditions = [c for c in (_condition(pair.a), _condition(pair.b)) if c]
    if kind is ConflictKind.CONDITIONAL and conditions:
        return f"Does “{conditions[0]}” describe me today? If so, which holds: {a}, or {b}?"
    return f"One mentor says: {a}. Another says: {b}. What would you need to know about me to pick one?"


def _is_order(advice: str) -> bool:
    """Does it start like an imperative, so that "to …" can stand before it?"""
    first = advice.split()[0]
    stated = first in _STATEMENT or first.endswith(("'ll", "'s", "'re", "'ve", ","))
    return first.islower() and not stated


def _infinitive(advice: str) -> str:
    """ "to ask", "never to ask"."""
    found = re.match(r"(don't|do not|never|always)\s+(.*)", advice, re.S)
    if not found:
        return f"to {advice}"
    return f"{found[1] if found[1] in {'never', 'always'} else 'not'} to {found[2]}"
