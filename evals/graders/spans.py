"""Where a quote lies in what was said, and whether two quotes mean the same place.

Written apart from the product's own text helpers: a fault there must not hide itself here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

Span = tuple[int, int]
_SINGLE = dict.fromkeys("‘’‚‛`´′", "'")
_DOUBLE = dict.fromkeys("“”„‟", '"')
_FOLD = str.maketrans({**_SINGLE, **_DOUBLE})
_STOP = frozenset(
    """a an the to of in on for and or but with by at from as is are be was were it its this that these those
    you your he she they them his her their i we our if not do does did so then than into out up about have
    has had will would can could should may might must before after when while""".split()
)


def plain(text: str) -> str:
    """One line, straight quotes, one case."""
    return " ".join(text.translate(_FOLD).split()).casefold()


def find(text: str, quote: str) -> Span | None:
    """Place of a quote in text that is `plain` already; None where it is not there."""
    wanted = plain(quote)
    at = text.find(wanted) if wanted else -1
    return (at, at + len(wanted)) if at >= 0 else None


def overlap(one: Span | None, other: Span | None) -> bool:
    """Do the two share at least half of the shorter one?"""
    if one is None or other is None:
        return False
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common > 0 and common >= 0.5 * min(one[1] - one[0], other[1] - other[0])


def stems(text: str) -> set[str]:
    """Content words without their endings."""
    found = re.findall(r"[a-z0-9']+", text.casefold())
    return {re.sub(r"(ing|ed|es|s|ly)$", "", w) for w in found if w not in _STOP and len(w) > 2}


def covered(point: str, lines: Iterable[str]) -> bool:
    """Does one line hold at least half of the content words of a point?"""
    wanted = stems(point)
    return any(len(wanted & stems(line)) >= 0.5 * len(wanted) for line in lines)


class Matching:
    """Predicted quotes against labelled quotes in one text."""

    def __init__(self, text: str, gold: Sequence[str], predicted: Sequence[str]) -> None:
        places = [find(text, quote) for quote in gold]
        taken: set[int] = set()
        self.pairs: list[tuple[int, int]] = []
        """(index in predicted, index in gold) of the first label that each prediction newly finds."""
        self.spare: list[int] = []
        """Predictions that meet no label at all."""
        for n, quote in enumerate(predicted):
            hits = [i for i, place in enumerate(places) if overlap(find(text, quote), place)]
            fresh = [i for i in hits if i not in taken]
            taken.update(fresh)
            if fresh:
                self.pairs.append((n, fresh[0]))
            elif not hits:
                self.spare.append(n)
        self.found = len(taken)
        self.missed = [i for i in range(len(gold)) if i not in taken]
