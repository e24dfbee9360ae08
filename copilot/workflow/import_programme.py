"""Import a programme folder: read, parse the transcripts, save all or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from copilot.domain import Person, Session, Transcript
from copilot.errors import BadInput
from copilot.importing import (
    BadProgramme,
    Entry,
    Problem,
    ProgrammeFiles,
    TranscriptFile,
    UnknownColumn,
    read_programme,
)

if TYPE_CHECKING:
    from copilot.store import Store, Unit

T = TypeVar("T", bound=Any)
_MOST_LINES = 20
"""Refused rows that are printed for people; JSON has all."""
_MOST_FILES = 5


@dataclass(slots=True)
class Counts:
    created: int = 0
    updated: int = 0
    unchanged: int = 0

    def add(self, before: object, after: object) -> bool:
        """Count one row; True if it has to be saved."""
        if before is None:
            self.created += 1
        elif before == after:
            self.unchanged += 1
        else:
            self.updated += 1
        return before != after


@dataclass(slots=True, kw_only=True)
class ImportReport:
    people: Counts = field(default_factory=Counts)
    profiles: Counts = field(default_factory=Counts)
    goals: Counts = field(default_factory=Counts)
    sessions: Counts = field(default_factory=Counts)
    transcripts: Counts = field(default_factory=Counts)
    refused: tuple[Problem, ...] = ()
    unknown_columns: tuple[UnknownColumn, ...] = ()
    unused: tuple[str, ...] = ()
    notices: tuple[tuple[str, str], ...] = ()
    """(session, what the parser inferred or left aside), one line each."""

    def counts(self) -> dict[str, Counts]:
        names = ("people", "profiles", "goals", "sessions", "transcripts")
        return {name: getattr(self, name) for name in names}

    def to_json(self) -> dict[str, Any]:
        return {
            **{
                name: {"created": one.created, "updated": one.updated, "unchanged": one.unchanged}
                for name, one in self.counts().items()
            },
            "refused": [problem.to_json() for problem in self.refused],
            "unknown_columns": [
                {"file": one.file, "column": one.column, "rows": one.rows} for one in self.unknown_columns
            ],
            "unused_transcripts": list(self.unused),
            "notices": [{"session": session, "text": text} for session, text in self.notices],
        }

    def lines(self) -> list[str]:
        """For people: what was saved, what was not, what to look at."""
        out = [
            f"{name}: {one.created} new, {one.updated} updated, {one.unchanged} unchanged"
            for name, one in self.counts().items()
        ]
        if self.refused:
            rows = len({(problem.file, problem.row) for problem in self.refused})
            out.append(f"{rows} bad {'row was' if rows == 1 else 'rows were'} left out:")
            out += [f"  {problem}" for problem in self.refused[:_MOST_LINES]]
            if len(self.refused) > _MOST_LINES:
                out.append(f"  and {len(self.refused) - _MOST_LINES} more (all of them with --json)")
        out += [str(column) for column in self.unknown_columns]
        if self.unused:
            more = f" and {len(self.unused) - _MOST_FILES} more" if len(self.unused) > _MOST_FILES else ""
            names = ", ".join(self.unused[:_MOST_FILES])
            out.append(f"No session names these transcripts, so they were left out: {names}{more}.")
        out += [f"Transcript of {session}: {text}" for session, text in self.notices]
        return out


def import_programme(store: Store, folder: Path, programme: str, *, skip_bad: bool = False) -> ImportReport:
    """Save what the folder holds into `programme`; again updates, nothing is doubled.

    Columns that the folder does not have keep what is stored, and so do rows that it no longer has.
    Raises BadInput (BadProgramme for bad rows, of which a refused transcript is one); then nothing
    is changed. With `skip_bad` bad rows are left out and told in the report.
    """
    files = read_programme(folder, skip_bad=True)
    parsed, refused = _parse(files)
    if refused:
        bad = {problem.row for problem in refused}
        files = replace(
            files,
            sessions=tuple(entry for entry in files.sessions if entry.row not in bad),
            problems=(*files.problems, *refused),
        )
    if files.problems and not skip_bad:
        raise BadProgramme(files.problems)
    with store.write(programme) as unit:
        return save_programme(unit, files, parsed)


def _parse(files: ProgrammeFiles) -> tuple[dict[str, Transcript], list[Problem]]:
    """Transcripts by session, and the sessions whose transcript is refused."""
    from copilot.transcript.parse import parse_transcript

    sessions = {entry.value.id: entry.value for entry in files.sessions}
    names = {entry.value.id: entry.value.name for entry in files.people}
    parsed: dict[str, Transcript] = {}
    refused: list[Problem] = []
    for file in files.transcripts:
        session = sessions[file.session]
        try:
            parsed[file.session] = parse_transcript(
                file.data,
                file.filename,
                speakers=session.speakers,
                mentor_name=names[session.mentor],
                mentee_name=names[session.mentee],
            )
        except BadInput as error:
            refused.append(_refusal(file, error))
    return parsed, refused


def _refusal(file: TranscriptFile, error: BadInput) -> Problem:
    reason = f"{file.filename}: {str(error).rstrip('.')}"
    return Problem(file=file.file, row=file.row, column="transcript", reason=reason)


def save_programme(unit: Unit, files: ProgrammeFiles, transcripts: Mapping[str, Transcript]) -> ImportReport:
    """Put everything into one unit; `transcripts` are the parsed ones by session id."""
    report = ImportReport(refused=files.problems, unknown_columns=files.unknown_columns, unused=files.unused)
    known_people = {one.id: one for one in unit.people.all()}
    known_profiles = {one.person: one for one in unit.profiles.all()}
    known_goals = {one.id: one for one in unit.goals.all()}
    known_sessions = {one.id: one for one in unit.sessions.all()}
    people = [_person_over(known_people.get(one.value.id), one) for one in files.people]
    profiles = [_over(known_profiles.get(one.value.person), one) for one in files.profiles]
    goals = [_over(known_goals.get(one.value.id), one) for one in files.goals]
    sessions = [_over(known_sessions.get(one.value.id), one) for one in files.sessions]
    unit.people.put_many([one for one in people if report.people.add(known_people.get(one.id), one)])
    unit.profiles.put_many(
        [one for one in profiles if report.profiles.add(known_profiles.get(one.person), one)]
    )
    unit.goals.put_many([one for one in goals if report.goals.add(known_goals.get(one.id), one)])
    unit.sessions.put_many(
        [
            one
            for one in sessions
            if report.sessions.add(_comparable(known_sessions.get(one.id)), _comparable(one))
        ]
    )
    _save_transcripts(unit, files, transcripts, report)
    return report


def _save_transcripts(
    unit: Unit, files: ProgrammeFiles, transcripts: Mapping[str, Transcript], report: ImportReport
) -> None:
    notices: list[tuple[str, str]] = []
    for file in files.transcripts:
        read = transcripts.get(file.session)
        if read is None:
            continue
        notices += [(file.session, notice) for notice in read.notices]
        known = unit.transcripts.latest(file.session)
        if report.transcripts.add(known, read):
            unit.transcripts.put(file.session, read, file.data, file.filename)
    report.notices = tuple(notices)


def _over(known: T | None, entry: Entry[T]) -> T:
    """What is stored, with the fields that the file gives laid over it."""
    if known is None:
        return entry.value
    return replace(known, **{name: getattr(entry.value, name) for name in entry.given})


def _person_over(known: Person | None, entry: Entry[Person]) -> Person:
    """A role that a person was given here is not taken away by a file."""
    value = _over(known, entry)
    return value if known is None else replace(value, roles=known.roles | entry.value.roles)


def _comparable(session: Session | None) -> object:
    """Two moments are equal in any offset; here the offset counts."""
    if session is None:
        return None
    return session, None if session.started_at is None else session.started_at.utcoffset()
