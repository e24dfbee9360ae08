"""The copilot under test: its real steps with one engine, and a meter on what the engine spends."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock, local
from typing import TYPE_CHECKING, Any, TypeVar

from copilot.domain import (
    AdvicePair,
    AgendaPlan,
    AgendaRequest,
    Coaching,
    CoachRequest,
    Drafted,
    PairVerdict,
    Recap,
    RecapClaims,
    RecapRequest,
    Speaker,
    Transcript,
    Usage,
)
from evals.values import Output

if TYPE_CHECKING:
    from copilot.bootstrap import Copilot
    from copilot.ports import Engine

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Spent:
    """Model calls and US dollars; cost None where no price is known."""

    calls: int = 0
    cost: float | None = None

    def __sub__(self, before: Spent) -> Spent:
        cost = None if self.cost is None else self.cost - (before.cost or 0.0)
        return Spent(self.calls - before.calls, cost)


class Metered:
    """An engine that remembers, for each thread, what its drafts used. Failures are paid for too."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._used = local()

    @property
    def name(self) -> str:
        return self._engine.name

    @property
    def model(self) -> str:
        return self._engine.model

    def spent(self) -> Spent:
        usage: Usage = getattr(self._used, "usage", Usage())
        return Spent(usage.calls, usage.cost)

    def _metered(self, think: Callable[[], Drafted[T]]) -> Drafted[T]:
        try:
            drafted = think()
        except Exception as error:
            self._add(getattr(error, "usage", None) or Usage())
            raise
        self._add(drafted.usage)
        return drafted

    def _add(self, usage: Usage) -> None:
        self._used.usage = getattr(self._used, "usage", Usage()) + usage

    def recap(self, request: RecapRequest) -> Drafted[RecapClaims]:
        return self._metered(lambda: self._engine.recap(request))

    def judge(self, pairs: Sequence[AdvicePair]) -> Drafted[tuple[PairVerdict, ...]]:
        return self._metered(lambda: self._engine.judge(pairs))

    def second_look(
        self, pairs: Sequence[AdvicePair], verdicts: Sequence[PairVerdict]
    ) -> Drafted[tuple[PairVerdict, ...]]:
        return self._metered(lambda: self._engine.second_look(pairs, verdicts))

    def coach(self, request: CoachRequest) -> Drafted[Coaching]:
        return self._metered(lambda: self._engine.coach(request))

    def agenda(self, request: AgendaRequest) -> Drafted[AgendaPlan]:
        return self._metered(lambda: self._engine.agenda(request))


class Subject:
    """One engine, wired as in the product. There is no fallback: an engine that fails has failed."""

    def __init__(self, engine: Engine, *, parallel: int = 1, embedder: Any = None) -> None:
        self.engine = Metered(engine)
        self.parallel = parallel
        self._embedder = embedder
        self._drafts: dict[tuple[str, str], list[Recap]] = {}
        self._lock = Lock()
        self._building = Lock()
        self.judged: dict[tuple[str, str], dict[str, Any]] = {}
        """Verdicts on pairs of texts that were judged together, before their cases came up."""
        self._programmes: dict[str, Copilot] = {}

    def spent(self) -> Spent:
        return self.engine.spent()

    def parts(self, folder: Path | None = None, *, moment: datetime | None = None) -> Copilot:
        """A fresh programme with the engine under test, in a folder of its own; `folder` is imported."""
        from copilot.bootstrap import Copilot
        from copilot.settings import Settings
        from copilot.testing import FixedClock

        data = Path(tempfile.mkdtemp(prefix="copilot-eval-", dir=self._scratch()))
        settings = Settings(data=data, engine="local", now=moment, _env_file=None)
        parts = Copilot(settings, FixedClock(moment) if moment else None)
        parts.__dict__["engine"] = self.engine
        if self._embedder is None:
            self._embedder = parts.embedder
        parts.__dict__["embedder"] = self._embedder
        if folder is not None:
            from copilot.workflow.import_programme import import_programme

            import_programme(parts.store, folder, parts.programme)
        return parts

    def once(self, key: str, build: Callable[[], Copilot]) -> Copilot:
        """A programme that several cases share: built with the first of them."""
        with self._building:
            if key not in self._programmes:
                self._programmes[key] = build()
            return self._programmes[key]

    def _scratch(self) -> str:
        if not hasattr(self, "_folder"):
            self._folder = tempfile.TemporaryDirectory(prefix="copilot-evals-")
        return self._folder.name

    def recap(
        self,
        data: bytes,
        filename: str,
        *,
        speakers: Mapping[str, str] | None = None,
        started_at: str | None = None,
        goal: str | None = None,
        mentor_name: str | None = None,
        mentee_name: str | None = None,
        keep_as: tuple[str, str] | None = None,
    ) -> Output:
        """Draft a recap of a file: {"recap": contract JSON, "turns": what the recap points into}."""
        from copilot.recap import draft_recap
        from copilot.transcript import parse_transcript

        who = {label: Speaker(role) for label, role in (speakers or {}).items()}
        transcript = parse_transcript(data, filename, speakers=who)
        request = RecapRequest(
            turns=transcript.turns,
            goal=goal,
            started_at=datetime.fromisoformat(started_at) if started_at else None,
            mentor_name=mentor_name,
            mentee_name=mentee_name,
        )
        session = keep_as[1] if keep_as else "case"
        recap = draft_recap(transcript, self.engine, request, session=session)
        if keep_as is not None:
            with self._lock:
                self._drafts.setdefault(keep_as, []).append(recap)
        return recap_output(recap, transcript)

    def kept(self, programme: str, session: str) -> Recap | None:
        """A draft of this session, each in turn: what builds on recaps need not pay for them again."""
        with self._lock:
            found = self._drafts.get((programme, session))
            if not found:
                return None
            found.append(found.pop(0))
            return found[-1]


def recap_output(recap: Recap, transcript: Transcript) -> dict[str, Any]:
    from copilot.recap import recap_to_json

    turns = [
        {"n": t.index, "speaker": t.speaker.value, "label": t.label, "text": t.text, "start": t.start}
        for t in transcript.turns
    ]
    return {"recap": recap_to_json(recap), "turns": turns}
