"""Verdicts already given, so that a pair is judged and paid for once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, select

from copilot.domain import ConflictKind, Label, PairVerdict
from copilot.store.repository import Repository, batches
from copilot.store.tables import pair_verdict


class Verdicts(Repository):
    """`judge` names engine, model, prompt and thresholds: another judge is asked anew."""

    def get_many(self, keys: Iterable[str], judge: str) -> dict[str, PairVerdict]:
        """Those that are known; a missing key has not been judged."""
        out: dict[str, PairVerdict] = {}
        for some in batches(keys):
            query = select(pair_verdict).where(
                self._mine(pair_verdict, judge=judge), pair_verdict.c.pair.in_(some)
            )
            out.update((row.pair, _verdict(row)) for row in self._db.execute(query))
        return out

    def put_many(self, verdicts: Mapping[str, PairVerdict], judge: str) -> None:
        """Add or replace."""
        for some in batches(verdicts):
            known = self._mine(pair_verdict, judge=judge) & pair_verdict.c.pair.in_(some)
            self._db.execute(delete(pair_verdict).where(known))
            self._insert(pair_verdict, [_row(key, verdicts[key], judge) for key in some])


def _row(key: str, value: PairVerdict, judge: str) -> dict[str, Any]:
    return {
        "judge": judge,
        "pair": key,
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
