"""What the steps need from the outside world, as protocols."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from copilot.domain import (
    AdvicePair,
    AgendaPlan,
    AgendaRequest,
    Coaching,
    CoachRequest,
    Drafted,
    PairVerdict,
    RecapClaims,
    RecapRequest,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]


class Clock(Protocol):
    def now(self) -> datetime:
        """The present moment, aware, in UTC."""


class Embedder(Protocol):
    """Text to unit vectors. `name` changes whenever the vectors would."""

    @property
    def name(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Shape (len(texts), dimensions), float32, rows of length 1."""


class VectorIndex(Protocol):
    """A throw-away cache over vectors whose truth is in SQL. Ids and filter fields only."""

    def upsert(self, ids: Sequence[str], vectors: Vectors, fields: Sequence[Mapping[str, str]]) -> None: ...

    def delete(self, ids: Sequence[str]) -> None: ...

    def search(
        self, vector: Vectors, k: int, where: Mapping[str, str] | None = None
    ) -> list[tuple[str, float]]:
        """The k nearest ids with cosine, best first; `vector` has shape (dimensions,).

        Raises IndexUnusable when the index is missing, stale or corrupt.
        """

    def rebuild(self, ids: Sequence[str], vectors: Vectors, fields: Sequence[Mapping[str, str]]) -> None:
        """Replace everything by these rows, or leave all as it was."""


class Engine(Protocol):
    """Whatever thinks: the local engine or a language model. What it says are claims."""

    @property
    def name(self) -> str:
        """ "local" or "llm"."""

    @property
    def model(self) -> str: ...

    def recap(self, request: RecapRequest) -> Drafted[RecapClaims]: ...

    def judge(self, pairs: Sequence[AdvicePair]) -> Drafted[tuple[PairVerdict, ...]]:
        """One verdict a pair, in their order."""

    def second_look(
        self, pairs: Sequence[AdvicePair], verdicts: Sequence[PairVerdict]
    ) -> Drafted[tuple[PairVerdict, ...]]:
        """Verdicts on pairs already flagged, looked at again with more care."""

    def coach(self, request: CoachRequest) -> Drafted[Coaching]: ...

    def agenda(self, request: AgendaRequest) -> Drafted[AgendaPlan]: ...
