"""What a new session costs a scan as the ledgers grow: seconds without the judge, and pairs to judge."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypedDict

import numpy as np

from copilot.conflicts import scan
from copilot.domain import AdvicePair, AdviceSide, Drafted, Label, PairVerdict
from copilot.thresholds import CONFLICTS

if TYPE_CHECKING:
    from copilot.ports import Engine, Vectors

SIZES = (1_000, 5_000, 10_000, 50_000)
NEW = 10
"""Pieces of advice in the new session."""
PER_MENTEE = 25
WORDS = 4_000
RUNS = 3


class Row(TypedDict):
    shape: str
    pieces: int
    seconds: float
    judged: int
    pairs: int


class CountingEngine:
    """Judges nothing, counts what it is asked."""

    model = "counting"

    def __init__(self, name: str) -> None:
        self.name = name
        self.asked = 0

    def judge(self, pairs: Sequence[AdvicePair]) -> Drafted[tuple[PairVerdict, ...]]:
        self.asked += len(pairs)
        verdicts = tuple(PairVerdict(label=Label.UNRELATED, score=0.0) for _ in pairs)
        return Drafted(value=verdicts, engine=self.name, model=self.model)


def programme(size: int, per_mentee: int, seed: int = 0) -> tuple[list[AdviceSide], Vectors]:
    """`size` pieces of made-up advice, `per_mentee` a mentee from 8 mentors each, and unit vectors."""
    rng = np.random.default_rng(seed)
    picks = rng.zipf(1.3, size=(size, 14)) % WORDS
    advice = []
    for n in range(size):
        text = " ".join(f"word{w}" for w in picks[n])
        mentee = f"m{n // per_mentee}"
        advice.append(
            AdviceSide(
                advice=f"a{n:06}",
                session=f"s{n}",
                mentor=f"{mentee}-{n % 8}",
                mentee=mentee,
                quote=text,
                text=text,
            )
        )
    vectors = rng.standard_normal((size, 384), dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return advice, vectors


def run(sizes: Sequence[int] = SIZES) -> list[Row]:
    """One row for each size and shape: all advice of one mentee, or a programme of 25 pieces a mentee."""
    rows: list[Row] = []
    for size in sizes:
        for shape, per in (("one mentee", size), ("programme", PER_MENTEE)):
            advice, vectors = programme(size, per)
            mentee = advice[-1].mentee
            at = [i for i, a in enumerate(advice) if a.mentee == mentee]
            own, near = [advice[i] for i in at], vectors[at]
            new = {a.advice for a in own[-NEW:]}
            spent, engine, pairs = [], CountingEngine("local"), 0
            for _ in range(RUNS):
                engine = CountingEngine("local")
                start = time.perf_counter()
                pairs = scan(own, near, _as_engine(engine), new=new).pairs_considered
                spent.append(time.perf_counter() - start)
            rows.append(Row(shape=shape, pieces=size, seconds=min(spent), judged=engine.asked, pairs=pairs))
    return rows


def _as_engine(engine: CountingEngine) -> Engine:
    """A scan that flags nothing asks only for `judge`."""
    from typing import cast

    return cast("Engine", engine)


def main() -> None:
    """Prints the table."""
    bound = NEW * (CONFLICTS.near_local + CONFLICTS.worded)
    print(f"A new session of {NEW} pieces; a large ledger asks for {bound} judgements at most.")
    print(f"{'ledger':12}{'pieces':>8}{'seconds':>10}{'judged':>8}{'cross pairs':>14}{'x first':>9}")
    rows = run()
    for row in rows:
        first = next(r for r in rows if r["shape"] == row["shape"])
        ratio = row["seconds"] / first["seconds"]
        print(
            f"{row['shape']:12}{row['pieces']:8}{row['seconds']:10.3f}{row['judged']:8}"
            f"{row['pairs']:14}{ratio:9.1f}"
        )


if __name__ == "__main__":
    main()
