"""Which pairs of advice are worth judging, and how a pair stands among its mentee's other advice."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from copilot.domain import AdviceSide, PairContext
from copilot.quantities import NUMBER_WORDS, amounts
from copilot.text import words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from copilot.ports import Vectors

Pair = tuple[int, int]
_STOP = frozenset(
    (
        "a an the to of in on for and or but with by at from as is are be was were it its this that these "
        "those you your he she they them his her their i me my we our if not do does did don't so then than "
        "into out up about have has had will would can could should may might must when while what who "
        "which there here just very really honestly think know mean like maybe um uh yeah one any all some "
        "more most also only even get got go going make let i'd i'll you're you'll you've it's that's "
        "there's because since each every no "
    ).split()
)
_NUMBERS = frozenset(NUMBER_WORDS) - {"a", "an"}
_COMMON = 6
"""A word that stands in more pieces than this (or a tenth of the ledger) proposes no pair."""


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A lower-case word without its commonest endings (enough to see that two pieces share it), "" for a
    word that says nothing about the topic."""
    if len(word) < 2 or word in _STOP:
        return ""
    for end in ("ings", "ing", "edly", "ed", "ies", "es", "s", "ly"):
        if word.endswith(end) and len(word) - len(end) >= 3:
            return word[: -len(end)]
    return word


def marks(text: str) -> frozenset[str]:
    """Stems of a text's content words, and what its amounts count ("#application")."""
    said = words(text.lower())
    found = set(map(stem, said))
    found.discard("")
    if not _NUMBERS.isdisjoint(said) or any(w[0].isdigit() for w in said):
        found.update("#" + a.unit for a in amounts(text))
    return frozenset(found)


class Ledger:
    """All advice to one mentee, ready to propose pairs. Rows of `vectors` have length 1."""

    def __init__(self, advice: Sequence[AdviceSide], vectors: Vectors) -> None:
        import numpy as np

        self.advice = advice
        self.vectors = vectors
        codes = {m: i for i, m in enumerate(dict.fromkeys(a.mentor for a in advice))}
        self._mentor = np.array([codes[a.mentor] for a in advice], dtype=np.int64)
        self._marks = [marks(a.text) for a in advice]
        self._count = Counter(m for found in self._marks for m in found)

    def all_pairs(self, fresh: Iterable[int]) -> list[Pair]:
        """Every pair of different mentors with at least one fresh piece, in order."""
        new = set(fresh)
        both = {(min(i, j), max(i, j)) for i in new for j in range(len(self.advice)) if self.apart(i, j)}
        return sorted(both)

    def near_pairs(self, fresh: Sequence[int], near: int, worded: int) -> list[Pair]:
        """For each fresh piece the `near` nearest of other mentors and `worded` more by rare words."""
        out: set[Pair] = set()
        holders: dict[str, list[int]] = defaultdict(list)
        wanted = {m for i in fresh for m in self._marks[i]}
        for j, found in enumerate(self._marks):
            for mark in found & wanted:
                holders[mark].append(j)
        for start in range(0, len(fresh), 256):
            block = list(fresh[start : start + 256])
            cosines = self._cosines(block)
            for row, i in zip(cosines, block, strict=True):
                best = _top(row, near)
                best |= self._worded(i, holders, worded, best)
                out |= {(min(i, j), max(i, j)) for j in best}
        return sorted(out)

    def contexts(self, pairs: Sequence[Pair]) -> list[tuple[float, PairContext]]:
        """Cosine and standing of each pair; the cost grows with the pieces that occur in `pairs`."""
        import numpy as np

        used = sorted({i for pair in pairs for i in pair})
        seen: dict[int, list[tuple[int, float, float, float]]] = defaultdict(list)
        ends = [(p, end) for p in range(len(pairs)) for end in (0, 1)]
        ends.sort(key=lambda e: pairs[e[0]][e[1]])
        at = 0
        for start in range(0, len(used), 256):
            block = used[start : start + 256]
            for row, i in zip(self._cosines(block), block, strict=True):
                known = row[np.isfinite(row)]
                mean, std = float(known.mean()), max(float(known.std()), 1e-3)
                best = _best_two(known)
                while at < len(ends) and pairs[ends[at][0]][ends[at][1]] == i:
                    p, end = ends[at]
                    seen[p].append(self._end(row, best, pairs[p][1 - end], mean, std))
                    at += 1
        return [self._context(pair, seen[p]) for p, pair in enumerate(pairs)]

    def apart(self, i: int, j: int) -> bool:
        """Do the two pieces come from different mentors?"""
        return bool(self._mentor[i] != self._mentor[j])

    def cross_pairs(self) -> int:
        """How many pairs of different mentors there are."""
        sizes = Counter(self._mentor.tolist()).values()
        return (len(self.advice) ** 2 - sum(s * s for s in sizes)) // 2

    def _cosines(self, block: Sequence[int]) -> NDArray[np.float32]:
        """Shape (block, n); -inf where both pieces are one mentor's."""
        import numpy as np

        at = list(block)
        cosines = self.vectors[at] @ self.vectors.T
        cosines[self._mentor[at][:, None] == self._mentor[None, :]] = -np.inf
        return cosines

    def _worded(self, i: int, holders: dict[str, list[int]], most: int, without: set[int]) -> set[int]:
        common = max(_COMMON, len(self.advice) // 10)
        weight: Counter[int] = Counter()
        for mark in sorted(self._marks[i]):
            if most and len(holders[mark]) <= min(common, 2_000):
                for j in holders[mark]:
                    weight[j] += self._weight(mark)  # type: ignore[assignment]
        ranked = sorted(
            (j for j in weight if j not in without and self.apart(i, j)), key=lambda j: (-weight[j], j)
        )
        return set(ranked[:most])

    def _weight(self, mark: str) -> float:
        return math.log((len(self.advice) + 1) / self._count[mark])

    @staticmethod
    def _end(
        row: NDArray[np.float32], best: tuple[float, float], other: int, mean: float, std: float
    ) -> tuple[int, float, float, float]:
        """Rank, cosine, spread and lead of `other` as seen from one end of the pair."""
        cosine = float(row[other])
        nearer = int((row > row[other]).sum())
        return nearer + 1, cosine, (cosine - mean) / std, cosine - best[0 if nearer else 1]

    def _context(self, pair: Pair, ends: list[tuple[int, float, float, float]]) -> tuple[float, PairContext]:
        one, other = self._marks[pair[0]], self._marks[pair[1]]
        shared = sum(self._weight(m) for m in sorted(one & other))
        total = sum(self._weight(m) for m in sorted(one | other))
        first, second = ends if len(ends) == 2 else (ends[0], ends[0])
        return first[1], PairContext(
            rank_a=first[0],
            rank_b=second[0],
            spread=(first[2] + second[2]) / 2,
            lead=(first[3] + second[3]) / 2,
            shared=shared,
            overlap=shared / total if total else 0.0,
            pieces=len(self.advice),
        )


def _best_two(known: NDArray[np.float32]) -> tuple[float, float]:
    """The largest value and the second; the same twice where there is only one."""
    import numpy as np

    if len(known) < 2:
        return float(known[0]), float(known[0])
    second, first = np.partition(known, -2)[-2:]
    return float(first), float(second)


def _top(row: NDArray[np.float32], k: int) -> set[int]:
    """Places of the k largest finite values; ties go to the earlier place."""
    import numpy as np

    k = min(k, int(np.isfinite(row).sum()))
    if not k:
        return set()
    edge = np.partition(row, -k)[-k]
    over = np.flatnonzero(row > edge)
    level = np.flatnonzero(row == edge)[: k - len(over)]
    return {int(j) for j in (*over, *level)}
