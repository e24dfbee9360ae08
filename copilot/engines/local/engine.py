"""The local engine: assembles the small models and rules behind the engine port."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

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
    from copilot.engines.local.judge import LocalJudge
    from copilot.engines.local.recap import LocalRecap
    from copilot.ports import Embedder

T = TypeVar("T")
WEIGHTS = Path(__file__).parent / "weights"


@cache
def _model() -> str:
    from copilot import __version__

    digest = sha256()
    for file in sorted(WEIGHTS.glob("*.safetensors")):
        digest.update(file.read_bytes())
    return f"local-{__version__}+{digest.hexdigest()[:8]}"


class LocalEngine:
    """Needs no key and no network. Each part is loaded on first use.

    Raises DamagedWeights where the shipped weights are not the measured ones.
    """

    name = "local"

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    @property
    def model(self) -> str:
        """Changes with the program's version and with either file of weights, so that what another
        made is made again."""
        return _model()

    @cached_property
    def _recap(self) -> LocalRecap:
        from copilot.engines.local.recap import LocalRecap

        return LocalRecap(self._embedder)

    @cached_property
    def _judge(self) -> LocalJudge:
        from copilot.engines.local.judge import LocalJudge

        return LocalJudge(self._embedder)

    def recap(self, request: RecapRequest) -> Drafted[RecapClaims]:
        return self._drafted(self._recap.recap(request))

    def judge(self, pairs: Sequence[AdvicePair]) -> Drafted[tuple[PairVerdict, ...]]:
        return self._drafted(self._judge.judge(pairs))

    def second_look(
        self, pairs: Sequence[AdvicePair], verdicts: Sequence[PairVerdict]
    ) -> Drafted[tuple[PairVerdict, ...]]:
        return self._drafted(self._judge.second_look(pairs, verdicts))

    def coach(self, request: CoachRequest) -> Drafted[Coaching]:
        from copilot.engines.local.coach import coach

        return self._drafted(coach(request))

    def agenda(self, request: AgendaRequest) -> Drafted[AgendaPlan]:
        from copilot.engines.local.agenda import plan

        return self._drafted(plan(request))

    def _drafted(self, value: T) -> Drafted[T]:
        return Drafted(value=value, engine=self.name, model=self.model)
