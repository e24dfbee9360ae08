"""The truth behind the passage index: vectors as they stand in SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from copilot.index.rows import Rows, marker_of, row_mark

if TYPE_CHECKING:
    from copilot.ports import Vectors
    from copilot.store import Store

KIND = "passage"
"""Vectors that the index holds."""
ASIDE = "passage aside"
"""Vectors of passages that are compared once a mentor is a candidate, but not searched."""


class PassageRows:
    """copilot.index.rows.Reference over the store. Safe to share between threads.

    What it read is kept in memory and read again only when the store's revision has risen, so that
    a search costs one small query.
    """

    def __init__(self, store: Store, programme: str, embedder: str) -> None:
        self._store, self._programme, self._embedder = store, programme, embedder
        self._lock = Lock()
        self._read: tuple[int, Rows, str, dict[str, int]] | None = None

    def marker(self) -> str:
        return self._current()[2]

    def rows(self) -> Rows:
        return self._current()[1]

    def vectors(self, ids: Sequence[str]) -> Mapping[str, Vectors]:
        _, rows, _, places = self._current()
        return {id: rows.vectors[places[id]] for id in ids if id in places}

    def sample(self, count: int) -> Sequence[str]:
        ids = self._current()[1].ids
        step = max(1, len(ids) // max(1, count))
        return ids[::step][:count]

    def _current(self) -> tuple[int, Rows, str, dict[str, int]]:
        with self._lock:
            with self._store.read(self._programme) as unit:
                revision = unit.vectors.revision(KIND, self._embedder)
                if self._read is not None and self._read[0] == revision:
                    return self._read
                ids, _, vectors = unit.vectors.all(KIND, self._embedder)
            rows = Rows(ids=ids, vectors=vectors, fields=[{"kind": KIND} for _ in ids])
            marker = marker_of(row_mark(id, row) for id, row in zip(ids, vectors, strict=True))
            self._read = (revision, rows, marker, {id: n for n, id in enumerate(ids)})
            return self._read
