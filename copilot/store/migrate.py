"""Bringing a database to the newest schema, also when two processes start at once."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from copilot.errors import CopilotError
from copilot.store.database import WRITING

HEAD = "0001"
"""The newest revision, so that an ordinary start need not load Alembic. A test compares."""
_LOCK = 7_061_920_411
"""Any number: the advisory lock under which PostgreSQL is migrated."""


def migrate(engine: Engine) -> None:
    """Upgrade to `HEAD`; raises CopilotError if a newer release made the database."""
    with engine.connect() as connection:
        if _revision(connection) == HEAD:
            return
    if engine.dialect.name == "sqlite":
        _migrate_sqlite(engine)
    else:
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            _upgrade(connection)


def _migrate_sqlite(engine: Engine) -> None:
    """Rebuilding a table drops it, which would cascade: foreign keys are off meanwhile, then checked."""
    with engine.connect().execution_options(**{WRITING: True}) as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None  # noqa: S101 - a connection just opened
        raw.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                _upgrade(connection)
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise CopilotError("The database holds rows that belong to nothing.", "Restore a backup.")
        finally:
            raw.execute("PRAGMA foreign_keys=ON")


def _upgrade(connection: Connection) -> None:
    """Inside a transaction that nobody else can be in: look again, then run what is missing."""
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    now = _revision(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if now is not None and now not in known:
        raise CopilotError(
            f"The database was made by a newer release (schema {now}).", "Update mentor-copilot."
        )
    command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
