"""A programme folder to checked values: pure reading, nothing is saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from pathlib import Path

from copilot.errors import BadInput
from copilot.importing import people as people_files
from copilot.importing import sessions as session_files
from copilot.importing.people import People
from copilot.importing.problems import BadProgramme, Problem
from copilot.importing.sessions import Sessions
from copilot.importing.tables import Table, read_table
from copilot.importing.values import ProgrammeFiles, UnknownColumn

NOUNS = ("mentors", "mentees", "people", "goals", "sessions")
_COLUMNS = {**people_files.COLUMNS, "sessions": (*session_files.COLUMNS, *session_files.IGNORED)}
_REQUIRED = {**people_files.REQUIRED, "sessions": session_files.REQUIRED}


def read_programme(folder: Path, *, skip_bad: bool = False) -> ProgrammeFiles:
    """Read mentors, mentees, sessions (and people, goals), each JSON or CSV, and the transcripts.

    References must exist inside the folder. A bad row raises BadProgramme, which has all of them
    in `problems`; with `skip_bad` bad rows, and rows that rest on them, are left out and told.
    A file that cannot be read as a whole raises BadInput in either case.
    """
    if not folder.is_dir():
        raise BadInput(f"There is no folder {str(folder)!r}.", "Name the folder that holds mentors.json.")
    read = {noun: read_table(folder, noun, _REQUIRED[noun]) for noun in NOUNS}
    tables = {noun: table for noun, table in read.items() if table is not None}
    if not tables:
        raise BadInput(
            f"{folder.name} is no programme folder: it has no mentors, mentees or sessions.",
            "Each is a .json or .csv file.",
        )
    people, sessions = People(), Sessions(folder)
    people.add_mentors(tables.get("mentors", Table()))
    people.add_mentees(tables.get("mentees", Table()))
    people.add_others(tables.get("people", Table()))
    people.add_goals(tables.get("goals", Table()))
    sessions.add(tables.get("sessions", Table()), people)
    broken = [problem for table in tables.values() for problem in table.problems]
    problems = _in_order([*broken, *people.problems, *sessions.problems])
    if problems and not skip_bad:
        raise BadProgramme(problems)
    return ProgrammeFiles(
        people=tuple(people.people.values()),
        profiles=tuple(people.profiles.values()),
        goals=tuple(people.goals.values()),
        sessions=tuple(sessions.sessions.values()),
        transcripts=tuple(sessions.transcripts.values()),
        problems=tuple(problems),
        unused=sessions.unused(),
        unknown_columns=tuple(
            column for noun, table in tables.items() for column in _unknown(table, _COLUMNS[noun])
        ),
    )


def _in_order(problems: list[Problem]) -> list[Problem]:
    """File by file, row by row."""
    order = {noun: place for place, noun in enumerate(NOUNS)}
    return sorted(problems, key=lambda one: (order[one.file.partition(".")[0]], one.row))


def _unknown(table: Table, known: Collection[str]) -> list[UnknownColumn]:
    counts = Counter((row.file, column) for row in table.rows for column in row.values if column not in known)
    return [UnknownColumn(file=file, column=column, rows=rows) for (file, column), rows in counts.items()]
