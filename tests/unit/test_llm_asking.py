"""From a model's words to a checked answer, and what one draft costs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.domain import RecapRequest, Speaker, Turn, Usage
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
from copilot.engines.llm.asking import Unusable, parsed
from copilot.engines.llm.language import language_of
from copilot.engines.llm.methods import LADDER, MethodMemory
from copilot.engines.llm.support import shares_words
from copilot.engines.llm.transport import Meter
from copilot.errors import BadInput, EngineFailed
from copilot.settings import Settings

SHAPES = [AgendaAnswer, CoachAnswer, JudgeAnswer, SecondLookAnswer, SummaryAnswer, WindowAnswer]


@dataclass
class Recording:
    """A transport that answers from a list: how a recorded run is played."""

    texts: list[str]
    model: str = "recorded"
    asked: list[Ask] = field(default_factory=list)

    def complete(self, ask: Ask, deadline: Deadline) -> Answer:
        self.asked.append(ask)
        return Answer(text=self.texts[len(self.asked) - 1], usage=Usage(calls=1, prompt_tokens=5, cost=0.5))


def objects(schema: Any) -> Sequence[dict[str, Any]]:
    here = [schema] if isinstance(schema, dict) and schema.get("type") == "object" else []
    inner = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    return [*here, *(found for value in inner for found in objects(value))]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_schemas_are_what_strict_endpoints_demand(shape: Any) -> None:
    schema = wire_schema(shape)
    jsonschema.Draft202012Validator.check_schema(schema)
    found = objects(schema)
    assert found
    assert all(set(o["required"]) == set(o["properties"]) for o in found)
    assert all(o["additionalProperties"] is False for o in found)
    assert "$ref" not in json.dumps(schema)


@pytest.mark.parametrize(
    "text", ["", "```json\n```", "[1]", "3", "null", "{", '{"a": 1} and more', "[" * 9_999]
)
def test_what_is_not_one_object_is_not_mended(text: str) -> None:
    with pytest.raises(Unusable):
        parsed(text)


@given(st.dictionaries(st.text(), st.integers() | st.text()))
def test_an_object_comes_through_fences_and_thoughts(value: dict[str, Any]) -> None:
    text = json.dumps(value)
    for dressed in (text, f" {text}\n", f"```json\n{text}\n```", f"<think>{{no}}</think>\n```\n{text}\n```"):
        assert parsed(dressed) == value


def test_a_recording_can_stand_in_for_the_endpoint() -> None:
    notes = {
        "points": [{"text": "The grant is about families.", "turns": [0]}],
        "claims": [],
        "withdrawn": [],
    }
    summary = {"summary": [{"text": "It is about families.", "turns": [0]}], "thanks": "", "drop": []}
    recording = Recording([json.dumps(notes), json.dumps(summary)])
    engine = LlmEngine(LlmConfig(model="recorded"), recording)
    turn = Turn(index=0, speaker=Speaker.MENTOR, label="", text="It is about the families, the grant.")
    drafted = engine.recap(RecapRequest(turns=(turn,)))
    assert [p.turns for p in drafted.value.summary] == [(0,)]
    assert (drafted.usage.calls, drafted.usage.prompt_tokens, drafted.usage.cost) == (2, 10, 1.0)
    assert [ask.prompt for ask in recording.asked] == (drafted.prompt or "").split()
    again = Recording([json.dumps(notes), json.dumps(summary)])
    LlmEngine(LlmConfig(model="recorded"), again).recap(RecapRequest(turns=(turn,)))
    assert [ask.input_hash for ask in again.asked] == [ask.input_hash for ask in recording.asked]
    assert len({ask.input_hash for ask in again.asked}) == 2


def test_claims_dropped_on_merging_are_few_or_none() -> None:
    """One of nine may go; a model that wants most of them gone is not believed."""

    def notes(turn: int) -> str:
        claims = [
            {
                "turns": [turn],
                "quote": "cut the history",
                "kind": "advice",
                "text": "Cut the history.",
                "topic": "t",
                "condition": None,
                "owner": None,
                "due": None,
                "certainty": "clear",
            }
        ] * 3
        return json.dumps({"points": [], "claims": claims, "withdrawn": []})

    turns = tuple(
        Turn(index=n, speaker=Speaker.MENTOR, label="", text="You should cut the history out.")
        for n in range(3)
    )
    for drop, left in (([2], 8), ([1, 2, 3, 4], 9), ([77], 9)):
        summary = json.dumps(
            {"summary": [{"text": "Cut the history.", "turns": [0]}], "thanks": "", "drop": drop}
        )
        recording = Recording([*(notes(n) for n in range(3)), summary])
        engine = LlmEngine(LlmConfig(model="m", window_words=6, parallel=1), recording)
        assert len(engine.recap(RecapRequest(turns=turns)).value.claims) == left


def test_one_unknown_cost_makes_the_sum_unknown() -> None:
    meter = Meter()
    meter.add(Usage(calls=1, prompt_tokens=10, cost=0.2))
    assert meter.total(1.0).cost == 0.2
    meter.add(Usage(calls=1))
    assert (meter.total(1.0).cost, meter.total(1.0).prompt_tokens) == (None, 10)
    assert Meter().total(0).cost is None


def test_a_deadline_ends_by_the_clock_or_when_cut() -> None:
    now = [100.0]
    deadline = Deadline(5, lambda: now[0])
    now[0] = 104.0
    assert deadline.left == 1.0
    now[0] = 200.0
    assert deadline.over
    other = Deadline(5, lambda: now[0])
    other.cut()
    assert other.over


def test_a_memory_survives_a_restart_and_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    file = tmp_path / "methods.json"
    MethodMemory(file).remember("http://u:secret@host/v1", "m", "tool")
    assert MethodMemory(file).order("http://u:secret@host/v1", "m")[0] == "tool"
    assert MethodMemory(file).order("http://host/v1", "m") == LADDER
    assert "secret" not in file.read_text()
    (tmp_path / "plain").write_text("a file, no folder")
    MethodMemory(tmp_path / "plain" / "methods.json").remember("http://host", "m", "tool")


def test_the_key_is_in_no_text_about_the_configuration() -> None:
    settings = Settings(_env_file=None, model="m", openai_api_key="sk-very-secret", openai_base_url=None)  # type: ignore[call-arg, arg-type]
    config = LlmConfig.from_settings(settings)
    assert "very-secret" not in f"{config} {config!r}"
    assert config.base_url.startswith("https://api.openai.com")
    with pytest.raises(BadInput, match="COPILOT_MODEL"):
        LlmConfig.from_settings(Settings(_env_file=None, model=None))  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "I think you should not wait for the answer, because they will not write to you. What are you "
            * 2,
            "en",
        ),
        (
            "Ich denke nicht, dass du auf die Antwort warten musst, und das ist auch nicht gut für dich. "
            * 2,
            "de",
        ),
        (
            "No creo que sea una buena idea, pero lo que usted dice es más claro con los datos en la mano "
            * 2,
            "es",
        ),
        ("Я думаю, что вам не стоит ждать ответа, потому что они не напишут.", "CYRILLIC"),
        ("這個計畫的目標是什麼我們應該先問清楚再開始寫第一頁的內容謝謝你", "CJK"),
        ("zxqv wkrt " * 30, None),
        ("Short text.", None),
        ("", None),
    ],
)
def test_languages_are_told_apart_or_left_open(text: str, code: str | None) -> None:
    assert language_of(text) == code


@pytest.mark.parametrize(
    ("text", "source", "shared"),
    [
        ("Ask the treasurer for figures.", "go to your treasurer", True),
        ("HACKED", "go to your treasurer", False),
        ("", "go to your treasurer", False),
        ("先問清楚", "go to your treasurer", True),
    ],
)
def test_wording_about_something_else_is_noticed(text: str, source: str, shared: bool) -> None:
    assert shares_words(text, source) is shared


def test_a_transport_failure_carries_what_the_draft_had_cost() -> None:
    class Breaks(Recording):
        def complete(self, ask: Ask, deadline: Deadline) -> Answer:
            if self.asked:
                raise EngineFailed("Down.", "server-error", usage=Usage(calls=2))
            return super().complete(ask, deadline)

    turn = Turn(index=0, speaker=Speaker.MENTOR, label="", text="Hello.")
    with pytest.raises(EngineFailed) as failed:
        LlmEngine(LlmConfig(model="m"), Breaks(["not json"])).recap(RecapRequest(turns=(turn,)))
    assert failed.value.usage is not None
    assert (failed.value.usage.calls, failed.value.usage.prompt_tokens) == (3, 5)
