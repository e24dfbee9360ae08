"""Where a generated row came from, and what it cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Model calls of one draft. Cost is in US dollars, None where no price is configured."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: float | None = None
    seconds: float = 0.0

    def __add__(self, other: Usage) -> Usage:
        costs = [c for c in (self.cost, other.cost) if c is not None]
        return Usage(
            calls=self.calls + other.calls,
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
            cost=sum(costs) if costs else None,
            seconds=self.seconds + other.seconds,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted(Generic[T]):
    """What an engine returns: the value, and who really made it."""

    value: T
    engine: str
    """"local" or "llm": the one that made it, which after a fallback is not the one asked."""
    model: str
    prompt: str | None = None
    """"name@hash" of the prompt file, None for the local engine."""
    usage: Usage = field(default_factory=Usage)
    notice: str | None = None
    """Set when this is a fallback: one line for people that says what failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    engine: str
    model: str
    input: str
    """"sha256:…" over everything that was thought about."""
    thresholds: str
    prompt: str | None = None
    notice: str | None = None
    usage: Usage = field(default_factory=Usage)
