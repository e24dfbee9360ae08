"""When the model fails, the local engine drafts instead, and the draft says so."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Lock
from typing import TypeVar

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
    Usage,
)
from copilot.errors import EngineFailed
from copilot.ports import Engine
from copilot.thresholds import MODEL_ENGINE

T = TypeVar("T")


class FallbackEngine:
    """Implements `copilot.ports.Engine`: `primary`, and `local` for whatever it fails at.

    After several failures in a row `primary` is left alone for a while. A draft of `local` carries a notice,
    and the usage of the failed attempt: it was paid for.
    """

    def __init__(
        self, primary: Engine, local: Engine, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._primary = primary
        self._local = local
        self._monotonic = monotonic
        self._lock = Lock()
        self._failures = 0
        self._asleep_until = 0.0
        self._last = ""

    @property
    def name(self) -> str:
        return self._primary.name

    @property
    def model(self) -> str:
        return self._primary.model

    def recap(self, request: RecapRequest) -> Drafted[RecapClaims]:
        return self._first(lambda engine: engine.recap(request))

    def judge(self, pairs: Sequence[AdvicePair]) -> Drafted[tuple[PairVerdict, ...]]:
        return self._first(lambda engine: engine.judge(pairs))

    def second_look(
        self, pairs: Sequence[AdvicePair], verdicts: Sequence[PairVerdict]
    ) -> Drafted[tuple[PairVerdict, ...]]:
        return self._first(lambda engine: engine.second_look(pairs, verdicts))

    def coach(self, request: CoachRequest) -> Drafted[Coaching]:
        return self._first(lambda engine: engine.coach(request))

    def agenda(self, request: AgendaRequest) -> Drafted[AgendaPlan]:
        return self._first(lambda engine: engine.agenda(request))

    def _first(self, draft: Callable[[Engine], Drafted[T]]) -> Drafted[T]:
        if asleep := self._asleep():
            return self._locally(draft, f"was not asked, after failing before: {asleep}", Usage())
        try:
            drafted = draft(self._primary)
        except EngineFailed as failure:
            why = str(failure)
            self._failed(why)
            return self._locally(draft, f"could not be used: {why}", failure.usage or Usage())
        with self._lock:
            self._failures = 0
        return drafted

    def _locally(self, draft: Callable[[Engine], Drafted[T]], what: str, spent: Usage) -> Drafted[T]:
        drafted = draft(self._local)
        notice = f"Drafted by the local engine. The language model {what}"
        return replace(drafted, notice=notice, usage=drafted.usage + spent)

    def _failed(self, why: str) -> None:
        with self._lock:
            self._failures += 1
            self._last = why
            if self._failures >= MODEL_ENGINE.failures_before_pause:
                self._asleep_until = self._monotonic() + MODEL_ENGINE.pause_seconds

    def _asleep(self) -> str:
        """Why the primary is left alone now; "" when it may be asked."""
        with self._lock:
            return self._last if self._monotonic() < self._asleep_until else ""
