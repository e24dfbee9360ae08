"""Finds the few places where two mentors of one mentee disagree."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, groupby
from typing import TYPE_CHECKING

from copilot.conflicts.candidates import Ledger, Pair
from copilot.conflicts.wording import worded
from copilot.domain import (
    AdvicePair,
    AdviceSide,
    Conflict,
    ConflictKind,
    Drafted,
    Label,
    PairVerdict,
    Usage,
    pair_key,
)
from copilot.errors import BadInput
from copilot.text import content_hash
from copilot.thresholds import CONFLICTS

if TYPE_CHECKING:
    from copilot.ports import Engine, Vectors

_NOTHING: Mapping[str, PairVerdict] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanResult:
    """`judged` are the verdicts of this scan by pair key: keep them, so that none is paid for twice."""

    conflicts: tuple[Conflict, ...]
    judged: Mapping[str, PairVerdict]
    judged_ids: Mapping[str, tuple[str, str]]
    """Pair key -> the ids of its two pieces of advice, for every judged pair."""
    pairs_considered: int
    """Pairs of different mentors that were compared by vector and words."""
    engine: str
    model: str
    prompt: str | None = None
    usage: Usage = field(default_factory=Usage)
    notice: str | None = None


def scan(
    advice: Sequence[AdviceSide],
    vectors: Vectors,
    engine: Engine,
    *,
    known: Mapping[str, PairVerdict] = _NOTHING,
    dismissed: Collection[str] = (),
    new: Collection[str] | None = None,
    per_mentee: int = CONFLICTS.per_mentee,
    goal: str = "",
    budget: int | None = None,
    standing: Collection[tuple[str, str]] | None = None,
) -> ScanResult:
    """Flags of every mentee in `advice`, strongest first, at most `per_mentee` each.

    `vectors` has shape (len(advice), d), rows of length 1, in the order of `advice`. `known` are
    verdicts of earlier scans and `dismissed` pairs never to show again, both by `pair_key`. `new` are
    the ids of advice not scanned before (None = all): only pairs with one of them are judged, and no
    more than `budget` pairs a mentee. `standing` are the advice ids of the pairs that earlier scans
    flagged (None = look for them among all pairs: slow above a thousand pieces). Raises BadInput for
    vectors of another shape, and whatever the engine raises.
    """
    if len(vectors) != len(advice):
        raise BadInput(f"{len(advice)} pieces of advice came with {len(vectors)} vectors.")
    order = sorted(range(len(advice)), key=lambda i: (advice[i].mentee, advice[i].advice))
    run = _Run(engine, known, frozenset(dismissed), per_mentee, goal, budget, standing)
    for _, group in groupby(order, key=lambda i: advice[i].mentee):
        at = list(group)
        ledger = Ledger([run.heard(advice[i]) for i in at], vectors[at])
        fresh = [n for n, i in enumerate(at) if new is None or advice[i].advice in new]
        run.mentee(ledger, fresh)
    return run.result()


class _Run:
    """One scan under way: what has been judged and found so far."""

    def __init__(
        self,
        engine: Engine,
        known: Mapping[str, PairVerdict],
        dismissed: frozenset[str],
        per_mentee: int,
        goal: str,
        budget: int | None,
        standing: Collection[tuple[str, str]] | None,
    ) -> None:
        self.engine, self.known, self.dismissed = engine, known, dismissed
        self.per_mentee, self.goal, self.budget = per_mentee, goal, budget
        self.standing = standing
        self.floor = CONFLICTS.show if engine.name == "local" else CONFLICTS.show_model
        self.shown_before = {k for k, v in known.items() if v.score >= self.floor} - dismissed
        self.told: dict[str, AdviceSide] = {}
        self.judged: dict[str, PairVerdict] = {}
        self.judged_ids: dict[str, tuple[str, str]] = {}
        self.conflicts: list[Conflict] = []
        self.considered = 0
        self.drafts: list[Drafted[tuple[PairVerdict, ...]]] = []

    def heard(self, side: AdviceSide) -> AdviceSide:
        """The local judge reads what was said: the shorter wording drops amounts and times that matter.

        On the dev programme of the evals three flags find 2 of 5 conflicts so, and 1 by the wording.
        """
        self.told[side.advice] = side
        return replace(side, text=side.quote or side.text) if self.engine.name == "local" else side

    def _as_told(self, pair: AdvicePair) -> AdvicePair:
        return replace(pair, a=self.told[pair.a.advice], b=self.told[pair.b.advice])

    def mentee(self, ledger: Ledger, fresh: Sequence[int]) -> None:
        self.considered += ledger.cross_pairs()
        pairs = self._pairs(ledger, self._candidates(ledger, fresh))
        self._judge(pairs)
        by_key = {_key(p): p for p in pairs}
        by_key |= {k: p for k, p in self._remembered(ledger) if k not in by_key}
        ranked = self._ranked(by_key)
        again = [k for k in ranked[: 2 * self.per_mentee] if k in self.judged]
        if again:
            verdicts = [self.judged[k] for k in again]
            draft = self.engine.second_look([by_key[k] for k in again], verdicts)
            self._keep(again, draft)
            ranked = self._ranked(by_key)
        for key in self._spread(ranked, by_key):
            self.conflicts.append(_flag(key, self._as_told(by_key[key]), self._verdict(key)))

    def result(self) -> ScanResult:
        last = self.drafts[-1] if self.drafts else None
        fallen = next((d for d in self.drafts if d.notice), last)
        return ScanResult(
            conflicts=tuple(self.conflicts),
            judged=self.judged,
            judged_ids={key: self.judged_ids[key] for key in self.judged},
            pairs_considered=self.considered,
            engine=fallen.engine if fallen else self.engine.name,
            model=fallen.model if fallen else self.engine.model,
            prompt=last.prompt if last else None,
            usage=sum((d.usage for d in self.drafts), Usage()),
            notice=fallen.notice if fallen else None,
        )

    def _candidates(self, ledger: Ledger, fresh: Sequence[int]) -> list[Pair]:
        """A local judge is cheap: in a small ledger it reads every pair. A model is asked for few."""
        if not fresh:
            return []
        local = self.engine.name == "local"
        if local and len(ledger.advice) <= CONFLICTS.all_pairs_up_to:
            return ledger.all_pairs(fresh)
        near = CONFLICTS.near_local if local else CONFLICTS.near_model
        return ledger.near_pairs(fresh, near, CONFLICTS.worded)

    def _pairs(self, ledger: Ledger, candidates: Sequence[Pair]) -> list[AdvicePair]:
        """Candidates not yet judged nor dismissed, with their standing; the nearest, within the budget."""
        advice = ledger.advice
        open_ = [
            (i, j)
            for i, j in candidates
            if (key := pair_key(advice[i].advice, advice[j].advice)) not in self.known
            and key not in self.dismissed
        ]
        pairs = [
            AdvicePair(a=advice[i], b=advice[j], goal=self.goal, similarity=cosine, context=context)
            for (i, j), (cosine, context) in zip(open_, ledger.contexts(open_), strict=True)
        ]
        if self.budget is not None and len(pairs) > self.budget:
            pairs = sorted(pairs, key=lambda p: -p.similarity)[: self.budget]
        return pairs

    def _judge(self, pairs: Sequence[AdvicePair]) -> None:
        if pairs:
            self.judged_ids.update({_key(p): (p.a.advice, p.b.advice) for p in pairs})
            self._keep([_key(p) for p in pairs], self.engine.judge(pairs))

    def _keep(self, keys: Sequence[str], draft: Drafted[tuple[PairVerdict, ...]]) -> None:
        self.judged.update(zip(keys, draft.value, strict=True))
        self.drafts.append(draft)

    def _remembered(self, ledger: Ledger) -> list[tuple[str, AdvicePair]]:
        """Pairs of this ledger that an earlier scan thought worth showing."""
        if not self.shown_before:
            return []
        at = {side.advice: i for i, side in enumerate(ledger.advice)}
        pairs: Iterable[Pair] = combinations(range(len(ledger.advice)), 2)
        if self.standing is not None:
            here = [p for p in self.standing if p[0] in at and p[1] in at]
            pairs = ((min(i, j), max(i, j)) for i, j in ((at[x], at[y]) for x, y in here))
        return [
            (key, AdvicePair(a=ledger.advice[i], b=ledger.advice[j], goal=self.goal))
            for i, j in pairs
            if ledger.apart(i, j)
            and (key := pair_key(ledger.advice[i].advice, ledger.advice[j].advice)) in self.shown_before
        ]

    def _verdict(self, key: str) -> PairVerdict:
        return self.judged[key] if key in self.judged else self.known[key]

    def _spread(self, ranked: Sequence[str], by_key: Mapping[str, AdvicePair]) -> list[str]:
        """The flags to show, strongest first: a piece of advice in a second flag waits for the others.

        One odd piece would else fill the queue: on the held-out ledgers three flags find 64 of 91
        conflicts so, and 58 without.
        """
        first: list[str] = []
        used: set[str] = set()
        for key in ranked:
            ids = {by_key[key].a.advice, by_key[key].b.advice}
            if not ids & used:
                first.append(key)
                used |= ids
        shown = set([*first, *(key for key in ranked if key not in first)][: self.per_mentee])
        return [key for key in ranked if key in shown]

    def _ranked(self, by_key: Mapping[str, AdvicePair]) -> list[str]:
        """Keys worth showing, strongest first."""
        shown = [k for k in by_key if self._verdict(k).score >= self.floor]
        return sorted(shown, key=lambda k: (-self._verdict(k).score, k))


def judge_pairs(items: Sequence[tuple[str, str, str]], engine: Engine) -> list[tuple[str, PairVerdict]]:
    """Verdicts on (id, text, text), in their order; each independent of the order of its texts.

    Raises BadInput where a text is empty.
    """
    pairs = []
    for name, one, other in items:
        if not one.strip() or not other.strip():
            raise BadInput(f"Pair {name!r} has an empty side.", "Give both a and b some words.")
        a, b = (_lone(text) for text in sorted((one, other)))
        pairs.append(AdvicePair(a=a, b=b))
    verdicts = engine.judge(pairs).value if pairs else ()
    return [(item[0], verdict) for item, verdict in zip(items, verdicts, strict=True)]


def _lone(text: str) -> AdviceSide:
    name = content_hash(text)
    return AdviceSide(advice=name, session="", mentor=name, mentee="", quote=text, text=text)


def _key(pair: AdvicePair) -> str:
    return pair_key(pair.a.advice, pair.b.advice)


def _flag(key: str, pair: AdvicePair, verdict: PairVerdict) -> Conflict:
    sure = verdict.label is Label.CONFLICT and verdict.score >= CONFLICTS.sure
    full = worded(pair, replace(verdict, kind=verdict.kind or ConflictKind.DIRECT))
    return Conflict(
        id=key,
        mentee=pair.a.mentee,
        a=pair.a,
        b=pair.b,
        verdict="conflict" if sure else "worth comparing",
        kind=full.kind or ConflictKind.DIRECT,
        severity=min(3, max(1, full.severity)),
        confidence=round(full.score, 3),
        when_a=full.when_a,
        when_b=full.when_b,
        settle=full.settle,
    )
