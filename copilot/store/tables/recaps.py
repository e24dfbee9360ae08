"""Tables of recap versions and of what stands in them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
    UniqueConstraint,
    text,
)

from copilot.domain import ActionState, Speaker, Status
from copilot.store.tables.base import inside, metadata, one_of, scope
from copilot.store.tables.provenance import provenance_columns
from copilot.store.types import Items, Utc, Words

NOTE_KINDS = ("decision", "question", "opportunity")

recap = Table(
    "recap",
    metadata,
    Column("id", Integer, primary_key=True),
    scope(),
    Column("session_id", Words, nullable=False),
    Column("version", Integer, nullable=False),
    Column("status", Words, nullable=False),
    Column("coverage", Float(53), nullable=False),
    Column("thanks", Words, nullable=False),
    Column("unsupported", Integer, nullable=False),
    Column("notices", Items, nullable=False),
    Column("editor", Words),
    Column("generation", Words),  # empty for what a person wrote
    Column("approved_by", Words),
    Column("approved_at", Utc),
    *provenance_columns(),
    inside("session", "session_id"),
    one_of("status", Status),
    UniqueConstraint("programme_id", "session_id", "version"),
    UniqueConstraint("programme_id", "session_id", "generation"),
)

Index(
    "uq_recap_approved",
    recap.c.programme_id,
    recap.c.session_id,
    unique=True,
    sqlite_where=text("status = 'approved'"),
    postgresql_where=text("status = 'approved'"),
)


def _line() -> tuple[Column[Any], ...]:
    """Where a line stands: its recap, its programme, its place."""
    return (
        Column("recap_id", ForeignKey("recap.id", ondelete="CASCADE"), primary_key=True),
        Column("position", Integer, primary_key=True),
        scope(),
    )


summary_point = Table(
    "summary_point",
    metadata,
    *_line(),
    Column("text", Words, nullable=False),
    Column("turns", Items, nullable=False),
)

advice = Table(
    "advice",
    metadata,
    *_line(),
    Column("id", Words, nullable=False),
    Column("quote", Words, nullable=False),
    Column("turns", Items, nullable=False),
    Column("at", Words),
    Column("text", Words, nullable=False),
    Column("topic", Words, nullable=False),
    Column("condition", Words),
    Column("confidence", Float(53), nullable=False),
    UniqueConstraint("recap_id", "id"),
    Index(None, "programme_id", "id"),
)

action_item = Table(
    "action_item",
    metadata,
    *_line(),
    Column("id", Words, nullable=False),
    Column("quote", Words, nullable=False),
    Column("turns", Items, nullable=False),
    Column("at", Words),
    Column("owner", Words),
    Column("task", Words, nullable=False),
    Column("due", Date),
    Column("due_said", Words),
    Column("state", Words, nullable=False),
    one_of("owner", Speaker),
    one_of("state", ActionState),
    UniqueConstraint("recap_id", "id"),
    Index(None, "programme_id", "id"),
)

# What a person said about an action holds for every version of the recap that carries it.
action_progress = Table(
    "action_progress",
    metadata,
    scope(primary_key=True),
    Column("action_id", Words, primary_key=True),
    Column("session_id", Words, nullable=False),
    Column("state", Words, nullable=False),
    inside("session", "session_id"),
    one_of("state", ActionState),
    Index(None, "programme_id", "session_id"),
)

note = Table(
    "note",
    metadata,
    *_line(),
    Column("kind", Words, primary_key=True),
    Column("quote", Words, nullable=False),
    Column("turns", Items, nullable=False),
    Column("at", Words),
    Column("text", Words, nullable=False),
    one_of("kind", NOTE_KINDS),
)
