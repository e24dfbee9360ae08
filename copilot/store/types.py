"""Column types that behave the same on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from copilot.errors import BadInput


def clean(value: str) -> str:
    """The text, if both databases can keep it; raises BadInput for NUL and for half characters."""
    if "\x00" in value:
        raise BadInput("A text holds a NUL character, which no database keeps.", "Remove it and try again.")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise BadInput(
            "A text holds half of a character (a lone surrogate).", "Save it as UTF-8 and try again."
        ) from None
    return value


class Words(TypeDecorator[str]):
    """Text that was looked at before PostgreSQL would refuse it and SQLite would not."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else clean(value)


class Utc(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; comes back aware."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive time cannot be stored")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Items(TypeDecorator[tuple[Any, ...]]):
    """A short list of strings or of turn numbers, as JSON; comes back as a tuple."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> list[Any] | None:
        if value is None:
            return None
        return [clean(item) if isinstance(item, str) else item for item in value]

    def process_result_value(self, value: list[Any] | None, dialect: Dialect) -> tuple[Any, ...] | None:
        return None if value is None else tuple(value)


class Labels(TypeDecorator[dict[str, str]]):
    """A small mapping of strings, as JSON."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: dict[str, str] | None, dialect: Dialect) -> dict[str, str] | None:
        return None if value is None else {clean(key): clean(text) for key, text in value.items()}
