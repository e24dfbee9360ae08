"""What approved recaps say, across sessions: advice and actions. Drafts do not count."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, func, select

from copilot.domain import ActionItem, ActionState, AdviceSide, Status
from copilot.errors import NotFound
from copilot.store.recap_lines import action_of
from copilot.store.repository import Repository
from copilot.store.sessions import local_time
from copilot.store.tables import action_item, action_progress, advice, recap, session


class AdviceLedger(Repository):
    def of_mentee(self, mentee: str) -> list[AdviceSide]:
        """All advice in approved recaps of this mentee's sessions, oldest first."""
        query = self._approved(*advice.c, *_SESSION).where(session.c.mentee_id == mentee)
        return [_side(row) for row in self._db.execute(_in_order(query, advice.c.position))]

    def all_mentees(self) -> list[str]:
        """Ids of the mentees who have approved advice, sorted."""
        query = self._approved(session.c.mentee_id).distinct().order_by(session.c.mentee_id)
        return list(self._db.scalars(query))

    def _approved(self, *columns: Any) -> Select[Any]:
        return _approved(advice, columns).where(self._mine(session))


class Actions(Repository):
    def of_mentee(
        self, mentee: str, states: Collection[ActionState] | None = None
    ) -> list[tuple[ActionItem, str]]:
        """(action, session id) from approved recaps, oldest first; all states unless some are named."""
        state = func.coalesce(action_progress.c.state, action_item.c.state).label("now")
        query = (
            _approved(action_item, (*action_item.c, session.c.id.label("said_in"), state))
            .outerjoin(
                action_progress,
                (action_progress.c.programme_id == action_item.c.programme_id)
                & (action_progress.c.action_id == action_item.c.id),
            )
            .where(self._mine(session), session.c.mentee_id == mentee)
        )
        if states is not None:
            query = query.where(state.in_([str(one) for one in states]))
        rows = self._db.execute(_in_order(query, action_item.c.position))
        return [(action_of(row, row.now), row.said_in) for row in rows]

    def set_state(self, id: str, state: ActionState) -> None:
        """Holds for every version of the recap that carries this action. Raises NotFound."""
        query = (
            select(recap.c.session_id)
            .join(action_item, action_item.c.recap_id == recap.c.id)
            .where(self._mine(action_item, id=id))
        )
        said_in = self._db.scalar(query.limit(1))
        if said_in is None:
            raise NotFound(f"There is no action {id!r} in this programme.")
        self._put(action_progress, {"action_id": id}, {"session_id": said_in, "state": str(state)})


_SESSION = (
    session.c.id.label("said_in"),
    session.c.mentor_id,
    session.c.mentee_id,
    session.c.started_at,
    session.c.started_offset,
)


def _approved(table: Any, columns: tuple[Any, ...]) -> Select[Any]:
    """Lines of `table` with their recap and session, where the recap is approved."""
    same = (session.c.programme_id == recap.c.programme_id) & (session.c.id == recap.c.session_id)
    return (
        select(*columns)
        .join_from(table, recap, table.c.recap_id == recap.c.id)
        .join(session, same)
        .where(recap.c.status == str(Status.APPROVED))
    )


def _in_order(query: Select[Any], position: Any) -> Select[Any]:
    return query.order_by(session.c.started_at.is_(None), session.c.started_at, session.c.id, position)


def _side(row: Any) -> AdviceSide:
    started = local_time(row.started_at, row.started_offset)
    return AdviceSide(
        advice=row.id,
        session=row.said_in,
        mentor=row.mentor_id,
        mentee=row.mentee_id,
        quote=row.quote,
        text=row.text,
        topic=row.topic,
        condition=row.condition,
        said_on=None if started is None else started.date(),
    )
