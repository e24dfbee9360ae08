"""Exact cosine search in memory: the reference, the fallback, and enough for small programmes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import RLock
from typing import TYPE_CHECKING

from copilot.index.rows import Rows, changed_marker, row_mark

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from copilot.ports import Vectors

EMPTY_MARKER = "0-0000000000000000"


class ExactIndex:
    """copilot.ports.VectorIndex over one matrix; 100,000 rows of 384 take 150 MB and some 10 ms."""

    def __init__(self, rows: Rows | None = None) -> None:
        self._lock = RLock()
        self._clear()
        if rows is not None:
            self.rebuild(rows.ids, rows.vectors, rows.fields)

    def _clear(self) -> None:
        self._ids: list[str] = []
        self._fields: list[dict[str, str]] = []
        self._at: dict[str, int] = {}
        self._matrix: Vectors | None = None
        self._masks: dict[frozenset[tuple[str, str]], NDArray[np.bool_]] = {}
        self._marker = EMPTY_MARKER

    def marker(self) -> str:
        with self._lock:
            return self._marker

    def check(self) -> None:
        """Memory cannot be stale or torn on its own; here for the same shape as other indexes."""

    def upsert(self, ids: Sequence[str], vectors: Vectors, fields: Sequence[Mapping[str, str]]) -> None:
        import numpy as np

        vectors = np.asarray(vectors, dtype=np.float32)
        rows = dict(zip(ids, zip(vectors, fields, strict=True), strict=True))
        with self._lock:
            self.delete(list(rows))
            if not rows:
                return
            added = np.stack([vector for vector, _ in rows.values()])
            self._matrix = added if self._matrix is None else np.concatenate([self._matrix, added])
            for id in rows:
                self._at[id] = len(self._ids)
                self._ids.append(id)
            self._fields.extend(dict(each) for _, each in rows.values())
            marks = [row_mark(id, vector) for id, (vector, _) in rows.items()]
            self._marker = changed_marker(self._marker, (), marks)
            self._masks.clear()

    def delete(self, ids: Sequence[str]) -> None:
        with self._lock:
            gone = {self._at[id] for id in ids if id in self._at}
            if not gone or self._matrix is None:
                return
            marks = [row_mark(self._ids[i], self._matrix[i]) for i in gone]
            self._marker = changed_marker(self._marker, marks, ())
            kept = [i for i in range(len(self._ids)) if i not in gone]
            self._matrix = self._matrix[kept] if kept else None
            self._ids = [self._ids[i] for i in kept]
            self._fields = [self._fields[i] for i in kept]
            self._at = {id: i for i, id in enumerate(self._ids)}
            self._masks.clear()

    def search(
        self, vector: Vectors, k: int, where: Mapping[str, str] | None = None
    ) -> list[tuple[str, float]]:
        """The k nearest ids with cosine, best first, ties by id."""
        return self.search_many(vector[None, :], k, where)[0]

    def search_many(
        self, vectors: Vectors, k: int, where: Mapping[str, str] | None = None
    ) -> list[list[tuple[str, float]]]:
        """One answer a row of `vectors`, shape (n, dimensions)."""
        import numpy as np

        with self._lock:
            if self._matrix is None or k < 1:
                return [[] for _ in vectors]
            scores = vectors @ self._matrix.T
            mask = self._mask(where)
            ids = self._ids
        out = []
        for row in scores:
            where_at = np.arange(len(ids)) if mask is None else np.flatnonzero(mask)
            chosen = row[where_at]
            if len(chosen) > k:
                # All that reach the k-th score, so that ties fall the same way whatever the order.
                edge = np.partition(chosen, len(chosen) - k)[len(chosen) - k]
                where_at = where_at[chosen >= edge]
            hits = [(ids[i], float(row[i])) for i in where_at]
            out.append(sorted(hits, key=lambda hit: (-hit[1], hit[0]))[:k])
        return out

    def _mask(self, where: Mapping[str, str] | None) -> NDArray[np.bool_] | None:
        import numpy as np

        if not where:
            return None
        key = frozenset(where.items())
        if key not in self._masks:
            wanted = list(where.items())
            self._masks[key] = np.array([all(f.get(k) == v for k, v in wanted) for f in self._fields])
        return self._masks[key]

    def rebuild(self, ids: Sequence[str], vectors: Vectors, fields: Sequence[Mapping[str, str]]) -> None:
        with self._lock:
            fresh = ExactIndex()
            fresh.upsert(ids, vectors, fields)
            self.__dict__.update({k: v for k, v in fresh.__dict__.items() if k != "_lock"})
