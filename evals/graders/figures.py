"""Was a figure spoken? "4.80" is, where somebody says "four eighty", and "1,200" where "twelve hundred"."""

from __future__ import annotations

import re

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_DAYS = {
    1: "first",
    2: "second",
    3: "third",
    5: "fifth",
    8: "eighth",
    9: "ninth",
    12: "twelfth",
    20: "twentieth",
}


def was_said(figure: str, said: str) -> bool:
    """`said` is one line in lower case."""
    if re.search(rf"(?<!\d){re.escape(figure)}(?!\d)", said):
        return True
    whole = int(figure.replace(",", "")) if re.fullmatch(r"\d{1,3}(,\d{3})+|\d+", figure) else None
    if whole is not None:
        return any(_has(words, said) for words in _spelled(whole))
    parts = [int(part) for part in re.split(r"[.,]", figure)]
    return all(_has(_below_hundred(part), said) or re.search(rf"\b{part}\b", said) for part in parts)


def _has(words: str, said: str) -> bool:
    return bool(words) and words in said.replace("-", " ")


def _spelled(value: int) -> list[str]:
    """Ways in which a whole number is said, as far as calls have them."""
    ways = [_below_hundred(value), _DAYS.get(value, ""), _DAYS.get(value, "") or f"{_below_hundred(value)}th"]
    if value % 1000 == 0:
        ways += [f"{_below_hundred(value // 1000)} thousand", _below_hundred(value // 1000)]
    if value % 100 == 0:
        ways += [f"{_below_hundred(value // 100)} hundred", "hundred" if value == 100 else ""]
    if 100 < value < 1000 and value % 100:
        ways.append(f"{_below_hundred(value // 100)} hundred and {_below_hundred(value % 100)}")
    return [way for way in ways if way.strip() not in {"", "th", "hundred and", "thousand"}]


def _below_hundred(value: int) -> str:
    if value < 20:
        return _SMALL[value]
    tens, ones = divmod(value, 10)
    if value >= 100:
        return ""
    return _TENS[tens - 2] + (f" {_SMALL[ones]}" if ones else "")
