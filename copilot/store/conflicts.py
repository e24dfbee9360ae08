"""Conflicts between pieces of approved advice, and what people decided about them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, select

from copilot.domain import AdviceSide, Conflict, ConflictKind, Status, Triage
from copilot.errors import NotFound
from copilot.store.repository import Repository
from copilot.store.tables import advice, conflict, pair_decision, recap
from copilot.text import content_hash, fold

_FIELDS = ("verdict", "severity", "confidence", "when_a", "when_b", "settle")
_SIDE_FIELDS = ("advice", "session", "mentor", "quote", "text", "topic", "condition", "said_on")


def pair_of(value: Conflict) -> str:
    """The pair by what was said where, in either order: the same however the advice is numbered."""
    sides = sorted((side.session, fold(side.quote)) for side in (value.a, value.b))
    return content_hash(*(part for side in sides for part in side))


class Conflicts(Repository):
    """Reading shows only pairs of which both pieces stand in an approved recap."""

    def put(self, value: Conflict) -> None:
        """Add or replace by id. Its status is that of the pair as a person left it, else open.

        The status of `value` itself is not looked at: only `triage` changes one.
        """
        pair = pair_of(value)
        before = self._db.scalar(select(conflict.c.pair).where(self._mine(conflict, id=value.id)))
        if before is not None and before != pair:
            self._keep_decision(before, pair, value)
        others = and_(self._mine(conflict, pair=pair), conflict.c.id != value.id)
        self._db.execute(delete(conflict).where(others))
        values: dict[str, Any] = {"mentee_id": value.mentee, "pair": pair, "kind": str(value.kind)}
        values |= {name: getattr(value, name) for name in _FIELDS}
        for name, side in (("a", value.a), ("b", value.b)):
            values |= {f"{name}_{field}": getattr(side, field) for field in _SIDE_FIELDS}
        self._put(conflict, {"id": value.id}, values)

    def get(self, id: str) -> Conflict:
        """Raises NotFound."""
        row = self._db.execute(self._shown().where(conflict.c.id == id)).first()
        if row is None:
            raise NotFound(f"There is no conflict {id!r} in this programme.")
        return _conflict(row)

    def of_mentee(self, mentee: str) -> list[Conflict]:
        """All states, the most certain first."""
        return self._list(self._shown().where(conflict.c.mentee_id == mentee))

    def all(self, status: Triage | None = None) -> list[Conflict]:
        """The most certain first."""
        query = self._shown()
        if status is not None:
            query = query.where(_status() == str(status))
        return self._list(query)

    def triage(self, id: str, status: Triage, reason: str | None, by: str, at: datetime) -> Conflict:
        """What a person decides about a pair; it holds for these words for good. Raises NotFound."""
        found = self.get(id)
        values = {
            "a_session": found.a.session,
            "b_session": found.b.session,
            "status": str(status),
            "reason": reason,
            "decided_by": by,
            "decided_at": at,
        }
        self._put(pair_decision, {"pair": pair_of(found)}, values)
        return self.get(id)

    def decided(self, value: Conflict) -> Triage | None:
        """What a person decided about these words before, if anything; `value` need not be stored."""
        query = select(pair_decision.c.status).where(self._mine(pair_decision, pair=pair_of(value)))
        status = self._db.scalar(query)
        return None if status is None else Triage(status)

    def forget_open(self, mentee: str, keep: Collection[str]) -> None:
        """Drop the mentee's flags that nobody has decided about, but for the ids in `keep`."""
        decided = select(pair_decision.c.pair).where(self._mine(pair_decision))
        gone = self._mine(conflict, mentee_id=mentee) & conflict.c.pair.not_in(decided)
        self._db.execute(delete(conflict).where(gone, conflict.c.id.not_in(list(keep))))

    def _keep_decision(self, before: str, pair: str, value: Conflict) -> None:
        """The words under an id were edited: what a person said about the id still holds."""
        known = {
            row.pair: row
            for row in self._db.execute(
                select(pair_decision).where(
                    self._mine(pair_decision), pair_decision.c.pair.in_([before, pair])
                )
            )
        }
        if before in known and pair not in known:
            copy = {**known[before]._mapping, "pair": pair}
            copy |= {"a_session": value.a.session, "b_session": value.b.session}
            self._insert(pair_decision, [copy])

    def _shown(self) -> Select[Any]:
        decided = and_(
            pair_decision.c.programme_id == conflict.c.programme_id,
            pair_decision.c.pair == conflict.c.pair,
        )
        return (
            select(*conflict.c, _status().label("status"), pair_decision.c.reason)
            .select_from(conflict)
            .outerjoin(pair_decision, decided)
            .where(self._mine(conflict), _approved("a"), _approved("b"))
        )

    def _list(self, query: Select[Any]) -> list[Conflict]:
        ordered = query.order_by(conflict.c.confidence.desc(), conflict.c.id)
        return [_conflict(row) for row in self._db.execute(ordered)]


def _status() -> ColumnElement[str]:
    return func.coalesce(pair_decision.c.status, str(Triage.OPEN))


def _approved(side: str) -> ColumnElement[bool]:
    """This side's advice stands in the approved recap of its session."""
    return (
        select(advice.c.id)
        .join(recap, recap.c.id == advice.c.recap_id)
        .where(
            advice.c.programme_id == conflict.c.programme_id,
            advice.c.id == conflict.c[f"{side}_advice"],
            recap.c.session_id == conflict.c[f"{side}_session"],
            recap.c.status == str(Status.APPROVED),
        )
        .correlate(conflict)
        .exists()
    )


def _side(row: Any, name: str) -> AdviceSide:
    fields = {field: getattr(row, f"{name}_{field}") for field in _SIDE_FIELDS}
    return AdviceSide(mentee=row.mentee_id, **fields)


def _conflict(row: Any) -> Conflict:
    return Conflict(
        id=row.id,
        mentee=row.mentee_id,
        a=_side(row, "a"),
        b=_side(row, "b"),
        kind=ConflictKind(row.kind),
        status=Triage(row.status),
        reason=row.reason,
        **{name: getattr(row, name) for name in _FIELDS},
    )
