"""Tables of conflicts, of what people decided about pairs, and of verdicts already given."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Date, Float, Index, Integer, Table

from copilot.domain import ConflictKind, Label, Triage
from copilot.store.tables.base import inside, metadata, one_of, scope
from copilot.store.types import Utc, Words

SIDE = ("advice", "session", "mentor", "quote", "text", "topic", "condition", "said_on")
VERDICTS = ("conflict", "worth comparing")


def _side(name: str) -> tuple[Column[Any], ...]:
    """One side as it stood when the pair was judged."""
    return (
        Column(f"{name}_advice", Words, nullable=False),
        Column(f"{name}_session", Words, nullable=False),
        Column(f"{name}_mentor", Words, nullable=False),
        Column(f"{name}_quote", Words, nullable=False),
        Column(f"{name}_text", Words, nullable=False),
        Column(f"{name}_topic", Words, nullable=False),
        Column(f"{name}_condition", Words),
        Column(f"{name}_said_on", Date),
    )


conflict = Table(
    "conflict",
    metadata,
    scope(primary_key=True),
    Column("id", Words, primary_key=True),
    Column("mentee_id", Words, nullable=False),
    Column("pair", Words, nullable=False),  # the two sessions and folded quotes, in either order
    *_side("a"),
    *_side("b"),
    Column("verdict", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("severity", Integer, nullable=False),
    Column("confidence", Float(53), nullable=False),
    Column("when_a", Words, nullable=False),
    Column("when_b", Words, nullable=False),
    Column("settle", Words, nullable=False),
    inside("person", "mentee_id"),
    inside("session", "a_session"),
    inside("session", "b_session"),
    one_of("verdict", VERDICTS),
    one_of("kind", ConflictKind),
    Index(None, "programme_id", "pair", unique=True),
    Index(None, "programme_id", "mentee_id"),
    Index(None, "programme_id", "a_session"),
    Index(None, "programme_id", "b_session"),
)

# Kept by words, not by ids: a recap approved again must not bring a dismissed pair back.
pair_decision = Table(
    "pair_decision",
    metadata,
    scope(primary_key=True),
    Column("pair", Words, primary_key=True),
    Column("a_session", Words, nullable=False),
    Column("b_session", Words, nullable=False),
    Column("status", Words, nullable=False),
    Column("reason", Words),
    Column("decided_by", Words, nullable=False),
    Column("decided_at", Utc, nullable=False),
    inside("session", "a_session"),
    inside("session", "b_session"),
    one_of("status", Triage),
    Index(None, "programme_id", "a_session"),
    Index(None, "programme_id", "b_session"),
)

pair_verdict = Table(
    "pair_verdict",
    metadata,
    scope(primary_key=True),
    Column("judge", Words, primary_key=True),
    Column("mentee_id", Words, primary_key=True),
    Column("a_advice", Words, primary_key=True),
    Column("b_advice", Words, primary_key=True),
    Column("label", Words, nullable=False),
    Column("score", Float(53), nullable=False),
    Column("kind", Words),
    Column("severity", Integer, nullable=False),
    Column("when_a", Words, nullable=False),
    Column("when_b", Words, nullable=False),
    Column("settle", Words, nullable=False),
    inside("person", "mentee_id"),
    one_of("label", Label),
    one_of("kind", ConflictKind),
)
