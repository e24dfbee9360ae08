"""Recordings: what was asked is answered, what changed is an error that names the change."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from copilot.domain import Usage
from copilot.engines.llm import Answer, Ask, Deadline
from copilot.errors import BadInput
from copilot.prompting import Message
from evals.cassette import Cassette, Player, Recorder, StaleCassette

DEADLINE = Deadline(5)


def ask(text: str = "hello", prompt: str = "coach@aaaa") -> Ask:
    return Ask(messages=(Message("user", text),), schema={"type": "object"}, name="coach", prompt=prompt)


class Parrot:
    """Answers with a number that grows: every answer is another one."""

    model = "parrot-1"

    def __init__(self) -> None:
        self.asked = 0

    def complete(self, ask: Ask, deadline: Deadline) -> Answer:
        self.asked += 1
        usage = Usage(calls=1, prompt_tokens=7, completion_tokens=2, cost=0.5)
        return Answer(text=json.dumps({"n": self.asked}), usage=usage)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    cassette = Cassette(tmp_path / "c.jsonl")
    recorder = Recorder(Parrot(), cassette)
    for text in ("hello", "hello", "other"):
        recorder.complete(ask(text), DEADLINE)
    cassette.write()
    return cassette.file


def test_a_recording_answers_as_the_model_did_with_its_cost(file: Path) -> None:
    player = Player(Cassette.read(file), "parrot-1")
    answers = [player.complete(ask(text), DEADLINE) for text in ("other", "hello", "hello")]
    assert [json.loads(a.text)["n"] for a in answers] == [3, 1, 2]
    assert answers[0].usage.cost == 0.5
    assert answers[0].usage.calls == 1


def test_a_third_repeat_falls_back_to_the_first_answer(file: Path) -> None:
    player = Player(Cassette.read(file), "parrot-1")
    assert [player.complete(ask(), DEADLINE).text for _ in range(3)][2] == '{"n": 1}'


def test_a_changed_prompt_is_named(file: Path) -> None:
    player = Player(Cassette.read(file), "parrot-1")
    with pytest.raises(StaleCassette, match=r"prompt coach changed.*coach@bbbb.*coach@aaaa") as found:
        player.complete(ask(prompt="coach@bbbb"), DEADLINE)
    assert found.value.reason == "stale-cassette"
    assert player.stale


def test_a_changed_input_another_model_and_an_unknown_prompt_are_told_apart(file: Path) -> None:
    cassette = Cassette.read(file)
    with pytest.raises(StaleCassette, match="not for this input"):
        Player(cassette, "parrot-1").complete(ask("new"), DEADLINE)
    with pytest.raises(StaleCassette, match="answers of parrot-1, not parrot-2"):
        Player(cassette, "parrot-2").complete(ask(), DEADLINE)
    with pytest.raises(StaleCassette, match="no answer to the prompt agenda"):
        Player(cassette, "parrot-1").complete(ask(prompt="agenda@1"), DEADLINE)


def test_a_changed_schema_is_another_question(file: Path) -> None:
    player = Player(Cassette.read(file), "parrot-1")
    with pytest.raises(StaleCassette):
        player.complete(replace(ask(), schema={"type": "array"}), DEADLINE)


def test_writing_twice_gives_the_same_bytes(file: Path) -> None:
    before = file.read_bytes()
    Cassette.read(file).write()
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "text", ["{", "{}", '{"format": 9, "model": "m", "prompt": "p", "input": "i", "text": ""}']
)
def test_a_damaged_cassette_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    file = tmp_path / "c.jsonl"
    file.write_text(text + "\n")
    with pytest.raises(BadInput, match="line 1"):
        Cassette.read(file)


def test_a_missing_cassette_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="--record"):
        Cassette.read(tmp_path / "none.jsonl")
