"""Transcripts: the file as it came, and its turns."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, func, select, update

from copilot.domain import Speaker, Transcript, Turn
from copilot.errors import NotFound
from copilot.store.repository import Repository
from copilot.store.tables import transcript, turn


class Transcripts(Repository):
    def put(self, session: str, value: Transcript, raw: bytes, filename: str) -> bool:
        """Make this file the session's transcript in force. False if nothing changed by it.

        The bytes of a file are never changed. A different file adds a row; an earlier file given
        again comes back into force; the same file read differently (say, with other speakers)
        gets new turns. All of these are True.
        """
        row = self._row(session, raw_hash=value.raw_hash)
        newest = self._newest(session)
        if row is None:
            self._add(session, value, raw, filename, newest + 1)
            return True
        if row.number == newest and self._read(row) == value:
            return False
        changed = {
            "number": row.number if row.number == newest else newest + 1,
            "format": value.format,
            "inferred": value.inferred,
            "notices": value.notices,
        }
        self._db.execute(update(transcript).where(transcript.c.id == row.id).values(**changed))
        self._db.execute(delete(turn).where(turn.c.transcript_id == row.id))
        self._add_turns(row.id, value)
        return True

    def latest(self, session: str) -> Transcript | None:
        row = self._row(session)
        return None if row is None else self._read(row)

    def raw(self, session: str) -> bytes:
        """The bytes of the file in force; raises NotFound."""
        query = select(transcript.c.raw).where(self._mine(transcript, session_id=session))
        found = self._db.scalar(query.order_by(transcript.c.number.desc()).limit(1))
        if found is None:
            raise NotFound(f"Session {session!r} has no transcript.")
        return bytes(found)

    def _newest(self, session: str) -> int:
        query = select(func.max(transcript.c.number)).where(self._mine(transcript, session_id=session))
        return self._db.scalar(query) or 0

    def _row(self, session: str, **keys: Any) -> Any:
        columns = [column for column in transcript.c if column is not transcript.c.raw]
        query = select(*columns).where(self._mine(transcript, session_id=session, **keys))
        return self._db.execute(query.order_by(transcript.c.number.desc()).limit(1)).first()

    def _add(self, session: str, value: Transcript, raw: bytes, filename: str, number: int) -> None:
        values = {
            "programme_id": self._programme,
            "session_id": session,
            "number": number,
            "raw_hash": value.raw_hash,
            "format": value.format,
            "filename": filename,
            "raw": raw,
            "inferred": value.inferred,
            "notices": value.notices,
        }
        id = self._db.scalars(transcript.insert().values(**values).returning(transcript.c.id)).one()
        self._add_turns(id, value)

    def _add_turns(self, id: int, value: Transcript) -> None:
        self._insert(
            turn,
            [
                {
                    "transcript_id": id,
                    "position": one.index,
                    "speaker": str(one.speaker),
                    "label": one.label,
                    "text": one.text,
                    "start_seconds": one.start,
                    "end_seconds": one.end,
                }
                for one in value.turns
            ],
        )

    def _read(self, row: Any) -> Transcript:
        query = select(turn).where(turn.c.transcript_id == row.id).order_by(turn.c.position)
        turns = tuple(
            Turn(
                index=one.position,
                speaker=Speaker(one.speaker),
                label=one.label,
                text=one.text,
                start=one.start_seconds,
                end=one.end_seconds,
            )
            for one in self._db.execute(query)
        )
        return Transcript(
            format=row.format,
            raw_hash=row.raw_hash,
            turns=turns,
            inferred=row.inferred,
            notices=row.notices,
        )
