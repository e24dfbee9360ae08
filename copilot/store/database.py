"""Opening a database: SQLite with the pragmas that keep it safe, or PostgreSQL."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError, StatementError

from copilot.errors import BadInput, CopilotError

BUSY_SECONDS: float = 30
"""How long a writer waits for another one; a write takes milliseconds."""
WRITING = "copilot_writing"


def connect(url: str) -> Engine:
    """An engine for `sqlite:///PATH` or `postgresql://…`; raises BadInput for any other URL."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise BadInput("The database URL cannot be read.", _URLS) from None
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed)
    if parsed.drivername != "postgresql+psycopg":
        raise BadInput(f"The database URL starts with {parsed.drivername!r}.", _URLS)
    try:
        return create_engine(parsed, pool_pre_ping=True, connect_args={"connect_timeout": 10})
    except (NoSuchModuleError, ImportError) as error:  # pragma: no cover - psycopg is a dependency
        raise CopilotError("The PostgreSQL driver is missing.", "Install psycopg[binary].") from error


_URLS = "Use sqlite:///PATH or postgresql://USER@HOST/NAME."


def _sqlite(url: URL) -> Engine:
    if not url.database or url.database == ":memory:":
        raise BadInput("The database must be a file.", _URLS)
    folder = Path(url.database).resolve().parent
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CopilotError(
            f"The folder {folder} cannot be made: {error.strerror}.", "Choose another with --data."
        ) from None
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy says BEGIN, see `_begin`
    connection.execute(f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}")
    _write_ahead(connection)
    for pragma in ("foreign_keys=ON", "secure_delete=ON", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """WAL; the switch itself does not wait for the busy timeout, so two first starts retry."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def plain_errors() -> Iterator[None]:
    """Database failures as one line for people; bad text refused by a column stays BadInput."""
    try:
        yield
    except OperationalError as error:
        raise _plain(error) from error
    except StatementError as error:
        if isinstance(error.orig, CopilotError):
            raise error.orig from None
        if isinstance(error.orig, sqlite3.DatabaseError) and "not a database" in str(error.orig):
            raise _plain(error) from error
        raise


def _plain(error: StatementError | DBAPIError) -> CopilotError:
    said = " ".join(str(error.orig).split())
    if "locked" in said:
        return CopilotError("The database is busy: another process is writing.", "Try again in a moment.")
    if "not a database" in said or "malformed" in said:
        return CopilotError("The database file is damaged or is something else.", "Restore a backup.")
    if "unable to open" in said or "readonly" in said:
        return CopilotError("The database file cannot be written.", "Check the folder's permissions.")
    if "full" in said:
        return CopilotError("The disk is full.", "Make room and try again; nothing was changed.")
    return CopilotError(
        "The database does not answer or lets nobody in.",
        "Check that its server runs, and server, user, password and name in COPILOT_DATABASE_URL.",
    )
