"""Numbers, dates, names and contacts in a short text: what a rewrite must keep and may not invent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from copilot.domain.language import guess_language
from copilot.text import fold

FactKind = Literal["number", "date", "name", "acronym", "contact"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact at `text[start:end]`; facts with equal `key` say the same."""

    kind: FactKind
    key: str
    start: int
    end: int


_MONTHS: dict[str, str] = {
    "jan": r"jan(?:uary|uar|eiro)?|enero|janvier|jänner",
    "feb": r"feb(?:ruary|ruar|rero)?|fevereiro|février",
    "mar": r"march|märz|marzo|mars|março",
    "apr": r"apr(?:il)?|abril|avril",
    "may": r"mayo|mai(?:o)?",
    "jun": r"june?|juni|junio|juin|junho",
    "jul": r"july?|juli|julio|juillet|julho",
    "aug": r"aug(?:ust)?|agosto|août",
    "sep": r"sept?(?:ember)?|septiembre|septembre|setembro",
    "oct": r"oct(?:ober)?|oktober|octubre|octobre|outubro",
    "nov": r"nov(?:ember)?|noviembre|novembre|novembro",
    "dec": r"dec(?:ember)?|dezember|diciembre|décembre|dezembro",
}
# Words that are also months only count as months where a date word stands beside them.
_DOUBTFUL = re.compile(
    r"(?:\b(?:in|by|until|till|before|of|early|late|mid|since|last|next|this|end)\s+|\d(?:st|nd|rd|th)?\s+)"
    r"(?P<a>may|march|mar|sun|sat)\b|\b(?P<b>may|march|mar)\s+\d"
)
_DAYS = r"mon(?:days?)?|tue(?:s(?:days?)?)?|wed(?:nesdays?)?|thu(?:rs(?:days?)?)?|fri(?:days?)?"
r"|saturdays?|sundays?"
_PERIOD = r"weeks?|months?|quarters?|terms?|semesters?|years?|spring|summer|autumn|fall|winter"
_WHEN = re.compile(
    rf"\b(?P<day>{_DAYS})\b|\b(?P<rel>tomorrow|tonight|(?:this|next|last)\s+(?:{_PERIOD})"
    rf"|end\s+of\s+(?:the\s+)?(?:{_PERIOD})|christmas|easter|eoy)\b"
)
_MONTH = re.compile("|".join(rf"\b(?P<{key}>{forms})\b" for key, forms in _MONTHS.items()))
_NUMBER = re.compile(r"(?<![\w.])[$£€]?\d+(?:[.,:/-]\d+)*(?:[a-zA-Z%€£]{1,3}\b|%|€|£)?|(?<=[A-Za-z])\d+\b")
_SPELLED = {
    w: str(n)
    for n, w in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split(),
        start=2,
    )
} | {
    "twenty": "20",
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "sixty": "60",
    "ninety": "90",
    "hundred": "100",
}
_SPELLED_RE = re.compile(rf"\b(?:{'|'.join(_SPELLED)})\b")
CONTACT = re.compile(
    r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w/])@\w{3,}"
    r"|(?<![\w.])\+?\d[\d ()/-]{7,}\d(?!\w)"
    r"|\b[\w-]+\.(?:com|org|net|io|de|co|info|biz|ly|me|xyz|dev|app)\b(?:/\S*)?",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"(?<![\w’'])[^\W\d_a-z][\w’'-]*")
_ACRONYM = re.compile(r"\b[A-Z][A-Z0-9]{1,4}\b")
_START = re.compile(r"(?:^|[.!?:;\n…]|--|[-–—•]\s|[\"“”„‘«(\[¿¡])\s*$")
_NOT_NAMES = frozenset(
    """i i'm i'd i'll i've im english german french spanish portuguese monday tuesday wednesday thursday
    friday saturday sunday january february march april may june july august september october november
    december sie ihr ihre ihren ihrem ihrer ihnen ja nein du dir dein deine""".split()
)
_TITLES = re.compile(r"\b(?:herr|frau|mr|mrs|ms|dr|prof)\.?\s+$", re.IGNORECASE)


def facts(text: str) -> tuple[Fact, ...]:
    """Every fact in order of place. A spelled number equals its digits ("three" and "3")."""
    return tuple(
        sorted((*_contacts(text), *_numbers(text), *_dates(text), *_names(text)), key=lambda f: f.start)
    )


def lost(original: str, rewrite: str) -> tuple[Fact, ...]:
    """Facts of the original (contacts aside) that the rewrite does not have.

    Acronyms count here and not in `invented`: a goal about UX stays one, while "your CV" adds no fact.
    """
    kept = {(f.kind, f.key) for f in facts(rewrite)}
    spoken = fold(rewrite)
    return tuple(
        f
        for f in facts(original)
        if f.kind != "contact"
        and (f.kind, f.key) not in kept
        and not (f.kind in ("name", "acronym") and f.key in spoken)
    )


def invented(rewrite: str, *sources: str) -> tuple[Fact, ...]:
    """Facts of the rewrite, outside [brackets], that no source has."""
    whole = "\n".join(sources)
    known = {(f.kind, f.key) for f in facts(whole)}
    spoken = fold(whole)
    gaps = [m.span() for m in re.finditer(r"\[[^\[\]]*\]", rewrite)]
    return tuple(
        f
        for f in facts(rewrite)
        if f.kind != "acronym"
        and (f.kind, f.key) not in known
        and not (f.kind in ("name", "contact") and f.key in spoken)
        and not (f.kind != "contact" and any(a <= f.start < b for a, b in gaps))
    )


def _contacts(text: str) -> Iterator[Fact]:
    for m in CONTACT.finditer(text):
        yield Fact("contact", fold(m[0].rstrip(".,;)")), m.start(), m.end())


def _numbers(text: str) -> Iterator[Fact]:
    for m in _NUMBER.finditer(text):
        key = re.sub(r"[^\d.,:/-]", "", m[0]).rstrip(".,")
        yield Fact("number", key.replace(",", ""), m.start(), m.end())
    for m in _SPELLED_RE.finditer(text.lower()):
        yield Fact("number", _SPELLED[m[0]], m.start(), m.end())


def _dates(text: str) -> Iterator[Fact]:
    low = text.lower()
    if len(low) != len(text):  # a few letters grow in lower case; their places would be wrong
        low = text
    for m in _MONTH.finditer(low):
        if m[0] != "march" or text[m.start()].isupper():
            yield Fact("date", str(m.lastgroup), m.start(), m.end())
    for m in _WHEN.finditer(low):
        if m["day"] and len(m[0]) < 5 and not text[m.start()].isupper():
            continue  # "mon" is French, "tue" German
        key = m["day"][:3] if m["day"] else " ".join(m["rel"].split()).replace("the ", "")
        yield Fact("date", key, m.start(), m.end())
    for m in _DOUBTFUL.finditer(low):
        word = m.lastgroup or "a"
        yield Fact("date", m[word][:3], m.start(word), m.end(word))


def _names(text: str) -> Iterator[Fact]:
    for m in _ACRONYM.finditer(text):
        yield Fact("acronym", fold(m[0]), m.start(), m.end())
    german = guess_language(text) == "de"
    found = [
        m for m in _CAPITAL.finditer(text) if m[0][0].isupper() and (not m[0].isupper() or len(m[0]) > 5)
    ]
    for place, m in enumerate(found):
        if fold(m[0]) in _NOT_NAMES or _START.search(text[: m.start()]):
            continue
        # German writes every noun with a capital: only a pair of them, or a title before it, is a name.
        beside = [
            n
            for n in found[max(0, place - 1) : place + 2]
            if n is not m
            and not _MONTH.fullmatch(n[0].lower())
            and not _START.search(text[: n.start()])
            and fold(n[0]) not in _NOT_NAMES
        ]
        pair = any(abs(n.start() - m.end()) == 1 or abs(m.start() - n.end()) == 1 for n in beside)
        if german and not pair and not _TITLES.search(text[: m.start()]):
            continue
        if not _MONTH.fullmatch(m[0].lower()):
            yield Fact("name", fold(re.sub(r"[’']s$", "", m[0])), m.start(), m.end())
