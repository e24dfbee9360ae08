"""Tables of sessions, transcripts and turns."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
)

from copilot.domain import SessionState, Speaker
from copilot.store.tables.base import inside, metadata, one_of, scope
from copilot.store.types import Items, Labels, Utc, Words

session = Table(
    "session",
    metadata,
    scope(primary_key=True),
    Column("id", Words, primary_key=True),
    Column("mentor_id", Words, nullable=False),
    Column("mentee_id", Words, nullable=False),
    Column("goal_id", Words),
    Column("planned_minutes", Integer, nullable=False),
    Column("started_at", Utc),
    Column("started_offset", Integer),  # minutes east of UTC, so that the call's local date is known
    Column("state", Words, nullable=False),
    Column("transcript_file", Words),
    Column("speakers", Labels, nullable=False),
    inside("person", "mentor_id"),
    inside("person", "mentee_id"),
    # No SET NULL here: over two columns it would empty the programme as well.
    inside("goal", "goal_id", ondelete=None),
    one_of("state", SessionState),
    Index(None, "programme_id", "mentor_id", "started_at"),
    Index(None, "programme_id", "mentee_id", "started_at"),
    Index(None, "programme_id", "state", "started_at"),
    Index(None, "programme_id", "goal_id"),
)

transcript = Table(
    "transcript",
    metadata,
    Column("id", Integer, primary_key=True),
    scope(),
    Column("session_id", Words, nullable=False),
    Column("number", Integer, nullable=False),  # the highest of a session is the one in force
    Column("raw_hash", Words, nullable=False),
    Column("format", Words, nullable=False),
    Column("filename", Words, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    Column("inferred", Boolean, nullable=False),
    Column("notices", Items, nullable=False),
    inside("session", "session_id"),
    UniqueConstraint("programme_id", "session_id", "raw_hash"),
    UniqueConstraint("programme_id", "session_id", "number"),
)

turn = Table(
    "turn",
    metadata,
    Column("transcript_id", ForeignKey("transcript.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    scope(),
    Column("speaker", Words, nullable=False),
    Column("label", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("start_seconds", Float(53)),
    Column("end_seconds", Float(53)),
    one_of("speaker", Speaker),
)
