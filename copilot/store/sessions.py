"""Goals and sessions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import Select, func, select

from copilot.domain import Goal, Session, SessionState, Speaker
from copilot.errors import NotFound
from copilot.store.repository import Repository
from copilot.store.tables import goal, session

_PROMISED = (str(SessionState.ACCEPTED), str(SessionState.HELD))


class Goals(Repository):
    def put(self, value: Goal) -> None:
        self.put_many([value])

    def put_many(self, values: Sequence[Goal]) -> None:
        """Add or replace, each once."""
        rows = [
            {
                "id": value.id,
                "mentee_id": value.mentee,
                "text": value.text,
                "specific": value.specific,
                "better": value.better,
            }
            for value in values
        ]
        self._put_many(goal, "id", rows)

    def get(self, id: str) -> Goal:
        """Raises NotFound."""
        found = self.find(id)
        if found is None:
            raise NotFound(f"There is no goal {id!r} in this programme.")
        return found

    def find(self, id: str) -> Goal | None:
        row = self._db.execute(select(goal).where(self._mine(goal, id=id))).first()
        return None if row is None else _goal(row)

    def all(self) -> list[Goal]:
        """Ordered by id."""
        query = select(goal).where(self._mine(goal)).order_by(goal.c.id)
        return [_goal(row) for row in self._db.execute(query)]

    def of_mentee(self, id: str) -> list[Goal]:
        """Ordered by id."""
        query = select(goal).where(self._mine(goal, mentee_id=id)).order_by(goal.c.id)
        return [_goal(row) for row in self._db.execute(query)]


def _goal(row: Any) -> Goal:
    return Goal(id=row.id, mentee=row.mentee_id, text=row.text, specific=row.specific, better=row.better)


class Sessions(Repository):
    def put(self, value: Session) -> None:
        """Add or replace. `started_at` must be aware; its offset is kept to the minute."""
        self.put_many([value])

    def put_many(self, values: Sequence[Session]) -> None:
        """The same for many, each once."""
        self._put_many(session, "id", [_row(value) for value in values])

    def get(self, id: str) -> Session:
        """Raises NotFound."""
        found = self.find(id)
        if found is None:
            raise NotFound(f"There is no session {id!r} in this programme.")
        return found

    def find(self, id: str) -> Session | None:
        row = self._db.execute(select(session).where(self._mine(session, id=id))).first()
        return None if row is None else _session(row)

    def all(
        self, mentor: str | None = None, mentee: str | None = None, state: SessionState | None = None
    ) -> list[Session]:
        """Oldest first, those without a time last."""
        wanted = {"mentor_id": mentor, "mentee_id": mentee, "state": str(state) if state else None}
        given = {name: value for name, value in wanted.items() if value is not None}
        query = select(session).where(self._mine(session, **given))
        ordered = query.order_by(session.c.started_at.is_(None), session.c.started_at, session.c.id)
        return [_session(row) for row in self._db.execute(ordered)]

    def promised_minutes(self, mentor: str, month_start: datetime, month_end: datetime) -> int:
        """Planned minutes of this mentor's accepted and held sessions that start in [start, end)."""
        query = self._promised(month_start, month_end).where(session.c.mentor_id == mentor)
        return sum(row.minutes for row in self._db.execute(query))

    def promised_minutes_by_mentor(self, start: datetime, end: datetime) -> dict[str, int]:
        """The same for every mentor who has such a session."""
        rows = self._db.execute(self._promised(start, end))
        return {row.mentor_id: int(row.minutes) for row in rows}

    def _promised(self, start: datetime, end: datetime) -> Select[Any]:
        return (
            select(session.c.mentor_id, func.sum(session.c.planned_minutes).label("minutes"))
            .where(
                self._mine(session),
                session.c.state.in_(_PROMISED),
                session.c.started_at >= start,
                session.c.started_at < end,
            )
            .group_by(session.c.mentor_id)
        )


def _row(value: Session) -> dict[str, Any]:
    return {
        "id": value.id,
        "mentor_id": value.mentor,
        "mentee_id": value.mentee,
        "goal_id": value.goal,
        "planned_minutes": value.planned_minutes,
        "started_at": value.started_at,
        "started_offset": _offset(value.started_at),
        "state": str(value.state),
        "transcript_file": value.transcript_file,
        "speakers": {label: str(speaker) for label, speaker in value.speakers.items()},
    }


def _offset(moment: datetime | None) -> int | None:
    offset = None if moment is None else moment.utcoffset()
    return None if offset is None else int(offset.total_seconds() // 60)


def local_time(moment: datetime | None, offset: int | None) -> datetime | None:
    """The stored moment as the clock on the wall showed it."""
    if moment is None:
        return None
    return moment.astimezone(timezone(timedelta(minutes=offset or 0)))


def _session(row: Any) -> Session:
    return Session(
        id=row.id,
        mentor=row.mentor_id,
        mentee=row.mentee_id,
        goal=row.goal_id,
        planned_minutes=row.planned_minutes,
        started_at=local_time(row.started_at, row.started_offset),
        state=SessionState(row.state),
        transcript_file=row.transcript_file,
        speakers={label: Speaker(speaker) for label, speaker in row.speakers.items()},
    )
