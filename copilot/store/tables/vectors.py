"""Vectors, whose truth is here, and how often each kind of them changed."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, Table

from copilot.store.tables.base import metadata, of_programme, scope
from copilot.store.types import Words

vector = Table(
    "vector",
    metadata,
    scope(primary_key=True),
    Column("kind", Words, primary_key=True),
    Column("embedder", Words, primary_key=True),
    Column("owner_id", Words, primary_key=True),
    Column("content_hash", Words, nullable=False),
    Column("dimensions", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),  # float32, little-endian
    of_programme(),
)

# Lets an index ask cheaply, before every search, whether anything changed since it last looked.
vector_revision = Table(
    "vector_revision",
    metadata,
    scope(primary_key=True),
    Column("kind", Words, primary_key=True),
    Column("embedder", Words, primary_key=True),
    Column("number", Integer, nullable=False),
    of_programme(),
)
