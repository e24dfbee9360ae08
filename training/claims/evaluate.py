"""Scores the claim finder on held-out fragments: `python -m training.claims.evaluate [--part dev]`."""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir

import numpy as np
from numpy.typing import NDArray

from copilot.domain import ClaimKind, Speaker
from copilot.engines.local.claims.decode import Found, decode
from copilot.engines.local.claims.pieces import Piece
from copilot.engines.local.claims.reader import WEIGHTS, Reader
from copilot.engines.local.claims.rules import kept, unusable
from copilot.thresholds import CLAIMS
from training.claims.data import Fragment, Labelled, label, load, part
from training.claims.golden import recaps, score

GOLDEN = Path(__file__).parents[3] / "shared" / "golden" / "tech"
"""A labelled programme beside the checkout, where there is one: measured on, never trained on."""

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
    """The floor with the best F0.5, for actions F1; near ties (0.01) go to the higher floor."""
    out: dict[ClaimKind, float] = {}
    for kind in ClaimKind:
        scores = {}
        for step in range(20, 91, 5):
            floors = {**dict.fromkeys(ClaimKind, 2.0), kind: step / 100}
            p, r, _ = prf(total([_rules_counted(x, floors) for x in read], kind))
            beta = 1.0 if kind is ClaimKind.ACTION else 0.25
            scores[step / 100] = (1 + beta) * p * r / max(1e-9, beta * p + r)
        top = max(scores.values())
        out[kind] = max(f for f, v in scores.items() if v >= top - 0.01)
    return out


def _rules_counted(read: Read, floors: dict[ClaimKind, float]) -> dict[ClaimKind, Counts]:
    """Counts of what is found after the rules, as the engine finds it."""
    pieces = read.item.pieces
    found = kept(pieces, decode(pieces, read.reading, floors), unusable(pieces))
    return count(read.item.fragment, pieces, found)


def report(name: str, read: Sequence[Read], floors: dict[ClaimKind, float]) -> None:
    """One line a kind: precision, recall, F1 with its interval, counts."""
    rows = [_rules_counted(r, floors) for r in read]
    print(f"{name}: {len(read)} fragments")
    for kind in ClaimKind:
        counts = total(rows, kind)
        p, r, f = prf(counts)
        low, high = interval(rows, kind)
        line = f"floor {floors[kind]:.2f}  P {p:.2f}  R {r:.2f}  F1 {f:.2f} [{low:.2f}, {high:.2f}]"
        print(f"  {kind:12} {line}  true, false, missed {counts}")
    calibration(read)


def calibration(read: Sequence[Read], bins: int = 10) -> None:
    """Expected calibration error of the advice probability over the mentor's pieces."""
    pairs = [
        (float(row[1]), c == 1)
        for r in read
        for row, c, piece in zip(r.reading, r.item.classes, r.item.pieces, strict=True)
        if piece.speaker is Speaker.MENTOR
    ]
    error = 0.0
    for b in range(bins):
        inside = [p for p in pairs if b / bins <= p[0] < (b + 1) / bins + (b == bins - 1)]
        if inside:
            error += abs(sum(p for p, _ in inside) - sum(t for _, t in inside)) / len(pairs)
    print(f"  calibration error of advice {error:.3f} over {len(pairs)} pieces of mentors")


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--weights", type=Path, default=WEIGHTS)
    args.add_argument("--part", default="test")
    args.add_argument("--choose", action="store_true", help="choose the floors on this part, else as shipped")
    args.add_argument("--show", action="store_true", help="print what is false and what is missed")
    args.add_argument("--golden", type=Path, default=GOLDEN)
    given = args.parse_args()
    read = read_all(given.weights, given.part.split(","))
    floors = best_floors(read) if given.choose else {k: float(getattr(CLAIMS, k.value)) for k in ClaimKind}
    report(given.part, read, floors)
    if given.show:
        show(read, floors)
    if given.golden.exists() and given.weights == WEIGHTS and not given.choose:
        print(
            given.golden.name, score(given.golden, recaps(given.golden), Path(gettempdir()) / "claims.json")
        )


def show(read: Sequence[Read], floors: dict[ClaimKind, float]) -> None:
    """The false and the missed, one a line, with probabilities."""
    for r in read:
        pieces, spans = r.item.pieces, r.item.fragment.spans
        found = kept(pieces, decode(pieces, r.reading, floors), unusable(pieces))
        for f in found:
            gold = [(s.position, s.start, s.end) for s in spans if s.label == f.kind.value]
            if not any(overlap(stretch(pieces, f), g) for g in gold):
                said = " ".join(p.text for p in pieces[f.first : f.last + 1])
                print("FALSE", r.item.fragment.id, f.kind, f"{f.confidence:.2f}", "|", said)
        for s in spans:
            place = (s.position, s.start, s.end)
            if not any(f.kind.value == s.label and overlap(stretch(pieces, f), place) for f in found):
                i = next(i for i, p in enumerate(pieces) if p.position == s.position and p.end > s.start)
                print("MISSED", r.item.fragment.id, s.label, r.reading[i].round(2), "|", s.quote)


if __name__ == "__main__":
    main()
