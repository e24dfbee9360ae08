"""What a programme folder holds, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from copilot.domain import Goal, MentorProfile, Person, Session
from copilot.importing.problems import Problem

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Generic[T]):
    """A value, and the names of its fields that the file really gives: the others keep what is stored."""

    value: T
    given: frozenset[str]
    file: str
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptFile:
    """The file of one session, unread."""

    session: str
    filename: str
    data: bytes
    file: str
    """The sessions file that names it."""
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownColumn:
    file: str
    column: str
    rows: int
    """Rows that have it."""

    def __str__(self) -> str:
        return f"{self.file}: column {self.column!r} is not known and was left aside ({self.rows} rows)."


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeFiles:
    people: tuple[Entry[Person], ...]
    profiles: tuple[Entry[MentorProfile], ...]
    goals: tuple[Entry[Goal], ...]
    sessions: tuple[Entry[Session], ...]
    transcripts: tuple[TranscriptFile, ...]
    problems: tuple[Problem, ...]
    """Why rows were refused; empty unless bad rows are skipped."""
    unused: tuple[str, ...] = ()
    """Files in `transcripts/` that no session names."""
    unknown_columns: tuple[UnknownColumn, ...]
