"""The schema comes from migrations alone, in any order of starts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, inspect, text

import copilot.store.migrate as migrate_module
from copilot.errors import BadInput, CopilotError
from copilot.store import Store, open_store
from copilot.store.database import connect
from copilot.store.tables import metadata


def test_migrations_make_exactly_the_tables(store: Store, database_url: str) -> None:
    engine = connect(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, metadata) == []
        types = MigrationContext.configure(connection)
        different = [change for change in compare_metadata(types, metadata) if "modify_type" in str(change)]
        assert different == []
    engine.dispose()


def test_constraints_are_those_of_the_tables(store: Store, database_url: str) -> None:
    """Checks are invisible to Alembic's comparison."""
    engine = connect(database_url)

    with engine.connect() as connection:
        for table in metadata.tables.values():
            wanted = {c.name for c in table.constraints if isinstance(c, CheckConstraint)}
            found = {c["name"] for c in inspect(connection).get_check_constraints(table.name)}
            assert found == wanted, table.name
    engine.dispose()


def test_head_is_the_last_migration() -> None:
    folder = Path(migrate_module.__file__).parent / "migrations"
    assert ScriptDirectory(str(folder)).get_current_head() == migrate_module.HEAD


def test_four_processes_open_one_new_database(bare_database_url: str) -> None:
    code = "import sys; from copilot.store import open_store; open_store(sys.argv[1]).close()"
    started = [
        subprocess.Popen([sys.executable, "-c", code, bare_database_url], stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    errors = [process.communicate()[1].decode() for process in started]
    assert [process.returncode for process in started] == [0] * 4, errors
    opened = open_store(bare_database_url)
    assert opened.programmes() == []
    opened.close()


def test_a_newer_database_is_left_alone(bare_database_url: str) -> None:
    open_store(bare_database_url).close()
    engine = connect(bare_database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(CopilotError, match="newer release"):
        open_store(bare_database_url)


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://x/y", "sqlite://", "sqlite:///:memory:"])
def test_other_urls_are_refused(url: str) -> None:
    with pytest.raises(BadInput):
        open_store(url)


def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    file = tmp_path / "copilot.db"
    file.write_bytes(b"minutes of the meeting " * 100)
    with pytest.raises(CopilotError, match="damaged or is something else"):
        open_store(f"sqlite:///{file}")
    assert file.read_bytes() == b"minutes of the meeting " * 100


def test_a_server_that_is_not_there_says_so_without_the_password() -> None:
    with pytest.raises(CopilotError, match="does not answer or lets nobody in") as caught:
        open_store("postgresql://someone:geheim@127.0.0.1:1/none")
    assert "geheim" not in str(caught.value)


def test_sqlite_is_set_up_to_be_safe(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path / 'deep' / 'er' / 'copilot.db'}").close()
    engine = connect(f"sqlite:///{tmp_path / 'deep' / 'er' / 'copilot.db'}")
    with engine.connect() as connection:
        said = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "secure_delete", "synchronous", "busy_timeout")
        }
    engine.dispose()
    assert said == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "secure_delete": 1,
        "synchronous": 1,
        "busy_timeout": 30000,
    }
    assert (tmp_path / "deep" / "er").stat().st_mode & 0o077 == 0


def test_the_first_migration_can_be_undone(bare_database_url: str) -> None:
    open_store(bare_database_url).close()
    engine = connect(bare_database_url)
    config = Config()
    config.set_main_option("script_location", str(Path(migrate_module.__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    engine.dispose()
    open_store(bare_database_url).close()
