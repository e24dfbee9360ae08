"""What every table shares: names of constraints, the programme, references inside it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, MetaData, Table, Text

from copilot.store.types import Words

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

programme = Table("programme", metadata, Column("id", Words, primary_key=True))


def scope(primary_key: bool = False) -> Column[str]:
    """The programme that a row belongs to: ids are unique inside a programme only."""
    return Column("programme_id", Text, primary_key=primary_key, nullable=False)


def inside(table: str, column: str, ondelete: str | None = "CASCADE") -> ForeignKeyConstraint:
    """A reference to a row of the same programme."""
    return ForeignKeyConstraint(
        ["programme_id", column], [f"{table}.programme_id", f"{table}.id"], ondelete=ondelete
    )


def of_programme() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["programme_id"], ["programme.id"], ondelete="CASCADE")


def one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    """The words that a status may be."""
    allowed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({allowed})", name=column)
