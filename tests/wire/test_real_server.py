"""llama.cpp's own OpenAI-compatible server with random weights: valid form, pure noise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from copilot.domain import Recap, RecapClaims, RecapRequest, Transcript
from copilot.engines.fallback import FallbackEngine
from copilot.engines.llm import Answer, Ask, Deadline, LlmConfig, LlmEngine
from copilot.engines.llm.answers import (
    AgendaAnswer,
    CoachAnswer,
    JudgeAnswer,
    SecondLookAnswer,
    SummaryAnswer,
    WindowAnswer,
    wire_schema,
)
from copilot.engines.llm.asking import parsed
from copilot.engines.llm.openai_chat import OpenAIChat
from copilot.prompting import Message
from copilot.recap import draft_recap
from copilot.testing import ScriptedEngine
from wire.conftest import make_turns
from wire.tiny_model import start_server, write_model

pytest.importorskip("xllamacpp", reason="xllamacpp cannot be imported here: no real server was asked")
pytest.importorskip("gguf", reason="gguf cannot be imported here: no real server was asked")
pytestmark = pytest.mark.slow

REQUEST = RecapRequest(turns=make_turns(), goal="get the garden grant")


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LlmConfig]:
    server: Any = start_server(write_model(tmp_path_factory.mktemp("model") / "tiny.gguf"))
    url = f"{server.listening_address}/v1"
    yield LlmConfig(model="tiny", base_url=url, timeout=120, deadline=300, parallel=1)
    del server


@dataclass
class NoisyNotes:
    """The real server's noise for the notes; an empty summary, so that the noise reaches grounding."""

    real: OpenAIChat
    model: str = "tiny"
    heard: list[Answer] = field(default_factory=list)

    def complete(self, ask: Ask, deadline: Deadline) -> Answer:
        if ask.name == "recap_summary":
            return Answer(text='{"summary": [], "thanks": "", "drop": []}', usage=self.heard[-1].usage)
        self.heard.append(self.real.complete(ask, deadline))
        return self.heard[-1]


def drafted(engine: Any) -> Recap:
    transcript = Transcript(format="txt", raw_hash="sha256:0", turns=REQUEST.turns)
    return draft_recap(transcript, engine, REQUEST, session="s1")


def test_the_server_makes_even_noise_follow_our_schemas(config: LlmConfig) -> None:
    """So the schemas are ones that a strict endpoint accepts and enforces."""
    chat = OpenAIChat(config)
    for shape in (AgendaAnswer, CoachAnswer, JudgeAnswer, SecondLookAnswer, SummaryAnswer, WindowAnswer):
        name = shape.__name__
        messages = (Message("system", "Take notes."), Message("user", "Hello. You should rest more."))
        ask = Ask(messages=messages, schema=wire_schema(shape), name=name, prompt=f"{name}@0")
        answer = chat.complete(ask, Deadline(120))
        assert not answer.truncated
        assert set(parsed(answer.text)) == set(shape.model_fields)
        assert answer.usage.prompt_tokens > 0
        assert answer.usage.completion_tokens > 10


def test_noise_with_the_right_form_does_not_survive_grounding(config: LlmConfig) -> None:
    transport = NoisyNotes(OpenAIChat(config))
    recap = drafted(LlmEngine(config, transport))
    assert transport.heard[-1].usage.prompt_tokens > 1_000
    assert recap.unsupported > 0
    for found in (recap.advice, recap.actions, recap.decisions, recap.questions, recap.opportunities):
        assert found == ()
    assert recap.summary == ()
    assert recap.thanks == ""
    assert recap.provenance.engine == "llm"


def test_a_recap_that_is_noise_to_the_end_fails_or_holds_nothing(config: LlmConfig) -> None:
    spare = ScriptedEngine([RecapClaims(summary=(), claims=(), thanks="", covered=())])
    recap = drafted(FallbackEngine(LlmEngine(config), spare))
    assert (recap.provenance.engine == "local") == bool(spare.asked)
    assert bool(recap.provenance.notice) == bool(spare.asked)
    assert recap.provenance.usage.prompt_tokens > 2_000
    assert recap.advice == recap.actions == recap.summary == ()
