"""The seam to a chat model: what is asked, what comes back, and until when one may wait."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from json import dumps
from threading import Event, Lock
from typing import Any, Protocol

from copilot.domain import Usage
from copilot.prompting import Message
from copilot.text import content_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One question to a chat model. `schema` is the JSON Schema that the answer should follow."""

    messages: tuple[Message, ...]
    schema: Mapping[str, Any]
    name: str
    """A word for the schema: letters and underscores."""
    prompt: str
    """"name@hash" of the prompt file."""

    @property
    def input_hash(self) -> str:
        """ "sha256:…" over all that the model sees: with prompt and model the key of a recorded answer."""
        parts = [f"{m.role}\n{m.content}" for m in self.messages]
        return content_hash(self.name, dumps(self.schema, sort_keys=True), *parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The words that came back, not yet checked."""

    text: str
    usage: Usage
    truncated: bool = False


class Deadline:
    """A moment by the monotonic clock after which a draft is given up. Thread-safe."""

    def __init__(self, seconds: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._end = monotonic() + seconds
        self._cut = Event()

    @property
    def left(self) -> float:
        """Seconds, 0 once over or cut."""
        return 0.0 if self._cut.is_set() else max(0.0, self._end - self._monotonic())

    @property
    def over(self) -> bool:
        return self.left <= 0

    def cut(self) -> None:
        """End it now: a draft that has already failed needs no further answers."""
        self._cut.set()

    def wait(self, seconds: float) -> None:
        """Sleep so long, or until the deadline is over or cut."""
        self._cut.wait(min(seconds, self.left))


class ChatTransport(Protocol):
    """Whatever can put an Ask to a model: an endpoint, or a recording of one."""

    @property
    def model(self) -> str: ...

    def complete(self, ask: Ask, deadline: Deadline) -> Answer:
        """Called from several threads at once. Raises EngineFailed with reason and usage."""


@dataclass(slots=True)
class Meter:
    """Adds up what one draft uses. Thread-safe."""

    _items: list[Usage] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def add(self, usage: Usage) -> None:
        with self._lock:
            self._items.append(usage)

    def total(self, seconds: float) -> Usage:
        """The sum; no cost as soon as the cost of one call is unknown. `seconds` by the wall clock."""
        with self._lock:
            items = list(self._items)
        known = bool(items) and all(item.cost is not None for item in items)
        return Usage(
            calls=sum(item.calls for item in items),
            prompt_tokens=sum(item.prompt_tokens for item in items),
            completion_tokens=sum(item.completion_tokens for item in items),
            cost=sum(item.cost or 0.0 for item in items) if known else None,
            seconds=round(seconds, 3),
        )
