"""Does the transcript say it? Claims are checked against turns and the words copied from them.

A quote counts when it is a substring of a turn after `text.fold` (compatibility forms, quotes,
dashes, white space, case) on whole words, with no "not" right before it. Never fuzzily: a quote
with a "not" dropped or a digit changed is as near as a misheard word, and means the opposite.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from copilot.domain import Turn
from copilot.text import fold, words
from copilot.thresholds import GROUNDING

_OUTER = re.compile(r"^[\s\"'“”‘’«»]+|[\s\"'“”‘’«».,;:!?…]+$")
_PLAIN = re.compile(r"[a-z0-9]+")
_DIGITS = re.compile(r"\d+")
_NEGATED = re.compile(
    r"(?:\b(?:not|never|cannot|nor|without)|n['’]t)(?:\s+(?:to|ever|just|even|really|actually))*\s+$",
    re.IGNORECASE,
)
_JOINERS = "-‐‑'’"
_IN_NUMBER = ".,:/⁄-‐‑‒–—−"
_BEFORE_DIGIT = ".-‐‑‒–−"
"""A digit after one of these may be the rest of a number, or a number below nought."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounded:
    """Words copied letter for letter; `turns` are those that they stand in, in order."""

    quote: str
    turns: tuple[int, ...]
    start: int
    """Offset of the quote in the texts of `turns`, joined by one space."""
    rehomed: bool = False
    """The words stand elsewhere than the claim said, in one place only."""


def ground(quote: str, turns: Sequence[Turn], indices: Sequence[int]) -> Grounded | None:
    """The claim's words as the turns have them, or None when they were not said.

    Looked for in the turns of `indices` first: in one turn, or over consecutive turns of one
    speaker. A quote of at least `GROUNDING.rehome_words` words that stands in exactly one other
    place is moved there. Never raises: what a model says about turns may be any nonsense.
    """
    wanted = set(indices)
    if not words(quote):
        return None
    for said, needle in _wordings(quote):
        for run in _runs([t for t in turns if t.index in wanted]):
            found = _find(said, needle, run)
            if found:
                return found[0]
    if len(words(quote)) < GROUNDING.rehome_words:
        return None
    for said, needle in _wordings(quote):
        places = [place for run in _runs(turns) for place in _find(said, needle, run)]
        if places:
            return replace(places[0], rehomed=True) if len(places) == 1 else None
    return None


def contains(phrase: str, text: str) -> bool:
    """Whether `text` has `phrase` on whole words, compared as quotes are."""
    return bool(words(phrase)) and any(True for _ in _matches(phrase, fold(phrase), text))


def _wordings(quote: str) -> list[tuple[str, str]]:
    """The quote as given, then without quotation marks around it and its last stop; each with its fold."""
    bare = _OUTER.sub("", quote)
    given = [quote] if bare == quote or not words(bare) else [quote, bare]
    return [(said, fold(said)) for said in given]


def _runs(turns: Sequence[Turn]) -> Iterator[list[Turn]]:
    """Longest runs of consecutive turns of one speaker."""
    run: list[Turn] = []
    for turn in turns:
        last = run[-1] if run else turn
        if run and (turn.index, turn.speaker, turn.label) != (last.index + 1, last.speaker, last.label):
            yield run
            run = []
        run.append(turn)
    if run:
        yield run


def _find(quote: str, needle: str, run: Sequence[Turn]) -> list[Grounded]:
    """Every place of the quote in one run."""
    text = " ".join(t.text for t in run)
    return [_placed(text[a:b], run, a, b) for a, b in _matches(quote, needle, text)]


def _placed(quote: str, run: Sequence[Turn], start: int, stop: int) -> Grounded:
    at = 0
    touched: list[int] = []
    first = start
    for turn in run:
        if start < at + len(turn.text) and stop > at:
            first = start - at if not touched else first
            touched.append(turn.index)
        at += len(turn.text) + 1
    return Grounded(quote=quote, turns=tuple(touched), start=first)


def _matches(quote: str, needle: str, text: str) -> Iterator[tuple[int, int]]:
    """Spans of `text` that are the quote: whole words, the same numbers, nothing cut in two."""
    if not needle or _lacks_a_word(needle, text) or needle not in fold(text):
        return
    folded, origin = fold_map(text)
    if folded != fold(text):  # the map could not follow: better unsupported than wrong
        return
    at = folded.find(needle)
    while at >= 0:
        end = at + len(needle)
        start, stop = origin[at][0], origin[end - 1][1]
        cut = _splits(text, origin, at) or _splits(text, origin, end)
        cut = (
            cut
            or not _whole(text, start, stop)
            or _NEGATED.search(text[max(0, start - 60) : start]) is not None
        )
        if not cut and _numbers(quote) == _numbers(text[start:stop]):
            yield start, stop
        at = folded.find(needle, at + 1)


def _lacks_a_word(needle: str, text: str) -> bool:
    """A quick no for most turns: folding a whole call for each claim would take seconds."""
    low = text.lower()
    return text.isascii() and any(word not in low for word in _PLAIN.findall(needle))


def fold_map(text: str) -> tuple[str, list[tuple[int, int]]]:
    """`fold(text)` and, for each of its characters, the span of `text` that it came from."""
    out: list[str] = []
    origin: list[tuple[int, int]] = []
    for start, stop in _clusters(text):
        for char in unicodedata.normalize("NFKC", text[start:stop]):
            if not char.isspace():
                folded = fold(char)
                out.extend(folded)
                origin.extend([(start, stop)] * len(folded))
            elif out and out[-1] == " ":
                origin[-1] = (origin[-1][0], stop if text[start:stop].isspace() else origin[-1][1])
            elif out:
                out.append(" ")
                origin.append((start, stop))
    if out and out[-1] == " ":
        del out[-1], origin[-1]
    return "".join(out), origin


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Spans that normalise on their own: a character with all that composes onto it."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not _composes(text[at]):
            yield start, at
            start = at


def _composes(char: str) -> bool:
    if char.isascii():
        return False
    first = unicodedata.normalize("NFKC", char)[:1]
    return unicodedata.category(first or "x").startswith("M") or "\u1160" <= first <= "\u11ff"


def _splits(text: str, origin: Sequence[tuple[int, int]], at: int) -> bool:
    """Whether a cut before folded character `at` goes through a letter or number of the original."""
    inside = 0 < at < len(origin) and origin[at - 1] == origin[at]
    return inside and any(c.isalnum() for c in text[slice(*origin[at])])


def _whole(text: str, start: int, stop: int) -> bool:
    """Neither end of the span lies inside a word ("do|n't", "non-|negotiable") or a number ("3|.5")."""
    return not _inside(text, start) and not _inside(text, stop)


def _inside(text: str, at: int) -> bool:
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    further_back = text[at - 2] if at > 1 else " "
    further_on = text[at + 1] if at + 1 < len(text) else " "
    if _wordy(before) and _wordy(after):
        return True
    if after in _JOINERS and _wordy(before):
        return _wordy(further_on)
    if before in _JOINERS and _wordy(after) and _wordy(further_back):
        return True
    if after.isdigit():
        return before in _BEFORE_DIGIT or (before in _IN_NUMBER and further_back.isdigit())
    return before.isdigit() and (after in "%‰°" or (after in _IN_NUMBER and further_on.isdigit()))


def _wordy(char: str) -> bool:
    return char.isalnum() or char == "_" or unicodedata.category(char).startswith("M")


def _numbers(text: str) -> list[str]:
    """Runs of decimal digits, as ASCII: "10²" has 10, and is not 102."""
    return ["".join(str(unicodedata.decimal(c)) for c in run) for run in _DIGITS.findall(text)]
