"""Fixtures that all tests share: a store on SQLite and, where a server is given, on PostgreSQL."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from copilot.store import Store, open_store

# Speed is measured by `make bench`, never by a test: a busy machine must not turn one red.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

POSTGRES = "COPILOT_TEST_POSTGRES_URL"
SKIPPED = f"{POSTGRES} is not set: nothing was tested on PostgreSQL"


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A database of this run's own on the server that the variable names; dropped afterwards.

    Without the variable the tests skip; with one that does not answer they fail.
    """
    server = os.environ.get(POSTGRES)
    if not server:
        pytest.skip(SKIPPED)
    import psycopg
    from sqlalchemy import make_url

    name = f"copilot_test_{secrets.token_hex(6)}"
    url = make_url(server)
    try:
        connection = psycopg.connect(server, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        pytest.fail(f"{POSTGRES} is set and its server does not answer: {error}", pytrace=False)
    with connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield url.set(database=name).render_as_string(hide_password=False)
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database of no programmes, once for each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'copilot.db'}"
    url: str = request.getfixturevalue("postgres_url")
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        if connection.execute("SELECT to_regclass('programme')").fetchone() != (None,):
            connection.execute("DELETE FROM programme")
    return url


@pytest.fixture
def bare_database_url(database_url: str) -> Iterator[str]:
    """The same without any table; what the test makes of it goes again."""
    _wipe(database_url)
    yield database_url
    _wipe(database_url)


def _wipe(url: str) -> None:
    if not url.startswith("postgresql"):
        return
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An empty store at the newest schema, once for each kind of database."""
    opened = open_store(database_url)
    yield opened
    opened.close()
