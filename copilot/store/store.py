"""The store: units of work over one programme, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, insert, select

from copilot.store.agendas import Agendas
from copilot.store.conflicts import Conflicts
from copilot.store.database import WRITING, connect, plain_errors
from copilot.store.ledger import Actions, AdviceLedger
from copilot.store.migrate import migrate
from copilot.store.people import Passages, People, Profiles
from copilot.store.recaps import Recaps
from copilot.store.sessions import Goals, Sessions
from copilot.store.tables import programme as programmes
from copilot.store.transcripts import Transcripts
from copilot.store.vectors import Vectors
from copilot.store.verdicts import Verdicts


class Unit:
    """All repositories of one programme inside one transaction."""

    def __init__(self, connection: Connection, programme: str) -> None:
        self.programme = programme
        self.people = People(connection, programme)
        self.profiles = Profiles(connection, programme)
        self.passages = Passages(connection, programme)
        self.goals = Goals(connection, programme)
        self.sessions = Sessions(connection, programme)
        self.transcripts = Transcripts(connection, programme)
        self.recaps = Recaps(connection, programme)
        self.advice = AdviceLedger(connection, programme)
        self.actions = Actions(connection, programme)
        self.agendas = Agendas(connection, programme)
        self.conflicts = Conflicts(connection, programme)
        self.verdicts = Verdicts(connection, programme)
        self.vectors = Vectors(connection, programme)


class Store:
    """A database at the newest schema. Safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def read(self, programme: str) -> Iterator[Unit]:
        """One consistent view; whatever was written inside is refused or rolled back."""
        options: dict[str, object] = {}
        if self._engine.dialect.name != "sqlite":
            options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with plain_errors(), self._engine.connect().execution_options(**options) as connection:
            yield Unit(connection, programme)

    @contextmanager
    def write(self, programme: str) -> Iterator[Unit]:
        """Commits at the end, or rolls back everything. Writers of one programme take turns.

        Keep it short: nothing may think in here. The programme is made on its first write.
        """
        with (
            plain_errors(),
            self._engine.connect().execution_options(**{WRITING: True}) as connection,
            connection.begin(),
        ):
            _hold(connection, programme)
            yield Unit(connection, programme)

    def programmes(self) -> list[str]:
        """Ids of all programmes, sorted."""
        with plain_errors(), self._engine.connect() as connection:
            return list(connection.scalars(select(programmes.c.id).order_by(programmes.c.id)))

    def close(self) -> None:
        self._engine.dispose()


def _hold(connection: Connection, programme: str) -> None:
    """The programme's row, locked until the end (in SQLite the whole file is)."""
    query = select(programmes.c.id).where(programmes.c.id == programme).with_for_update(key_share=True)
    if connection.execute(query).first() is not None:
        return
    if connection.dialect.name == "sqlite":
        connection.execute(insert(programmes).values(id=programme))
        return
    from sqlalchemy.dialects.postgresql import insert as insert_or_leave

    connection.execute(insert_or_leave(programmes).values(id=programme).on_conflict_do_nothing())
    connection.execute(query)


def open_store(url: str) -> Store:
    """Open `sqlite:///PATH` (its folder is made) or `postgresql://…` and bring its schema up to date.

    Raises BadInput for another URL, CopilotError where the database cannot be used.
    """
    engine = connect(url)
    try:
        with plain_errors():
            migrate(engine)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine)
