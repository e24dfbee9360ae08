"""Verdicts already given, so that a pair is judged and paid for once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select, tuple_

from copilot.domain import ConflictKind, Label, PairVerdict
from copilot.store.repository import Repository, batches
from copilot.store.tables import pair_verdict

AdviceIds = tuple[str, str]


class Verdicts(Repository):
    """`judge` is "ENGINE/…" and names model, prompt and thresholds: another judge is asked anew."""

    def of_mentee(self, mentee: str, judge: str) -> dict[AdviceIds, PairVerdict]:
        """All verdicts by the ids of the two pieces of advice, as they were put."""
        query = select(pair_verdict).where(self._mine(pair_verdict, mentee_id=mentee, judge=judge))
        return {(row.a_advice, row.b_advice): _verdict(row) for row in self._db.execute(query)}

    def put_many(self, mentee: str, verdicts: Mapping[AdviceIds, PairVerdict], judge: str) -> None:
        """Add or replace."""
        pair = tuple_(pair_verdict.c.a_advice, pair_verdict.c.b_advice)
        for some in batches(verdicts):
            known = self._mine(pair_verdict, mentee_id=mentee, judge=judge) & pair.in_(some)
            self._db.execute(delete(pair_verdict).where(known))
            self._insert(pair_verdict, [_row(mentee, ids, verdicts[ids], judge) for ids in some])

    def forget_others(self, mentee: str, engine: str, keep: str) -> None:
        """Drop what judges whose name starts with `engine` ("local/") said, but for the judge `keep`."""
        gone = (
            self._mine(pair_verdict, mentee_id=mentee)
            & pair_verdict.c.judge.startswith(engine, autoescape=True)
            & (pair_verdict.c.judge != keep)
        )
        self._db.execute(delete(pair_verdict).where(gone))


def _row(mentee: str, ids: AdviceIds, value: PairVerdict, judge: str) -> dict[str, Any]:
    return {
        "judge": judge,
        "mentee_id": mentee,
        "a_advice": ids[0],
        "b_advice": ids[1],
        "label": str(value.label),
        "score": value.score,
        "kind": None if value.kind is None else str(value.kind),
        "severity": value.severity,
        "when_a": value.when_a,
        "when_b": value.when_b,
        "settle": value.settle,
    }


def _verdict(row: Any) -> PairVerdict:
    return PairVerdict(
        label=Label(row.label),
        score=row.score,
        kind=None if row.kind is None else ConflictKind(row.kind),
        severity=row.severity,
        when_a=row.when_a,
        when_b=row.when_b,
        settle=row.settle,
    )
