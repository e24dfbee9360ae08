"""The columns of provenance, for every table whose rows were generated."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Float, Integer

from copilot.domain import Provenance, Usage
from copilot.store.types import Words
from copilot.text import content_hash


def provenance_columns() -> tuple[Column[Any], ...]:
    return (
        Column("engine", Words, nullable=False),
        Column("model", Words, nullable=False),
        Column("prompt", Words),
        Column("input_hash", Words, nullable=False),
        Column("thresholds", Words, nullable=False),
        Column("notice", Words),
        Column("calls", Integer, nullable=False),
        Column("prompt_tokens", Integer, nullable=False),
        Column("completion_tokens", Integer, nullable=False),
        Column("cost", Float(53)),
        Column("seconds", Float(53), nullable=False),
    )


def provenance_values(provenance: Provenance) -> dict[str, Any]:
    usage = provenance.usage
    return {
        "engine": provenance.engine,
        "model": provenance.model,
        "prompt": provenance.prompt,
        "input_hash": provenance.input,
        "thresholds": provenance.thresholds,
        "notice": provenance.notice,
        "calls": usage.calls,
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens,
        "cost": usage.cost,
        "seconds": usage.seconds,
    }


def provenance_of(row: Any) -> Provenance:
    usage = Usage(
        calls=row.calls,
        prompt_tokens=row.prompt_tokens,
        completion_tokens=row.completion_tokens,
        cost=row.cost,
        seconds=row.seconds,
    )
    return Provenance(
        engine=row.engine,
        model=row.model,
        input=row.input_hash,
        thresholds=row.thresholds,
        prompt=row.prompt,
        notice=row.notice,
        usage=usage,
    )


def generation(provenance: Provenance) -> str:
    """Same key = same thinking over the same input: it need not be stored or paid for twice."""
    return content_hash(
        provenance.engine,
        provenance.model,
        provenance.prompt or "",
        provenance.input,
        provenance.thresholds,
    )
