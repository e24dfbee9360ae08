"""Fakes that ship with the product, for its own tests and for those of its users."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

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
from copilot.errors import EngineFailed

if TYPE_CHECKING:
    from copilot.ports import Vectors


@dataclass(slots=True)
class FixedClock:
    """A clock that stands still until told to move."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment

    def advance(self, by: timedelta) -> None:
        self.moment += by


@dataclass(frozen=True, slots=True)
class HashEmbedder:
    """Bag-of-words vectors by hashing: instant, deterministic, texts that share words are near."""

    dimensions: int = 64
    name: str = "hash-64"

    def embed(self, texts: Sequence[str]) -> Vectors:
        import numpy as np

        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.lower().split() or [""]:
                digest = sha256(word.encode()).digest()
                row[digest[0] % self.dimensions] += 1.0 if digest[1] % 2 else -1.0
            row[0] += 1e-3
            row /= np.linalg.norm(row)
        return rows


@dataclass(slots=True)
class ScriptedEngine:
    """Answers from a list, in order; an exception in the list is raised. Keeps what it was asked."""

    answers: list[Any]
    name: str = "local"
    model: str = "scripted"
    asked: list[Any] = field(default_factory=list)

    def _next(self, request: Any) -> Drafted[Any]:
        self.asked.append(request)
        if not self.answers:
            raise EngineFailed("The script has no more answers.", "script-empty")
        answer = self.answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return Drafted(value=answer, engine=self.name, model=self.model)

    def recap(self, request: RecapRequest) -> Drafted[RecapClaims]:
        return self._next(request)

    def judge(self, pairs: Sequence[AdvicePair]) -> Drafted[tuple[PairVerdict, ...]]:
        return self._next(tuple(pairs))

    def second_look(
        self, pairs: Sequence[AdvicePair], verdicts: Sequence[PairVerdict]
    ) -> Drafted[tuple[PairVerdict, ...]]:
        return self._next((tuple(pairs), tuple(verdicts)))

    def coach(self, request: CoachRequest) -> Drafted[Coaching]:
        return self._next(request)

    def agenda(self, request: AgendaRequest) -> Drafted[AgendaPlan]:
        return self._next(request)
