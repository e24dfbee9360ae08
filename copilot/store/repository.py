"""What every repository shares: one connection, one programme, updates that insert when needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Table, and_, insert, select, update

T = TypeVar("T")
BATCH = 500
"""Ids in one statement, well under what either database takes."""


class Repository:
    """Rows of one noun in one programme, inside the transaction of a unit."""

    def __init__(self, connection: Connection, programme: str) -> None:
        self._db = connection
        self._programme = programme

    def _mine(self, table: Table, **keys: Any) -> ColumnElement[bool]:
        """The condition: this programme, these columns."""
        return and_(
            table.c.programme_id == self._programme,
            *(table.c[name] == value for name, value in keys.items()),
        )

    def _put(self, table: Table, keys: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        """Update or insert. Writers of a programme take turns, so nobody gets in between."""
        done = self._db.execute(update(table).where(self._mine(table, **keys)).values(**values))
        if not done.rowcount:
            self._insert(table, [{**keys, **values}])

    def _put_many(self, table: Table, key: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """The same for many rows, each with its `key`: new ones go in together."""
        for some in batches(rows):
            ids = [row[key] for row in some]
            query = select(table.c[key]).where(self._mine(table), table.c[key].in_(ids))
            known = set(self._db.scalars(query))
            self._insert(table, [row for row in some if row[key] not in known])
            for row in some:
                if row[key] in known:
                    self._db.execute(update(table).where(self._mine(table, **{key: row[key]})).values(**row))

    def _insert(self, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
        filled = [{"programme_id": self._programme, **row} for row in rows]
        if filled:
            self._db.execute(insert(table), filled)


def batches(items: Iterable[T]) -> Iterator[Sequence[T]]:
    everything = list(items)
    for start in range(0, len(everything), BATCH):
        yield everything[start : start + BATCH]
