"""Verdicts on pairs of advice: batches, each pair asked in both orders, words mapped to probabilities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from copilot.domain import AdvicePair, AdviceSide, ConflictKind, Label, PairVerdict
from copilot.engines.llm.answers import JudgeAnswer, SecondLookAnswer, SecondVerdictAnswer, VerdictAnswer
from copilot.engines.llm.asking import Draft, Unusable
from copilot.engines.llm.pool import together
from copilot.thresholds import MODEL_ENGINE

JUDGE, SECOND = "judge", "second_look"
AnyVerdict = VerdictAnswer | SecondVerdictAnswer


@dataclass(frozen=True, slots=True)
class _Case:
    """One pair in one order. `hint` is what a first reader saw, for a second look."""

    first: AdviceSide
    second: AdviceSide
    goal: str
    hint: str = ""

    @property
    def swapped(self) -> _Case:
        return _Case(self.second, self.first, self.goal, self.hint)

    def lines(self, number: int) -> str:
        rows = [f"PAIR {number}", f"goal: {_one_line(self.goal) or 'not known'}"]
        if self.hint:
            rows.append(f"the first reader saw: {self.hint}")
        for name, side in (("first", self.first), ("second", self.second)):
            rows.append(f"{name} advice: {_one_line(side.text)}")
            rows.append(f"{name} in the mentor's own words: {_one_line(side.quote) or 'not known'}")
            if side.condition:
                rows.append(f"{name} holds under the condition: {_one_line(side.condition)}")
            if side.said_on:
                rows.append(f"{name} was said on: {side.said_on.isoformat()}")
        return "\n".join(rows)


def judge(draft: Draft, pairs: Sequence[AdvicePair], *, parallel: int) -> tuple[PairVerdict, ...]:
    """One verdict a pair, in their order; the same verdict whichever side comes first."""
    return _verdicts(draft, JUDGE, pairs, [""] * len(pairs), parallel)


def second_look(
    draft: Draft, pairs: Sequence[AdvicePair], verdicts: Sequence[PairVerdict], *, parallel: int
) -> tuple[PairVerdict, ...]:
    """As `judge`, with the sceptical prompt, which knows the kind that the first reader saw."""
    hints = [f"a {verdict.kind} conflict" if verdict.kind else "a conflict" for verdict in verdicts]
    return _verdicts(draft, SECOND, pairs, hints, parallel)


def _verdicts(
    draft: Draft, prompt: str, pairs: Sequence[AdvicePair], hints: Sequence[str], parallel: int
) -> tuple[PairVerdict, ...]:
    cases = [_case(pair, hint) for pair, hint in zip(pairs, hints, strict=True)]
    mirrored = [case.swapped for case in reversed(cases)]
    jobs = [_batch_job(draft, prompt, batch) for batch in (*_batches(cases), *_batches(mirrored))]
    answers = [verdict for batch in together(jobs, parallel, draft.deadline) for verdict in batch]
    forward, backward = answers[: len(cases)], answers[len(cases) :][::-1]
    return tuple(
        _combined(one, other, flipped=case.first is not pair.a)
        for pair, case, one, other in zip(pairs, cases, forward, backward, strict=True)
    )


def calls_for(pairs: int) -> int:
    """Model calls that so many pairs take without repairs."""
    return 2 * -(-pairs // MODEL_ENGINE.pairs_per_call)


def _case(pair: AdvicePair, hint: str) -> _Case:
    """The same case for (a, b) and (b, a): ordered by what the sides say."""
    sides = sorted(
        (pair.a, pair.b), key=lambda side: (side.text, side.quote, side.condition or "", side.advice)
    )
    return _Case(sides[0], sides[1], pair.goal, hint)


def _batches(cases: Sequence[_Case]) -> list[Sequence[_Case]]:
    size = MODEL_ENGINE.pairs_per_call
    return [cases[start : start + size] for start in range(0, len(cases), size)]


def _batch_job(draft: Draft, prompt: str, batch: Sequence[_Case]) -> Callable[[], Sequence[AnyVerdict]]:
    numbers = list(range(1, len(batch) + 1))

    def check(answer: JudgeAnswer | SecondLookAnswer) -> None:
        given = sorted(verdict.pair for verdict in answer.verdicts)
        if given != numbers:
            raise Unusable(f"Give one verdict for each of the pairs {numbers}; you gave {given}.", "invalid")

    def run() -> Sequence[AnyVerdict]:
        values: dict[str, str | int] = {
            "count": len(batch),
            "pairs": "\n\n".join(case.lines(n) for n, case in enumerate(batch, 1)),
        }
        verdicts: Sequence[AnyVerdict]
        if prompt == SECOND:
            verdicts = draft.ask(prompt, values, SecondLookAnswer, check).verdicts
        else:
            verdicts = draft.ask(prompt, values, JudgeAnswer, check).verdicts
        return sorted(verdicts, key=lambda verdict: verdict.pair)

    return run


def probability(verdict: AnyVerdict) -> float:
    """The probability of conflict that the model's two words stand for."""
    score: float = getattr(MODEL_ENGINE, f"{verdict.label}_{verdict.certainty}")
    return score


def _combined(one: AnyVerdict, other: AnyVerdict, *, flipped: bool) -> PairVerdict:
    """`one` saw the case as it is, `other` mirrored; `flipped`: the case's first side is the pair's b."""
    score = round((probability(one) + probability(other)) / 2, 4)
    if score < MODEL_ENGINE.conflict_from:
        quiet = {one.label, other.label} == {"unrelated"}
        return PairVerdict(label=Label.UNRELATED if quiet else Label.COMPATIBLE, score=score)
    teller, mirrored = (one, False) if one.label == "conflict" else (other, True)
    first, second = (
        (teller.when_second, teller.when_first) if mirrored else (teller.when_first, teller.when_second)
    )
    return PairVerdict(
        label=Label.CONFLICT,
        score=score,
        kind=ConflictKind(teller.kind or "direct"),
        severity=_severity(one, other),
        when_a=second if flipped else first,
        when_b=first if flipped else second,
        settle=teller.settle,
    )


def _severity(one: AnyVerdict, other: AnyVerdict) -> int:
    """The milder of those who see a conflict: a flag should not shout louder than both readers."""
    return min(verdict.severity for verdict in (one, other) if verdict.label == "conflict")


def _one_line(text: str) -> str:
    return " ".join(text.split())
