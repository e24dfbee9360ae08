"""Tables of agenda versions."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Table, UniqueConstraint

from copilot.domain import Status
from copilot.store.tables.base import inside, metadata, one_of, scope
from copilot.store.tables.provenance import provenance_columns
from copilot.store.types import Items, Words

LINE_KINDS = ("question", "prework", "open action", "disagreement")

agenda = Table(
    "agenda",
    metadata,
    Column("id", Integer, primary_key=True),
    scope(),
    Column("session_id", Words, nullable=False),
    Column("version", Integer, nullable=False),
    Column("status", Words, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("goal", Words, nullable=False),
    Column("done_when", Words, nullable=False),
    Column("editor", Words),
    Column("generation", Words),
    *provenance_columns(),
    inside("session", "session_id"),
    one_of("status", Status),
    UniqueConstraint("programme_id", "session_id", "version"),
    UniqueConstraint("programme_id", "session_id", "generation"),
)

agenda_item = Table(
    "agenda_item",
    metadata,
    Column("agenda_id", ForeignKey("agenda.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    scope(),
    Column("title", Words, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("purpose", Words, nullable=False),
    Column("prompts", Items, nullable=False),
)

agenda_line = Table(
    "agenda_line",
    metadata,
    Column("agenda_id", ForeignKey("agenda.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("kind", Words, primary_key=True),
    scope(),
    Column("text", Words, nullable=False),
    Column("topic", Words),  # disagreements only
    one_of("kind", LINE_KINDS),
)
