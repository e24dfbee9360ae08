"""Rows of sessions, and the transcript files that they name."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from copilot.domain import Goal, Role, Session, SessionState, Speaker
from copilot.errors import BadInput
from copilot.importing.cells import Cells
from copilot.importing.people import People
from copilot.importing.problems import Problem
from copilot.importing.tables import Table, read_bytes
from copilot.importing.values import Entry, TranscriptFile
from copilot.thresholds import LIMITS, PROGRAMME

COLUMNS = (
    "id",
    "mentor",
    "mentee",
    "goal",
    "started_at",
    "planned_minutes",
    "transcript",
    "speakers",
    "state",
)
REQUIRED = ("id", "mentor", "mentee", "planned_minutes")
IGNORED = ("gold",)
"""Labels of a golden set: for measuring, never imported."""
FOLDER = "transcripts"
_FIELDS = {name: name for name in COLUMNS} | {"transcript": "transcript_file"}


@dataclass(slots=True)
class Sessions:
    """Sessions read so far, by id, with their files, and what was wrong."""

    folder: Path
    sessions: dict[str, Entry[Session]] = field(default_factory=dict)
    transcripts: dict[str, TranscriptFile] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    total: int = 0
    """Bytes of all transcripts."""
    named: set[str] = field(default_factory=set)
    """Transcript files that rows name, good or bad."""

    def unused(self) -> tuple[str, ...]:
        """Files that no row names, hidden ones apart: a transcript that nobody would miss."""
        folder = self.folder / FOLDER
        found = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
        return tuple(
            n for n in found if not n.startswith(".") and (folder / n).is_file() and n not in self.named
        )

    def add(self, table: Table, people: People) -> None:
        known = {role: people.with_role(role) for role in (Role.MENTOR, Role.MENTEE)}
        files: dict[str, str] = {}
        for row in table.rows:
            cells = Cells(row)
            entry = _session(cells)
            _check_references(cells, entry.value, known, people.goals)
            if entry.value.id in self.sessions:
                cells.problem("id", f"{entry.value.id!r} is the id of another session in this file")
            name = entry.value.transcript_file
            self.named.add(name or "")
            if name in files:
                cells.problem("transcript", f"this file is already that of session {files[name]!r}")
            data = self._transcript(cells, name) if name and not cells.problems else None
            self.problems += cells.problems
            if cells.problems:
                continue
            self.sessions[entry.value.id] = entry
            if name and data is not None:
                files[name] = entry.value.id
                self.transcripts[entry.value.id] = TranscriptFile(
                    session=entry.value.id, filename=name, data=data, file=row.file, row=row.number
                )

    def _transcript(self, cells: Cells, name: str) -> bytes | None:
        path = self.folder / FOLDER / name
        if not path.exists():
            cells.problem("transcript", f"there is no file {FOLDER}/{name}")
            return None
        try:
            data = read_bytes(self.folder, path, LIMITS.transcript_bytes)
        except BadInput as error:
            cells.problem("transcript", error.message.rstrip("."))
            return None
        self.total += len(data)
        if self.total > PROGRAMME.transcripts_bytes:
            raise BadInput(
                f"The transcripts have more than {PROGRAMME.transcripts_bytes // 1_000_000} MB together.",
                "Split the programme.",
            )
        return data


def _session(cells: Cells) -> Entry[Session]:
    transcript = _file_name(cells)
    started = cells.moment("started_at")
    state, told = _state(cells, started is not None, transcript is not None)
    session = Session(
        id=cells.id("id"),
        mentor=cells.id("mentor"),
        mentee=cells.id("mentee"),
        goal=cells.id("goal", required=False, hint="the texts of goals stand in goals.csv, each with its id")
        or None,
        planned_minutes=cells.whole(
            "planned_minutes", LIMITS.session_minutes_min, LIMITS.session_minutes_max, required=True
        )
        or 0,
        started_at=started,
        state=state,
        transcript_file=transcript,
        speakers=_speakers(cells),
    )
    given = {_FIELDS[name] for name in COLUMNS if cells.has(name)} - {"id", "state"}
    if told:
        given.add("state")
    return Entry(value=session, given=frozenset(given), file=cells.row.file, row=cells.row.number)


def _state(cells: Cells, started: bool, transcript: bool) -> tuple[SessionState, bool]:
    """The state, and whether the file tells it.

    What was recorded was held. Otherwise the column `state` says; without it a session with a time
    is accepted and one without is requested, unless the store already knows better.
    """
    said = cells.choice("state", [str(state) for state in SessionState])
    if (transcript and said in (None, SessionState.HELD)) or (transcript and started):
        if said == SessionState.CANCELLED:
            cells.problem("state", "this session is cancelled and has a transcript")
        return SessionState.HELD, True
    if said is not None:
        return SessionState(said), True
    return (SessionState.ACCEPTED if started else SessionState.REQUESTED), False


def _file_name(cells: Cells) -> str | None:
    """A path under `transcripts/`, nothing that could lead out of it."""
    said = cells.text("transcript", line=True, most=PROGRAMME.name_characters)
    if not said:
        return None
    path = PurePosixPath(said)
    if not path.parts or path.is_absolute() or ".." in path.parts or "\\" in said or ":" in said:
        cells.problem("transcript", f"{said!r} is not the name of a file in {FOLDER}/")
        return None
    parts = path.parts[1:] if len(path.parts) > 1 and path.parts[0] == FOLDER else path.parts
    return "/".join(parts)


def _speakers(cells: Cells) -> dict[str, Speaker]:
    """{"label": "mentor"} in JSON, `label=mentor;label=mentee` in a CSV."""
    said: Any = cells.row.values.get("speakers")
    if not cells.filled("speakers"):
        return {}
    if isinstance(said, str):
        pairs = [part.rpartition("=") for part in said.split(";") if part.strip()]
        said = {label: role for label, _, role in pairs}
    if not isinstance(said, dict) or not all(isinstance(role, str) for role in said.values()):
        cells.problem("speakers", 'this must name each label: {"label": "mentor"} or label=mentor')
        return {}
    speakers: dict[str, Speaker] = {}
    for label, role in said.items():
        word = role.strip().lower()
        if not label.strip() or word not in set(Speaker):
            cells.problem("speakers", f"{label[:40]!r}={role[:20]!r}: a label is mentor, mentee or other")
        else:
            speakers[label.strip()] = Speaker(word)
    return speakers


def _check_references(
    cells: Cells,
    session: Session,
    known: Mapping[Role, Collection[str]],
    goals: Mapping[str, Entry[Goal]],
) -> None:
    for column, id, role in (
        ("mentor", session.mentor, Role.MENTOR),
        ("mentee", session.mentee, Role.MENTEE),
    ):
        if id and id not in known[role]:
            cells.problem(column, f"there is no {column} {id!r}")
    if session.mentor and session.mentor == session.mentee:
        cells.problem("mentee", "mentor and mentee are the same person")
    if session.goal is None:
        return
    goal = goals.get(session.goal)
    if goal is None:
        cells.problem("goal", f"there is no goal {session.goal!r}")
    elif goal.value.mentee != session.mentee:
        cells.problem("goal", f"{session.goal!r} is the goal of another mentee")
