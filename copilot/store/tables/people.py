"""Tables of people, mentor profiles, profile passages and goals."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table

from copilot.domain import Role
from copilot.store.tables.base import inside, metadata, of_programme, one_of, scope
from copilot.store.types import Items, Words

person = Table(
    "person",
    metadata,
    scope(primary_key=True),
    Column("id", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("timezone", Words, nullable=False),
    Column("languages", Items, nullable=False),
    Column("background", Words, nullable=False),
    Column("career_stage", Words, nullable=False),
    Column("industry", Words, nullable=False),
    Column("email", Words),
    Column("active", Boolean, nullable=False),
    of_programme(),
)

person_role = Table(
    "person_role",
    metadata,
    scope(primary_key=True),
    Column("person_id", Words, primary_key=True),
    Column("role", Words, primary_key=True),
    inside("person", "person_id"),
    one_of("role", Role),
    Index(None, "programme_id", "role"),
)

mentor_profile = Table(
    "mentor_profile",
    metadata,
    scope(primary_key=True),
    Column("person_id", Words, primary_key=True),
    Column("headline", Words, nullable=False),
    Column("bio", Words, nullable=False),
    Column("expertise", Items, nullable=False),
    Column("industry", Words, nullable=False),
    Column("years_experience", Integer),
    Column("capacity_minutes", Integer),
    Column("formats", Items, nullable=False),
    Column("career_stage_served", Items, nullable=False),
    inside("person", "person_id"),
)

passage = Table(
    "passage",
    metadata,
    scope(primary_key=True),
    Column("id", Words, primary_key=True),
    Column("person_id", Words, nullable=False),
    Column("position", Integer, nullable=False),
    Column("field", Words, nullable=False),
    Column("text", Words, nullable=False),
    inside("person", "person_id"),
    Index(None, "programme_id", "person_id"),
)

goal = Table(
    "goal",
    metadata,
    scope(primary_key=True),
    Column("id", Words, primary_key=True),
    Column("mentee_id", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("specific", Boolean),
    Column("better", Words),
    inside("person", "mentee_id"),
    Index(None, "programme_id", "mentee_id"),
)
