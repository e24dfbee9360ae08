"""Agenda versions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from copilot.domain import Agenda, AgendaItem, Disagreement, Status
from copilot.errors import NotFound
from copilot.store.repository import Repository
from copilot.store.tables import agenda, agenda_item, agenda_line, session
from copilot.store.tables.provenance import generation, provenance_of, provenance_values


class Agendas(Repository):
    def add(self, value: Agenda, editor: str | None = None) -> Agenda:
        """Store as the next version; a generated one that is known already is returned as it stands.

        Raises NotFound if the agenda has no session or an unknown one.
        """
        if value.session is None or not self._known(value.session):
            raise NotFound(f"There is no session {value.session!r} in this programme.")
        key = None if editor else generation(value.provenance)
        if key is not None:
            known = self._row(value.session, generation=key)
            if known is not None:
                return self._read(known)
        version = self._newest(value.session) + 1
        row = {
            "programme_id": self._programme,
            "session_id": value.session,
            "version": version,
            "status": str(value.status),
            "minutes": value.minutes,
            "goal": value.goal,
            "done_when": value.done_when,
            "editor": editor,
            "generation": key,
            **provenance_values(value.provenance),
        }
        id = self._db.scalars(agenda.insert().values(**row).returning(agenda.c.id)).one()
        self._write(id, value)
        return self.version(value.session, version)

    def latest(self, session: str) -> Agenda | None:
        row = self._row(session)
        return None if row is None else self._read(row)

    def version(self, session: str, n: int) -> Agenda:
        """Raises NotFound."""
        row = self._row(session, version=n)
        if row is None:
            raise NotFound(f"Session {session!r} has no agenda version {n}.")
        return self._read(row)

    def _known(self, id: str) -> bool:
        return self._db.execute(select(session.c.id).where(self._mine(session, id=id))).first() is not None

    def _newest(self, session: str) -> int:
        query = select(func.max(agenda.c.version)).where(self._mine(agenda, session_id=session))
        return self._db.scalar(query) or 0

    def _row(self, session: str, **keys: Any) -> Any:
        query = select(agenda).where(self._mine(agenda, session_id=session, **keys))
        return self._db.execute(query.order_by(agenda.c.version.desc()).limit(1)).first()

    def _write(self, id: int, value: Agenda) -> None:
        items = [
            {
                "agenda_id": id,
                "position": place,
                "title": one.title,
                "minutes": one.minutes,
                "purpose": one.purpose,
                "prompts": one.prompts,
            }
            for place, one in enumerate(value.items)
        ]
        self._insert(agenda_item, items)
        lines: list[tuple[str, list[tuple[str, str | None]]]] = [
            ("question", [(text, None) for text in value.questions]),
            ("prework", [(text, None) for text in value.prework]),
            ("open action", [(text, None) for text in value.open_actions]),
            ("disagreement", [(one.ask, one.topic) for one in value.disagreements]),
        ]
        for kind, texts in lines:
            rows = [
                {"agenda_id": id, "position": place, "kind": kind, "text": text, "topic": topic}
                for place, (text, topic) in enumerate(texts)
            ]
            self._insert(agenda_line, rows)

    def _read(self, row: Any) -> Agenda:
        query = select(agenda_item).where(agenda_item.c.agenda_id == row.id)
        items = self._db.execute(query.order_by(agenda_item.c.position))
        query = select(agenda_line).where(agenda_line.c.agenda_id == row.id)
        lines: dict[str, list[Any]] = {}
        for line in self._db.execute(query.order_by(agenda_line.c.position)):
            lines.setdefault(line.kind, []).append(line)
        return Agenda(
            session=row.session_id,
            minutes=row.minutes,
            goal=row.goal,
            items=tuple(
                AgendaItem(title=one.title, minutes=one.minutes, purpose=one.purpose, prompts=one.prompts)
                for one in items
            ),
            questions=tuple(one.text for one in lines.get("question", ())),
            prework=tuple(one.text for one in lines.get("prework", ())),
            done_when=row.done_when,
            open_actions=tuple(one.text for one in lines.get("open action", ())),
            disagreements=tuple(
                Disagreement(topic=one.topic, ask=one.text) for one in lines.get("disagreement", ())
            ),
            provenance=provenance_of(row),
            status=Status(row.status),
            version=row.version,
        )
