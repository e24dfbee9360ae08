"""An engine that knows the labels: instant and right, so that a planted fault is all that can be wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from copilot.dates import find_due
from copilot.domain import (
    AdvicePair,
    AgendaPlan,
    AgendaRequest,
    Claim,
    ClaimKind,
    Coaching,
    CoachRequest,
    ConflictKind,
    Drafted,
    Label,
    PairVerdict,
    RecapClaims,
    RecapRequest,
    Speaker,
    SummaryPoint,
    Turn,
)
from copilot.text import fold
from evals import datasets
from evals.suites.programmes import Programme

KINDS = {
    "advice": ClaimKind.ADVICE,
    "actions": ClaimKind.ACTION,
    "decisions": ClaimKind.DECISION,
    "open_questions": ClaimKind.QUESTION,
}


class AnswerKey:
    """Recaps and verdicts from the labels of every dataset; goals and agendas by the product's rules."""

    name = "local"
    model = "answer-key"

    def __init__(self) -> None:
        self._sessions = [s for split in datasets.SPLITS for s in Programme(split).table("sessions")]
        self._keep = [row for split in datasets.SPLITS for row in datasets.rows("hostile", split)]
        self._labels = _labels(self._sessions)

    def recap(self, request: RecapRequest) -> Drafted[RecapClaims]:
        text = " ".join(turn.text for turn in request.turns)
        gold = next((s["gold"] for s in self._sessions if s["gold"]["advice"][0]["quote"] in text), None)
        claims = list(_claims(gold, request.turns)) if gold else list(self._kept(text, request.turns))
        everything = tuple(turn.index for turn in request.turns)
        points = (gold or {}).get("key_points", ())
        value = RecapClaims(
            summary=tuple(SummaryPoint(text=p, turns=everything) for p in points),
            claims=tuple(claims),
            thanks="Thank you for your time.",
            covered=everything,
        )
        return self._drafted(value)

    def _kept(self, text: str, turns: Sequence[Turn]) -> Iterator[Claim]:
        """The real advice of a hostile call."""
        for row in self._keep:
            for quote in row.get("keep", ()):
                if quote in text:
                    yield from _claim(ClaimKind.ADVICE, {"quote": quote, "normalized": quote}, turns)

    def judge(self, pairs: Sequence[AdvicePair]) -> Drafted[tuple[PairVerdict, ...]]:
        return self._drafted(tuple(self._verdict(p.a.text, p.b.text) for p in pairs))

    def second_look(
        self, pairs: Sequence[AdvicePair], verdicts: Sequence[PairVerdict]
    ) -> Drafted[tuple[PairVerdict, ...]]:
        return self._drafted(tuple(verdicts))

    def _verdict(self, one: str, other: str) -> PairVerdict:
        label, kind = self._labels.get(frozenset((fold(one), fold(other))), ("unrelated", None))
        score = 0.95 if label == "conflict" else 0.02
        return PairVerdict(label=Label(label), score=score, kind=ConflictKind(kind) if kind else None)

    def coach(self, request: CoachRequest) -> Drafted[Coaching]:
        from copilot.engines.local.coach import coach

        return self._drafted(coach(request))

    def agenda(self, request: AgendaRequest) -> Drafted[AgendaPlan]:
        from copilot.engines.local.agenda import plan

        return self._drafted(plan(request))

    def _drafted(self, value: Any) -> Drafted[Any]:
        return Drafted(value=value, engine=self.name, model=self.model)


def _claims(gold: Mapping[str, Any], turns: Sequence[Turn]) -> Iterator[Claim]:
    for key, kind in KINDS.items():
        for row in gold[key]:
            yield from _claim(kind, row, turns)


def _claim(kind: ClaimKind, row: Mapping[str, Any], turns: Sequence[Turn]) -> Iterator[Claim]:
    at = next((t.index for t in turns if row["quote"] in t.text), None)
    if at is not None:
        owner = row.get("owner")
        text = row.get("normalized") or row.get("task") or row.get("text") or row["quote"]
        due = find_due(row["quote"]) if row.get("due") else None
        yield Claim(
            kind=kind,
            turns=(at,),
            quote=row["quote"],
            text=text,
            owner=Speaker(owner) if owner else None,
            due=due,
        )


def _labels(sessions: Sequence[Mapping[str, Any]]) -> dict[frozenset[str], tuple[str, str | None]]:
    """Pair of texts, in whatever wording it may come -> (label, kind)."""
    out: dict[frozenset[str], tuple[str, str | None]] = {}
    texts = {a["id"]: (a["quote"], a["normalized"]) for s in sessions for a in s["gold"]["advice"]}
    for split in datasets.SPLITS:
        for row in datasets.rows("conflict_pairs", split):
            out[frozenset((fold(row["a"]), fold(row["b"])))] = (row["label"], row["kind"])
        found = Programme(split).table("conflicts")
        for key, label in (("compatible", "compatible"), ("conflicts", "conflict")):
            for row in found[key]:
                for one in texts[row["a"]]:
                    for other in texts[row["b"]]:
                        out[frozenset((fold(one), fold(other)))] = (label, row.get("kind"))
    return out
