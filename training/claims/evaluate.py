"""Scores the claim finder on held-out fragments: `python -m training.claims.evaluate [--part dev]`."""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from copilot.domain import ClaimKind
from copilot.engines.local.claims.decode import Found, decode
from copilot.engines.local.claims.pieces import Piece
from copilot.engines.local.claims.reader import WEIGHTS, Reader
from training.claims.data import Fragment, Labelled, label, load, part

Counts = list[int]
"""[true found, false, missed]"""


@dataclass(frozen=True)
class Read:
    item: Labelled
    reading: NDArray[np.float32]


def overlap(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    """Half of the shorter stretch is shared; the same rule as the golden set's scorer."""
    if one[0] != other[0]:
        return False
    shared = min(one[2], other[2]) - max(one[1], other[1])
    return shared > 0 and shared >= 0.5 * min(one[2] - one[1], other[2] - other[1])


def stretch(pieces: Sequence[Piece], found: Found) -> tuple[int, int, int]:
    return pieces[found.first].position, pieces[found.first].start, pieces[found.last].end


def count(fragment: Fragment, pieces: Sequence[Piece], found: Sequence[Found]) -> dict[ClaimKind, Counts]:
    out: dict[ClaimKind, Counts] = {}
    for kind in ClaimKind:
        gold = [(s.position, s.start, s.end) for s in fragment.spans if s.label == kind.value]
        used: set[int] = set()
        row = [0, 0, 0]
        for f in (f for f in found if f.kind is kind):
            hit = [i for i, g in enumerate(gold) if overlap(stretch(pieces, f), g)]
            new = [i for i in hit if i not in used]
            used.update(new)
            row[0] += len(new)
            row[1] += not hit
        row[2] = len(gold) - len(used)
        out[kind] = row
    return out


def prf(row: Sequence[int]) -> tuple[float, float, float]:
    tp, fp, fn = row
    p, r = tp / max(1, tp + fp), tp / max(1, tp + fn)
    return p, r, 2 * p * r / max(1e-9, p + r)


def total(rows: Sequence[dict[ClaimKind, Counts]], kind: ClaimKind) -> Counts:
    return [sum(r[kind][i] for r in rows) for i in range(3)]


def interval(
    rows: Sequence[dict[ClaimKind, Counts]], kind: ClaimKind, draws: int = 1000
) -> tuple[float, float]:
    """95% bootstrap interval of F1, fragments drawn with replacement."""
    rng = random.Random(0)
    values = sorted(prf(total(rng.choices(rows, k=len(rows)), kind))[2] for _ in range(draws))
    return values[int(draws * 0.025)], values[int(draws * 0.975)]


def read_all(weights: Path, parts: Sequence[str]) -> list[Read]:
    reader = Reader(weights, expected=None)
    items = [label(f) for f in load() if part(f.id) in parts]
    return [Read(i, reader.read(i.pieces)) for i in items]


def best_floors(read: Sequence[Read]) -> dict[ClaimKind, float]:
    """For each kind the floor with the best F1; ties and near ties (0.01) go to the higher floor."""
    out = dict.fromkeys(ClaimKind, 0.5)
    for kind in ClaimKind:
        scores = {}
        for step in range(20, 91, 5):
            floors = {**dict.fromkeys(ClaimKind, 2.0), kind: step / 100}
            rows = [
                count(r.item.fragment, r.item.pieces, decode(r.item.pieces, r.reading, floors))
                for r in read
            ]
            scores[step / 100] = prf(total(rows, kind))[2]
        top = max(scores.values())
        out[kind] = max(f for f, v in scores.items() if v >= top - 0.01)
    return out


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--weights", type=Path, default=WEIGHTS)
    args.add_argument("--part", default="dev")
    args.add_argument("--show", action="store_true")
    given = args.parse_args()
    read = read_all(given.weights, given.part.split(","))
    floors = best_floors(read)
    for name, fl in (("0.5", dict.fromkeys(ClaimKind, 0.5)), ("best", floors)):
        rows = [
            count(r.item.fragment, r.item.pieces, decode(r.item.pieces, r.reading, fl)) for r in read
        ]
        for kind in ClaimKind:
            t = total(rows, kind)
            p, rc, f = prf(t)
            low, high = interval(rows, kind)
            print(
                f"{name:5} {kind:12} floor {fl[kind]:.2f} P {p:.2f} R {rc:.2f} F1 {f:.2f} [{low:.2f}, {high:.2f}] {t}"
            )
    if given.show:
        show(read, floors)


def show(read: Sequence[Read], floors: dict[ClaimKind, float]) -> None:
    for r in read:
        pieces = r.item.pieces
        found = decode(pieces, r.reading, floors)
        for f in found:
            gold = [s for s in r.item.fragment.spans if s.label == f.kind.value]
            if not any(overlap(stretch(pieces, f), (s.position, s.start, s.end)) for s in gold):
                print(
                    "FALSE",
                    r.item.fragment.id,
                    f.kind,
                    f"{f.confidence:.2f}",
                    "|",
                    " ".join(p.text for p in pieces[f.first : f.last + 1]),
                )
        for s in r.item.fragment.spans:
            if not any(
                f.kind.value == s.label and overlap(stretch(pieces, f), (s.position, s.start, s.end))
                for f in found
            ):
                i = next(i for i, p in enumerate(pieces) if p.position == s.position and p.end > s.start)
                print("MISSED", r.item.fragment.id, s.label, r.reading[i].round(2), "|", s.quote)


if __name__ == "__main__":
    main()
