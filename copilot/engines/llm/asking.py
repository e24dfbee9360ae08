"""One question with its one repair: render, ask, parse, check, and say exactly what was wrong."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from copilot.domain import Usage
from copilot.engines.llm.answers import wire_schema
from copilot.engines.llm.transport import Answer, Ask, ChatTransport, Deadline, Meter
from copilot.errors import EngineFailed
from copilot.prompting import Message, load_prompt

A = TypeVar("A", bound=BaseModel)

_FENCE = re.compile(r"\A```[\w-]*\s*\n(.*?)\n?\s*```\Z", re.DOTALL)
_THINKING = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
_SHOWN = 6_000
"""Characters of a bad answer that are shown back in the repair turn."""


class Unusable(Exception):
    """An answer that cannot be used. The text is shown to the model, never to people."""

    def __init__(self, problem: str, reason: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.reason = reason


@dataclass(slots=True)
class Draft:
    """What all calls of one draft share."""

    transport: ChatTransport
    deadline: Deadline
    meter: Meter = field(default_factory=Meter)
    started: float = field(default_factory=time.monotonic)

    @property
    def usage(self) -> Usage:
        return self.meter.total(time.monotonic() - self.started)

    def ask(
        self,
        prompt_name: str,
        values: Mapping[str, str | int],
        answer_type: type[A],
        check: Callable[[A], None] = lambda answer: None,
    ) -> A:
        """The checked answer. `check` raises Unusable. Raises EngineFailed after one failed repair."""
        prompt = load_prompt(prompt_name)
        system, user = prompt.render(values)
        schema = wire_schema(answer_type)
        system = Message("system", f"{system.content}\n\n{_shape(schema)}")
        first = Ask(messages=(system, user), schema=schema, name=prompt_name, prompt=prompt.reference)
        answer = self._complete(first)
        try:
            return _checked(answer, answer_type, check)
        except Unusable as trouble:
            repair = (
                Message("assistant", answer.text[:_SHOWN] or "(nothing)"),
                Message("user", f"This answer cannot be used: {trouble.problem}\n\n{_shape(schema)}"),
            )
        again = Ask(
            messages=(system, user, *repair), schema=schema, name=prompt_name, prompt=prompt.reference
        )
        try:
            return _checked(self._complete(again), answer_type, check)
        except Unusable as trouble:
            raise EngineFailed(_WORDS[trouble.reason], trouble.reason) from None

    def _complete(self, ask: Ask) -> Answer:
        try:
            answer = self.transport.complete(ask, self.deadline)
        except EngineFailed as failure:
            self.meter.add(failure.usage or Usage())
            raise
        self.meter.add(answer.usage)
        return answer


_WORDS = {
    "empty": "The model gave an empty answer twice.",
    "truncated": "The model's answer was cut off twice.",
    "malformed": "The model's answer was not JSON, twice.",
    "invalid": "The model's answer had the wrong form, twice.",
    "wrong-language": "The model answered in another language than the session's, twice.",
}


def _shape(schema: Mapping[str, Any]) -> str:
    return (
        "ANSWER with one JSON object and nothing around it. It has exactly the keys of this JSON Schema:\n"
        + json.dumps(schema, separators=(",", ":"))
    )


def _checked(answer: Answer, answer_type: type[A], check: Callable[[A], None]) -> A:
    if answer.truncated:
        raise Unusable(
            "It was cut off before its end. Use fewer words and keep what matters most.", "truncated"
        )
    try:
        value = answer_type.model_validate(parsed(answer.text))
    except ValidationError as error:
        raise Unusable(_complaints(error), "invalid") from None
    check(value)
    return value


def parsed(text: str) -> dict[str, Any]:
    """The JSON object that the whole text is; a code fence or a thinking block around it is taken off.

    Nothing is mended: what is not JSON raises Unusable.
    """
    bare = _THINKING.sub("", text).strip()
    if fence := _FENCE.match(bare):
        bare = fence.group(1)
    if not bare:
        raise Unusable("It was empty.", "empty")
    try:
        value = json.loads(bare)
    except (ValueError, RecursionError):
        raise Unusable("It is not one JSON object.", "malformed") from None
    if not isinstance(value, dict):
        raise Unusable("It is JSON, but not an object.", "malformed")
    return value


def _complaints(error: ValidationError) -> str:
    """The first faults, each with its place."""
    faults = error.errors(include_url=False, include_input=False, include_context=False)
    lines = [f"- {'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}" for fault in faults[:12]]
    return "\n".join(["It does not follow the schema.", *lines])
