"""The engine that asks a language model; everything it says stays a claim."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil
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
)
from copilot.engines.llm import judging, planning, recap
from copilot.engines.llm.asking import Draft
from copilot.engines.llm.config import LlmConfig
from copilot.engines.llm.transport import ChatTransport, Deadline
from copilot.errors import EngineFailed
from copilot.prompting import load_prompt

T = TypeVar("T")
_ROUNDS = 8
"""Calls one after another that one deadline has to suffice for."""


class LlmEngine:
    """Implements `copilot.ports.Engine`. Safe to share between threads.

    Every method raises EngineFailed (with `reason` and `usage`) unless the whole draft succeeded.
    """

    def __init__(self, config: LlmConfig, transport: ChatTransport | None = None) -> None:
        """`transport` None: the configured endpoint, reached through LangChain, loaded on first use."""
        self._config = config
        self._given = transport

    @property
    def name(self) -> str:
        return "llm"

    @property
    def model(self) -> str:
        return self._config.model

    def recap(self, request: RecapRequest) -> Drafted[RecapClaims]:
        return self._draft(
            (recap.WINDOW, recap.SUMMARY),
            lambda draft: recap.recap(
                draft, request, window_words=self._config.window_words, parallel=self._config.parallel
            ),
        )

    def judge(self, pairs: Sequence[AdvicePair]) -> Drafted[tuple[PairVerdict, ...]]:
        return self._draft(
            (judging.JUDGE,),
            lambda draft: judging.judge(draft, pairs, parallel=self._config.parallel),
            calls=judging.calls_for(len(pairs)),
        )

    def second_look(
        self, pairs: Sequence[AdvicePair], verdicts: Sequence[PairVerdict]
    ) -> Drafted[tuple[PairVerdict, ...]]:
        return self._draft(
            (judging.SECOND,),
            lambda draft: judging.second_look(draft, pairs, verdicts, parallel=self._config.parallel),
            calls=judging.calls_for(len(pairs)),
        )

    def coach(self, request: CoachRequest) -> Drafted[Coaching]:
        return self._draft((planning.COACH,), lambda draft: planning.coach(draft, request))

    def agenda(self, request: AgendaRequest) -> Drafted[AgendaPlan]:
        return self._draft((planning.AGENDA,), lambda draft: planning.agenda(draft, request))

    def _draft(self, prompts: Sequence[str], think: Callable[[Draft], T], calls: int = 1) -> Drafted[T]:
        """One deadline; where `calls` are needed that no draft could do within it, one for each such heap."""
        heaps = ceil(calls / (_ROUNDS * self._config.parallel))
        draft = Draft(self._transport(), Deadline(self._config.deadline * max(1, heaps)))
        try:
            value = think(draft)
        except EngineFailed as failure:
            failure.usage = draft.usage
            raise
        return Drafted(
            value=value,
            engine=self.name,
            model=self.model,
            prompt=" ".join(load_prompt(name).reference for name in prompts),
            usage=draft.usage,
        )

    def _transport(self) -> ChatTransport:
        if self._given is None:
            from copilot.engines.llm.openai_chat import OpenAIChat

            self._given = OpenAIChat(self._config)
        return self._given
