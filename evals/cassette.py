"""Recorded answers of a model: an eval of the model engine then needs no key and no network.

One JSON line an answer, keyed by the prompt's hash, the hash of all that the model saw, and the
model. Asking something else than was recorded is an error that says why: the prompt changed (and
which), or the input did. Nothing is ever answered from a neighbouring recording.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from threading import Lock
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from copilot.domain import Usage
from copilot.engines.llm import Answer, Ask, ChatTransport, Deadline
from copilot.errors import BadInput, EngineFailed

FORMAT = 1


class StaleCassette(EngineFailed):
    """What is asked now was not recorded."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "stale-cassette", "Record again with --record, or take the change back.")


class Take(BaseModel):
    """One recorded answer."""

    model_config = ConfigDict(extra="forbid")

    format: int = FORMAT
    model: str
    prompt: str
    """"name@hash" of the prompt file."""
    input: str
    """"sha256:…" over everything that the model saw."""
    nth: int = 0
    """0 for the first answer to this very question, 1 for the second (repeats)."""
    text: str
    truncated: bool = False
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: float | None = None
    seconds: float = 0.0

    @property
    def key(self) -> tuple[str, str, str, int]:
        return (self.model, self.prompt, self.input, self.nth)


class Cassette:
    """All takes of one file. Thread-safe."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.takes: dict[tuple[str, str, str, int], Take] = {}

    @classmethod
    def read(cls, file: Path) -> Cassette:
        """Raises BadInput, with the line, when the file is no cassette."""
        cassette = cls(file)
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except OSError as error:
            raise BadInput(
                f"Cannot read the cassette {file}: {error.strerror}.", "Record one with --record."
            ) from None
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                take = Take.model_validate_json(line)
            except ValidationError as error:
                raise BadInput(f"{file.name}, line {number}: {error.errors()[0]['msg']}.") from None
            if take.format != FORMAT:
                raise BadInput(
                    f"{file.name}, line {number}: format {take.format}, not {FORMAT}.", "Record again."
                )
            cassette.takes[take.key] = take
        return cassette

    def add(self, take: Take) -> None:
        self.takes[take.key] = take

    def write(self) -> None:
        """One line a take, in a settled order, so that a new recording shows as a small difference."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        rows = sorted(self.takes.values(), key=lambda t: (t.prompt, t.input, t.nth))
        lines = [json.dumps(t.model_dump(), ensure_ascii=False, sort_keys=True) for t in rows]
        self.file.write_text("\n".join(lines) + "\n", encoding="utf-8")

    @property
    def models(self) -> list[str]:
        return sorted({take.model for take in self.takes.values()})


class _Counting:
    """Counts how often a question was asked, so that repeats can have answers of their own."""

    def __init__(self) -> None:
        self._asked: Counter[tuple[str, str]] = Counter()
        self._lock = Lock()

    def next(self, ask: Ask) -> int:
        with self._lock:
            key = (ask.prompt, ask.input_hash)
            self._asked[key] += 1
            return self._asked[key] - 1


class Recorder:
    """Passes questions on to a real transport and keeps its answers; failures are not kept."""

    def __init__(self, inner: ChatTransport, cassette: Cassette) -> None:
        self._inner, self._cassette, self._count = inner, cassette, _Counting()

    @property
    def model(self) -> str:
        return self._inner.model

    def complete(self, ask: Ask, deadline: Deadline) -> Answer:
        nth = self._count.next(ask)
        answer = self._inner.complete(ask, deadline)
        usage = answer.usage
        first = self._cassette.takes.get((self.model, ask.prompt, ask.input_hash, 0))
        if nth and first is not None and first.text == answer.text:
            return answer  # a replay falls back to the first answer
        self._cassette.add(
            Take(
                model=self.model,
                prompt=ask.prompt,
                input=ask.input_hash,
                nth=nth,
                text=answer.text,
                truncated=answer.truncated,
                prompt_tokens=usage.prompt_tokens,
                completion_tokens=usage.completion_tokens,
                cost=usage.cost,
                seconds=usage.seconds,
            )
        )
        return answer


class Player:
    """Answers from a cassette alone. Raises StaleCassette for what was not recorded."""

    def __init__(self, cassette: Cassette, model: str) -> None:
        self._cassette, self._model, self._count = cassette, model, _Counting()
        self.stale: list[str] = []
        """What was asked and not recorded, one line each."""

    @property
    def model(self) -> str:
        return self._model

    def complete(self, ask: Ask, deadline: Deadline) -> Answer:
        takes, nth = self._cassette.takes, self._count.next(ask)
        key = (self._model, ask.prompt, ask.input_hash)
        take = takes.get((*key, nth)) or takes.get((*key, 0))
        if take is None:
            error = self._stale(ask)
            self.stale += [error.message] if error.message not in self.stale else []
            raise error
        usage: dict[str, Any] = {
            "prompt_tokens": take.prompt_tokens,
            "completion_tokens": take.completion_tokens,
        }
        return Answer(
            text=take.text,
            usage=Usage(calls=1, cost=take.cost, seconds=take.seconds, **usage),
            truncated=take.truncated,
        )

    def _stale(self, ask: Ask) -> StaleCassette:
        name = ask.prompt.partition("@")[0]
        known = {t.prompt for t in self._cassette.takes.values() if t.prompt.partition("@")[0] == name}
        file = self._cassette.file.name
        if known and ask.prompt not in known:
            before = ", ".join(sorted(known))
            now = f"it is {ask.prompt}, recorded was {before}"
            return StaleCassette(f"The prompt {name} changed since {file} was recorded: {now}.")
        if self._model not in self._cassette.models:
            models = ", ".join(self._cassette.models) or "no model"
            return StaleCassette(f"{file} holds answers of {models}, not {self._model}.")
        if not known:
            return StaleCassette(f"{file} holds no answer to the prompt {name}.")
        return StaleCassette(f"{file} holds answers to the prompt {name}, but not for this input.")
