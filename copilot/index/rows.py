"""What an index holds, and a marker that says whether two holders hold the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from copilot.ports import Vectors

_RANGE = 1 << 64


@dataclass(frozen=True, slots=True)
class Rows:
    """`vectors` has shape (len(ids), dimensions), float32, rows of length 1; ids are unique."""

    ids: Sequence[str]
    vectors: Vectors
    fields: Sequence[Mapping[str, str]]


class Reference(Protocol):
    """The truth behind an index: the rows as they stand in SQL."""

    def marker(self) -> str:
        """`marker_of` over all rows; asked before every search, so it must be cheap."""

    def rows(self) -> Rows:
        """All rows."""

    def vectors(self, ids: Sequence[str]) -> Mapping[str, Vectors]:
        """The vectors of those of the ids that exist, each of shape (dimensions,)."""

    def sample(self, count: int) -> Sequence[str]:
        """Up to `count` ids, spread over the rows: what the index is probed with."""


def row_mark(id: str, vector: Vectors) -> int:
    """A number below 2**64 for one row; rows add up to a marker in any order."""
    digest = blake2b(id.encode() + b"\0" + vector.tobytes(), digest_size=8)
    return int.from_bytes(digest.digest(), "big")


def marker_of(marks: Iterable[int]) -> str:
    """Equal exactly when two sets of rows are equal (but for a chance of 2**-64)."""
    count = total = 0
    for mark in marks:
        count += 1
        total = (total + mark) % _RANGE
    return f"{count}-{total:016x}"


def changed_marker(marker: str, gone: Iterable[int], come: Iterable[int]) -> str:
    """The marker after rows went and came."""
    count, total = marker.split("-")
    out, new = list(gone), list(come)
    return f"{int(count) + len(new) - len(out)}-{(int(total, 16) + sum(new) - sum(out)) % _RANGE:016x}"
