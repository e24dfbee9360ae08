"""Words in common, forgiving typos: parts of words of four letters, weighed by how rare they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import fsum, log

from copilot.text import fold

_WORD = re.compile(r"\w+")
_SIZE = 4
_STOP = frozenset(
    """a about after all am an and any anyone are as at be been before but by can could did do does done
    for from get getting go going got had has have he help her his how i if im in into is it its ive
    just know like lot may me might mine must my need needs never no not of on one or our out people
    please pls ppl really she should so some someone somebody than that the their them then there
    these they thing things this those to too up us very want wants was way we were what when where
    which while who why will with would you your de el la los las un una y o que en por para con mi
    me es lo se su al del como no le les des et ou je der die das und ich ein eine zu mit ist""".split()
)


@lru_cache(maxsize=8_192)
def parts(text: str) -> frozenset[str]:
    """The text's word parts; words that say nothing are left out."""
    found: set[str] = set()
    for word in _WORD.findall(fold(text)):
        if word not in _STOP:
            edged = f"^{word}$"
            found.update(edged[i : i + _SIZE] for i in range(max(1, len(edged) - _SIZE + 1)))
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """In how many mentors' profiles each word part occurs. A sample of some thousand is enough."""

    mentors: int
    counts: Counter[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Lexicon:
        """`texts`: one a mentor, everything the profile says."""
        counts: Counter[str] = Counter()
        mentors = 0
        for text in texts:
            mentors += 1
            counts.update(parts(text))
        return cls(mentors, counts)

    def weight(self, part: str) -> float:
        """Inverse document frequency, above 0."""
        count = self.counts[part]
        return log(1 + (self.mentors - count + 0.5) / (count + 0.5))

    def asked(self, text: str) -> Asked:
        """A query ready to be compared with many texts."""
        weights = {part: self.weight(part) for part in parts(text)}
        return Asked(weights, fsum(weights.values()))


@dataclass(frozen=True, slots=True)
class Asked:
    """A query's word parts with their weights."""

    weights: Mapping[str, float]
    total: float

    def covered_by(self, found: frozenset[str]) -> float:
        """Share of the query's weight that a text's parts have: 0 to 1, 0 where nothing is asked."""
        if not self.total:
            return 0.0
        # fsum: the same to the last bit in any order of a set.
        return fsum(self.weights[part] for part in self.weights.keys() & found) / self.total
