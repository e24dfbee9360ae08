"""The lines of a recap as rows, and a recap as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Table, select

from copilot.domain import ActionItem, ActionState, Advice, Note, Recap, Speaker, SummaryPoint
from copilot.store.repository import Repository
from copilot.store.tables import action_item, action_progress, advice, note, summary_point
from copilot.text import content_hash, fold


class RecapLines(Repository):
    def write(self, id: int, value: Recap) -> None:
        at = {"recap_id": id}
        self._insert(
            summary_point,
            [
                {**at, "position": place, "text": one.text, "turns": one.turns}
                for place, one in enumerate(value.summary)
            ],
        )
        self._insert(advice, [{**at, **_advice_row(p, one)} for p, one in enumerate(value.advice)])
        self._insert(action_item, [{**at, **_action_row(p, one)} for p, one in enumerate(value.actions)])
        for kind, notes in (
            ("decision", value.decisions),
            ("question", value.questions),
            ("opportunity", value.opportunities),
        ):
            self._insert(note, [{**at, "kind": kind, **_note_row(p, one)} for p, one in enumerate(notes)])

    def summary(self, id: int) -> tuple[SummaryPoint, ...]:
        return tuple(SummaryPoint(text=row.text, turns=row.turns) for row in self._rows(summary_point, id))

    def advice(self, id: int) -> tuple[Advice, ...]:
        return tuple(_advice(row) for row in self._rows(advice, id))

    def actions(self, id: int) -> tuple[ActionItem, ...]:
        """With the state that people gave them since."""
        rows = self._rows(action_item, id)
        query = select(action_progress.c.action_id, action_progress.c.state).where(
            self._mine(action_progress), action_progress.c.action_id.in_([row.id for row in rows])
        )
        progress = {row.action_id: row.state for row in self._db.execute(query)} if rows else {}
        return tuple(action_of(row, progress.get(row.id, row.state)) for row in rows)

    def notes(self, id: int, kind: str) -> tuple[Note, ...]:
        rows = (row for row in self._rows(note, id) if row.kind == kind)
        return tuple(Note(quote=row.quote, turns=row.turns, text=row.text, at=row.at) for row in rows)

    def _rows(self, table: Table, id: int) -> Sequence[Any]:
        query = select(table).where(table.c.recap_id == id).order_by(table.c.position)
        return self._db.execute(query).all()


def _advice_row(place: int, one: Advice) -> dict[str, Any]:
    return {
        "position": place,
        "id": one.id,
        "quote": one.quote,
        "turns": one.turns,
        "at": one.at,
        "text": one.text,
        "topic": one.topic,
        "condition": one.condition,
        "confidence": one.confidence,
    }


def _advice(row: Any) -> Advice:
    return Advice(
        id=row.id,
        quote=row.quote,
        turns=row.turns,
        at=row.at,
        text=row.text,
        topic=row.topic,
        condition=row.condition,
        confidence=row.confidence,
    )


def _action_row(place: int, one: ActionItem) -> dict[str, Any]:
    return {
        "position": place,
        "id": one.id,
        "quote": one.quote,
        "turns": one.turns,
        "at": one.at,
        "owner": None if one.owner is None else str(one.owner),
        "task": one.task,
        "due": one.due,
        "due_said": one.due_said,
        "state": str(one.state),
    }


def action_of(row: Any, state: str) -> ActionItem:
    return ActionItem(
        id=row.id,
        quote=row.quote,
        turns=row.turns,
        at=row.at,
        owner=None if row.owner is None else Speaker(row.owner),
        task=row.task,
        due=row.due,
        due_said=row.due_said,
        state=ActionState(state),
    )


def _note_row(place: int, one: Note) -> dict[str, Any]:
    return {"position": place, "quote": one.quote, "turns": one.turns, "at": one.at, "text": one.text}


def with_action_ids(value: Recap) -> tuple[ActionItem, ...]:
    """Every action gets an id that stays the same as long as its words do."""
    taken = {one.id for one in value.actions}
    out: list[ActionItem] = []
    for one in value.actions:
        number = 0
        id = one.id
        while not id or (not one.id and id in taken):
            stem = content_hash(value.session, fold(one.quote), str(number))[7:19]
            id, number = f"{value.session}-t-{stem}", number + 1
        taken.add(id)
        out.append(replace(one, id=id))
    return tuple(out)


def recap_text(value: Recap) -> str:
    """A recap as plain lines, for showing two versions side by side."""
    parts: list[tuple[str, list[str]]] = [
        ("Summary", [one.text for one in value.summary]),
        ("Advice", [_said(one.text, one.quote) for one in value.advice]),
        ("Actions", [_said(_task(one), one.quote) for one in value.actions]),
        ("Decisions", [_said(one.text, one.quote) for one in value.decisions]),
        ("Open questions", [_said(one.text, one.quote) for one in value.questions]),
        ("Opportunities", [_said(one.text, one.quote) for one in value.opportunities]),
        ("Thanks", [value.thanks] if value.thanks else []),
    ]
    shown = [f"{title}\n" + "\n".join(f"- {line}" for line in lines) for title, lines in parts if lines]
    return "\n\n".join(shown)


def _said(text: str, quote: str) -> str:
    return f'{text} ("{quote}")'


def _task(one: ActionItem) -> str:
    owner = f"{one.owner}: " if one.owner else ""
    due = f", due {one.due.isoformat()}" if one.due else ""
    return f"{owner}{one.task}{due}"
