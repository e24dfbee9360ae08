"""Match latency as a programme grows: exact numpy search, plain Chroma, the guarded index, a whole match.

One searchable passage a mentor; vectors and profiles are synthetic and seeded. The query's embedding is
timed by itself, and what SQL takes to load the shortlist is not in here.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, TypedDict

import numpy as np

from copilot.domain import MatchQuery, MentorProfile, Person, Role
from copilot.index.chroma import ChromaIndex
from copilot.index.embedder import LocalEmbedder
from copilot.index.exact import ExactIndex
from copilot.index.guarded import GuardedIndex
from copilot.index.rows import Rows, marker_of, row_mark
from copilot.matching import Candidate, Lexicon, match, profile_passages, profile_text, shortlist
from copilot.thresholds import MATCHING

if TYPE_CHECKING:
    from copilot.ports import Vectors

SIZES = (1_000, 10_000, 100_000)
QUERIES = 20
DIMENSIONS = 384
NOW = datetime(2026, 1, 15, tzinfo=UTC)
TEXT = "move from support into product, and ask for a raise without burning bridges"
_SUBJECTS = "product pricing hiring research nursing law music sales climate code budgets speaking".split()
_VERBS = "plan teach review build sell repair explain measure negotiate write lead test".split()


class Row(TypedDict):
    mentors: int
    exact_ms: float
    chroma_ms: float
    guarded_ms: float
    match_ms: float
    recall_at_10: float
    build_s: float


@dataclass(frozen=True)
class _Table:
    """The rows as SQL would give them, read once."""

    held: Rows
    places: Mapping[str, int]
    mark: str

    def marker(self) -> str:
        return self.mark

    def rows(self) -> Rows:
        return self.held

    def vectors(self, ids: Sequence[str]) -> Mapping[str, Vectors]:
        return {id: self.held.vectors[self.places[id]] for id in ids if id in self.places}

    def sample(self, count: int) -> Sequence[str]:
        return self.held.ids[:: max(1, len(self.held.ids) // count)][:count]


def _table(size: int, random: np.random.Generator) -> _Table:
    """Vectors in some hundred clusters, as subjects are."""
    centres = random.normal(size=(200, DIMENSIONS))
    noise = 1.2 * random.normal(size=(size, DIMENSIONS))
    vectors = (centres[random.integers(0, len(centres), size)] + noise).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    ids = [f"m{i:06d}" for i in range(size)]
    mark = marker_of(row_mark(id, row) for id, row in zip(ids, vectors, strict=True))
    held = Rows(ids, vectors, [{"kind": "passage"}] * size)
    return _Table(held, {id: i for i, id in enumerate(ids)}, mark)


def _profile(number: int) -> MentorProfile:
    random = np.random.default_rng(number)
    said = [f"I {v} {s} with people who are new to it." for v, s in _pairs(random, 8)]
    tags = tuple(f"{s}-{v}" for v, s in _pairs(random, 4))
    return MentorProfile(
        person=f"m{number:06d}",
        headline=f"I {_VERBS[number % 12]} for a living",
        bio=" ".join(said),
        expertise=tags,
        industry=_SUBJECTS[number % 12],
        capacity_minutes=180,
    )


def _pairs(random: np.random.Generator, count: int) -> list[tuple[str, str]]:
    return [(str(random.choice(_VERBS)), str(random.choice(_SUBJECTS))) for _ in range(count)]


def _candidate(id: str, table: _Table) -> Candidate:
    number = table.places[id]
    profile = _profile(number)
    passages = profile_passages(profile)
    noise = np.random.default_rng(number).normal(scale=0.03, size=(len(passages), DIMENSIONS))
    vectors = (table.held.vectors[number] + noise).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    person = Person(id=id, name=id, roles=frozenset({Role.MENTOR}), timezone="Europe/London")
    return Candidate(person=person, profile=profile, passages=passages, vectors=vectors)


def _milliseconds(task: Callable[[Vectors], object], queries: Vectors) -> float:
    """Median over the queries, after one that warms up."""
    task(queries[0])
    taken = []
    for query in queries:
        start = time.perf_counter()
        task(query)
        taken.append(time.perf_counter() - start)
    return 1000 * median(taken)


def _measure(size: int, folder: Path) -> Row:
    random = np.random.default_rng(7)
    table = _table(size, random)
    queries = table.held.vectors[random.integers(0, size, QUERIES)] + random.normal(
        scale=0.03, size=(QUERIES, DIMENSIONS)
    )
    queries = (queries / np.linalg.norm(queries, axis=1, keepdims=True)).astype(np.float32)
    exact, chroma = ExactIndex(table.rows()), ChromaIndex(folder / str(size))
    guarded = GuardedIndex(chroma, table)
    start = time.perf_counter()
    guarded.reindex()
    build = time.perf_counter() - start
    k = MATCHING.passages_searched
    lexicon = Lexicon.of(profile_text(_profile(i)) for i in range(min(size, 2_000)))
    owner = {id: id for id in table.held.ids}
    # What SQL would load; made before the clock starts.
    ready = {id: _candidate(id, table) for q in queries for id, _ in exact.search(q, 2 * k)}

    def whole(query: Vectors) -> object:
        chosen = shortlist(guarded.search(query, k), owner, MATCHING.mentors_ranked)
        some = [ready[id] for id in chosen if id in ready]
        return match(MatchQuery(text=TEXT), some, query, lexicon=lexicon, now=NOW)

    row = Row(
        mentors=size,
        exact_ms=_milliseconds(lambda q: exact.search(q, k), queries),
        chroma_ms=_milliseconds(lambda q: chroma.search(q, k), queries),
        guarded_ms=_milliseconds(lambda q: guarded.search(q, k), queries),
        match_ms=_milliseconds(whole, queries),
        recall_at_10=_recall(guarded, exact, queries),
        build_s=build,
    )
    chroma.close()
    return row


def _recall(index: GuardedIndex, exact: ExactIndex, queries: Vectors) -> float:
    shares = [len(dict(index.search(q, 10)).keys() & dict(exact.search(q, 10)).keys()) / 10 for q in queries]
    return sum(shares) / len(shares)


def run(sizes: Sequence[int] = SIZES) -> list[Row]:
    """One row a size. 100,000 mentors take some minutes, nearly all of it building Chroma's graph."""
    with tempfile.TemporaryDirectory() as folder:
        return [_measure(size, Path(folder)) for size in sizes]


def _embedding() -> tuple[float, float]:
    """Seconds to the first query vector, milliseconds for a later one."""
    embedder = LocalEmbedder()
    start = time.perf_counter()
    embedder.embed([TEXT])
    first = time.perf_counter() - start
    start = time.perf_counter()
    embedder.embed([f"{TEXT} {i}" for i in range(1)])
    return first, 1000 * (time.perf_counter() - start)


def main() -> None:
    first, later = _embedding()
    print(f"match: one query, milliseconds (x = times exact search); {MATCHING.passages_searched} passages")
    print(f"embedding the query: {first:.2f} s cold, {later:.0f} ms warm")
    print(
        f"{'mentors':>9} {'exact':>8} {'plain Chroma':>16} {'guarded':>16} {'whole match':>16} recall build"
    )
    for row in run():
        base = row["exact_ms"]
        cells = "".join(
            f" {value:8.1f} ({value / base:4.1f}x)"
            for value in (row["chroma_ms"], row["guarded_ms"], row["match_ms"])
        )
        print(
            f"{row['mentors']:>9,} {base:8.1f}{cells}      {row['recall_at_10']:.3f} {row['build_s']:5.0f} s"
        )


if __name__ == "__main__":
    main()
