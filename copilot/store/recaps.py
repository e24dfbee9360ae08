"""Recap versions: drafts, edits and the one approved version of a session."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from copilot.domain import Recap, Status
from copilot.errors import NotFound, StaleVersion
from copilot.store.recap_lines import RecapLines, recap_text, with_action_ids
from copilot.store.repository import Repository
from copilot.store.tables import recap, session
from copilot.store.tables.provenance import generation, provenance_of, provenance_values


class Recaps(Repository):
    def __init__(self, connection: Connection, programme: str) -> None:
        super().__init__(connection, programme)
        self._lines = RecapLines(connection, programme)

    def add(self, value: Recap, editor: str | None = None) -> Recap:
        """Store as the next version, always a draft; returns what was stored.

        Without an editor it is a generated draft: one made by the same engine, model, prompt and
        thresholds from the same input is returned as it stands, and nothing is added.
        Raises NotFound if there is no such session.
        """
        self._need_session(value.session)
        key = None if editor else generation(value.provenance)
        if key is not None:
            known = self._row(value.session, generation=key)
            if known is not None:
                return self._read(known)
        draft = replace(
            value,
            version=self._newest(value.session) + 1,
            status=Status.DRAFT,
            actions=with_action_ids(value),
        )
        row = {
            "programme_id": self._programme,
            "session_id": draft.session,
            "version": draft.version,
            "status": str(draft.status),
            "coverage": draft.coverage,
            "thanks": draft.thanks,
            "unsupported": draft.unsupported,
            "notices": draft.notices,
            "editor": editor,
            "generation": key,
            **provenance_values(draft.provenance),
        }
        id = self._db.scalars(recap.insert().values(**row).returning(recap.c.id)).one()
        self._lines.write(id, draft)
        return self.version(draft.session, draft.version)

    def latest(self, session: str) -> Recap | None:
        return self._maybe(self._row(session))

    def version(self, session: str, n: int) -> Recap:
        """Raises NotFound."""
        return self._read(self._need(session, n))

    def approved(self, session: str) -> Recap | None:
        return self._maybe(self._row(session, status=str(Status.APPROVED)))

    def edit(self, session: str, expected_version: int, value: Recap, editor: str) -> Recap:
        """Store a person's wording as the next version; it needs approving anew.

        Raises StaleVersion, with both texts, if `expected_version` is not the latest.
        """
        latest = self.latest(session)
        if latest is None:
            raise NotFound(f"Session {session!r} has no recap.")
        if latest.version != expected_version:
            raise _stale(session, expected_version, value, latest)
        return self.add(replace(value, session=session), editor=editor)

    def approve(self, session: str, version: int, by: str, at: datetime) -> Recap:
        """Approve exactly this version; the one approved before becomes a draft again.

        Approving the approved version changes nothing. Raises NotFound, or StaleVersion if there
        is a later version that the approver has not seen.
        """
        row = self._need(session, version)
        if row.status == Status.APPROVED:
            return self._read(row)
        latest = self.latest(session)
        if latest is not None and latest.version != version:
            raise _stale(session, version, self._read(row), latest)
        earlier = self._mine(recap, session_id=session, status=str(Status.APPROVED))
        self._db.execute(update(recap).where(earlier).values(status=str(Status.DRAFT)))
        approval = {"status": str(Status.APPROVED), "approved_by": by, "approved_at": at}
        self._db.execute(update(recap).where(recap.c.id == row.id).values(**approval))
        return self.version(session, version)

    def edited(self, session: str, version: int) -> bool:
        """True where a person wrote this version. Raises NotFound."""
        return self._need(session, version).editor is not None

    def _need_session(self, id: str) -> None:
        if self._db.execute(select(session.c.id).where(self._mine(session, id=id))).first() is None:
            raise NotFound(f"There is no session {id!r} in this programme.")

    def _need(self, session: str, version: int) -> Any:
        row = self._row(session, version=version)
        if row is None:
            raise NotFound(f"Session {session!r} has no recap version {version}.")
        return row

    def _newest(self, session: str) -> int:
        query = select(func.max(recap.c.version)).where(self._mine(recap, session_id=session))
        return self._db.scalar(query) or 0

    def _row(self, session: str, **keys: Any) -> Any:
        query = select(recap).where(self._mine(recap, session_id=session, **keys))
        return self._db.execute(query.order_by(recap.c.version.desc()).limit(1)).first()

    def _maybe(self, row: Any) -> Recap | None:
        return None if row is None else self._read(row)

    def _read(self, row: Any) -> Recap:
        return Recap(
            session=row.session_id,
            status=Status(row.status),
            coverage=row.coverage,
            summary=self._lines.summary(row.id),
            advice=self._lines.advice(row.id),
            actions=self._lines.actions(row.id),
            decisions=self._lines.notes(row.id, "decision"),
            questions=self._lines.notes(row.id, "question"),
            opportunities=self._lines.notes(row.id, "opportunity"),
            thanks=row.thanks,
            unsupported=row.unsupported,
            provenance=provenance_of(row),
            version=row.version,
            notices=row.notices,
        )


def _stale(session: str, asked: int, yours: Recap, latest: Recap) -> StaleVersion:
    return StaleVersion(
        f"Version {asked} of the recap of session {session!r} is not the latest: that is {latest.version}.",
        yours=recap_text(yours),
        latest=recap_text(latest),
    )
