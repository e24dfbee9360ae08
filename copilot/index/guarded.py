"""The index that is always right: it distrusts the cache, falls back to exact search, and heals it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Lock, RLock, Thread
from typing import TYPE_CHECKING, Protocol

from copilot.errors import IndexUnusable
from copilot.index.exact import ExactIndex
from copilot.index.rows import Reference
from copilot.ports import VectorIndex
from copilot.thresholds import INDEX

if TYPE_CHECKING:
    from copilot.ports import Vectors

Hits = list[tuple[str, float]]


class Cache(VectorIndex, Protocol):
    """An index that can say what it holds."""

    def marker(self) -> str: ...

    def search_many(self, vectors: Vectors, k: int, where: Mapping[str, str] | None = None) -> list[Hits]: ...


class GuardedIndex:
    """copilot.ports.VectorIndex over a cache and the truth in SQL. Never raises IndexUnusable.

    Write to SQL first, then here. When cache and truth differ, searches are answered exactly, a
    notice is left for people, and the cache is rebuilt: at once when small, else in the background.
    """

    def __init__(self, cache: Cache, reference: Reference) -> None:
        self._cache = cache
        self._reference = reference
        self._lock = RLock()
        self._healing = Lock()
        self._exact: tuple[str, ExactIndex] | None = None
        self._notice: str | None = None
        self._probes: tuple[str, dict[str, Vectors]] = ("", {})

    def take_notice(self) -> str | None:
        """One line for people when searches since the last call had to go round the cache; then None."""
        with self._lock:
            notice, self._notice = self._notice, None
            return notice

    def search(self, vector: Vectors, k: int, where: Mapping[str, str] | None = None) -> Hits:
        """The k nearest ids with exact cosine, best first."""
        return self.search_many(vector[None, :], k, where)[0]

    def search_many(self, vectors: Vectors, k: int, where: Mapping[str, str] | None = None) -> list[Hits]:
        """One answer a row of `vectors`, shape (n, dimensions)."""
        try:
            return self._trusted(vectors, k, where)
        except IndexUnusable as trouble:
            answers = self._truth().search_many(vectors, k, where)
            self._leave(f"{trouble.message} Searched exactly instead, so results are complete.")
            self._heal()
            return answers

    def upsert(self, ids: Sequence[str], vectors: Vectors, fields: Sequence[Mapping[str, str]]) -> None:
        """Tell the cache what SQL holds already; what fails here is healed by the next search."""
        try:
            self._cache.upsert(ids, vectors, fields)
        except IndexUnusable as trouble:
            self._leave(trouble.message)

    def delete(self, ids: Sequence[str]) -> None:
        try:
            self._cache.delete(ids)
        except IndexUnusable as trouble:
            self._leave(trouble.message)

    def rebuild(self, ids: Sequence[str], vectors: Vectors, fields: Sequence[Mapping[str, str]]) -> None:
        self._cache.rebuild(ids, vectors, fields)

    def reindex(self) -> int:
        """Rebuild the cache from SQL now; the number of rows. Raises IndexUnusable."""
        rows = self._reference.rows()
        self._cache.rebuild(rows.ids, rows.vectors, rows.fields)
        with self._lock:
            self._exact = None
        return len(rows.ids)

    def _trusted(self, vectors: Vectors, k: int, where: Mapping[str, str] | None) -> list[Hits]:
        truth = self._reference.marker()
        if self._cache.marker() != truth:
            raise IndexUnusable("The vector index is behind the database.")
        self._probe(truth)
        found = self._cache.search_many(vectors, k * INDEX.oversample, where)
        expected = min(k, int(truth.split("-")[0]))
        if where is None and any(len(hits) < expected for hits in found):
            raise IndexUnusable("The vector index returns too little.")
        return [self._rescored(vector, hits)[:k] for vector, hits in zip(vectors, found, strict=True)]

    def _probe(self, marker: str) -> None:
        """Known rows must find themselves; a count would not notice that a segment is gone."""
        import numpy as np

        if self._probes[0] != marker:
            ids = self._reference.sample(INDEX.probes)
            self._probes = (marker, dict(self._reference.vectors(ids)))
        known = self._probes[1]
        if not known:
            return
        found = self._cache.search_many(np.stack(list(known.values())), INDEX.probe_depth)
        for id, hits in zip(known, found, strict=True):
            # Many rows may hold the very same text: a twin of the row is as good.
            if id not in dict(hits) and not (hits and hits[0][1] > 1 - 1e-4):
                raise IndexUnusable("The vector index has lost rows.")

    def _rescored(self, vector: Vectors, hits: Hits) -> Hits:
        stored = self._reference.vectors([id for id, _ in hits])
        if len(stored) != len(hits):
            raise IndexUnusable("The vector index knows rows that the database does not.")
        exact = [(id, float(stored[id] @ vector)) for id, _ in hits]
        return sorted(exact, key=lambda hit: (-hit[1], hit[0]))

    def _truth(self) -> ExactIndex:
        """Exact search over SQL, kept in memory until the rows change or the cache is healed."""
        with self._lock:
            marker = self._reference.marker()
            if self._exact is None or self._exact[0] != marker:
                self._exact = (marker, ExactIndex(self._reference.rows()))
            return self._exact[1]

    def _leave(self, notice: str) -> None:
        with self._lock:
            self._notice = notice

    def _heal(self) -> None:
        count = int(self._reference.marker().split("-")[0])
        if count <= INDEX.heal_inline_rows:
            self._rebuild_once()
        elif not self._healing.locked():
            Thread(target=self._rebuild_once, name="index-heal", daemon=True).start()

    def _rebuild_once(self) -> None:
        if not self._healing.acquire(blocking=False):
            return
        try:
            self.reindex()
        except IndexUnusable as trouble:
            self._leave(f"{trouble.message} Searched exactly instead, so results are complete.")
        finally:
            self._healing.release()
