"""Vectors and the hashes of what they were made from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from copilot.store.repository import Repository, batches
from copilot.store.tables import vector, vector_revision

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from copilot.ports import Vectors as Matrix

    Row = NDArray[np.float32]

_LITTLE = "<f4"


class Vectors(Repository):
    """`kind` says what was embedded ("passage", "advice"), `embedder` by what."""

    def put_many(self, kind: str, embedder: str, rows: Iterable[tuple[str, str, Row]]) -> None:
        """Add or replace (owner id, content hash, vector); vectors have shape (dimensions,)."""
        import numpy as np

        # The last one of an owner wins, as it would row by row.
        latest = {owner: (content, data) for owner, content, data in rows}
        for some in batches(latest):
            self._forget(kind, embedder, some)
            self._insert(
                vector,
                [
                    {
                        "kind": kind,
                        "embedder": embedder,
                        "owner_id": owner,
                        "content_hash": latest[owner][0],
                        "dimensions": len(latest[owner][1]),
                        "data": np.ascontiguousarray(latest[owner][1], dtype=_LITTLE).tobytes(),
                    }
                    for owner in some
                ],
            )
        if latest:
            self._changed(kind, embedder)

    def get_many(self, kind: str, embedder: str, owner_ids: Iterable[str]) -> dict[str, tuple[str, Row]]:
        """Owner id -> (content hash, vector of shape (dimensions,)); unknown ones are missing."""
        import numpy as np

        out: dict[str, tuple[str, Row]] = {}
        for some in batches(owner_ids):
            query = select(vector.c.owner_id, vector.c.content_hash, vector.c.data).where(
                self._mine(vector, kind=kind, embedder=embedder), vector.c.owner_id.in_(some)
            )
            for owner, content, data in self._db.execute(query):
                out[owner] = (content, np.frombuffer(data, dtype=_LITTLE).astype(np.float32))
        return out

    def all(self, kind: str, embedder: str) -> tuple[list[str], list[str], Matrix]:
        """Owner ids, content hashes and vectors of shape (n, dimensions), ordered by id.

        Shape (0, 0) where there are none.
        """
        import numpy as np

        query = select(vector.c.owner_id, vector.c.content_hash, vector.c.data, vector.c.dimensions).where(
            self._mine(vector, kind=kind, embedder=embedder)
        )
        rows = self._db.execute(query.order_by(vector.c.owner_id)).all()
        if not rows:
            return [], [], np.zeros((0, 0), dtype=np.float32)
        flat = np.frombuffer(b"".join(row.data for row in rows), dtype=_LITTLE)
        matrix = flat.reshape(len(rows), rows[0].dimensions).astype(np.float32)
        return [row.owner_id for row in rows], [row.content_hash for row in rows], matrix

    def delete(self, kind: str, owner_ids: Iterable[str]) -> None:
        """Of every embedder."""
        for some in batches(owner_ids):
            gone = self._mine(vector, kind=kind) & vector.c.owner_id.in_(some)
            self._db.execute(delete(vector).where(gone))
        known = select(vector_revision.c.embedder).where(self._mine(vector_revision, kind=kind))
        for embedder in list(self._db.scalars(known)):
            self._changed(kind, embedder)

    def revision(self, kind: str, embedder: str) -> int:
        """Rises with every change of these vectors; 0 where there never were any."""
        query = select(vector_revision.c.number).where(
            self._mine(vector_revision, kind=kind, embedder=embedder)
        )
        return self._db.scalar(query) or 0

    def _changed(self, kind: str, embedder: str) -> None:
        values = {"number": self.revision(kind, embedder) + 1}
        self._put(vector_revision, {"kind": kind, "embedder": embedder}, values)

    def _forget(self, kind: str, embedder: str, owner_ids: Iterable[str]) -> None:
        gone = self._mine(vector, kind=kind, embedder=embedder) & vector.c.owner_id.in_(list(owner_ids))
        self._db.execute(delete(vector).where(gone))
