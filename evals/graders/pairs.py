"""Verdicts on single pairs of advice: precision, recall, ranking, calibration, independence of order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evals.values import Case, Grader, Output, Verdict, WholeGrader, down, share, up, yes

BINS = 10


def _label(case: Case, output: Output) -> Iterator[Verdict]:
    verdict, wanted = output["verdict"], case.gold["label"]
    said, true = verdict["label"] == "conflict", wanted == "conflict"
    why = f"{verdict['label']} ({verdict['score']:.2f}), labelled {wanted}" if said != true else ""
    if said:
        yield from share("conflict_precision", float(true), 1, why)
    if true:
        yield from share("conflict_recall", float(said), 1, why)
    if said or true:
        yield from share("conflict_f1", 2.0 * (said and true), float(said) + float(true), why)
    if not true and case.gold.get("hard", True):
        yield Verdict(name="false_alarms", value=float(said), why=why)
    if said and true:
        kind = case.gold["kind"]
        yield yes("kind", verdict["kind"] == kind, f"{verdict['kind']}, labelled {kind}")


def _order(case: Case, output: Output) -> Iterator[Verdict]:
    one, other = output["verdict"], output["turned"]
    same = one["label"] == other["label"] and abs(one["score"] - other["score"]) < 1e-3
    yield yes(
        "order",
        same,
        f"{one['label']} {one['score']:.3f}, but turned round {other['label']} {other['score']:.3f}",
    )


def _truth(rows: Sequence[tuple[Case, Output | None]]) -> list[tuple[float, bool]]:
    """(score, is a conflict); a failed case is as wrong as can be."""
    out = []
    for case, output in rows:
        true = case.gold["label"] == "conflict"
        out.append((float(not true) if output is None else float(output["verdict"]["score"]), true))
    return out


def average_precision(rows: Sequence[tuple[float, bool]]) -> float:
    """Mean of the precision at each true item, best score first; ties count as their worst order."""
    ordered = sorted(rows, key=lambda r: (-r[0], r[1]))
    found, total = 0, 0.0
    for place, (_, true) in enumerate(ordered, 1):
        if true:
            found += 1
            total += found / place
    return total / found if found else 0.0


def calibration_error(rows: Sequence[tuple[float, bool]], bins: int = BINS) -> float:
    """ECE: distance between said and found probability in equal bins, weighted by their size."""
    total = 0.0
    for n in range(bins):
        inside = [r for r in rows if min(bins - 1, int(r[0] * bins)) == n]
        if inside:
            said = sum(score for score, _ in inside) / len(inside)
            found = sum(true for _, true in inside) / len(inside)
            total += abs(said - found) * len(inside)
    return total / len(rows) if rows else 0.0


def _ranking(rows: Sequence[tuple[Case, Output | None]]) -> Iterator[Verdict]:
    truth = _truth(rows)
    if truth:
        yield Verdict(name="average_precision", value=average_precision(truth), weight=len(truth))
        yield Verdict(name="ece", value=calibration_error(truth), weight=len(truth))


LABELS = Grader(
    (
        up(
            "conflict_precision",
            "pairs called a conflict that are one",
            worst=None,
        ),
        up("conflict_recall", "conflicts that were called one"),
        up("conflict_f1", "F1 of conflict at the product's own threshold"),
        down(
            "false_alarms",
            "pairs that only look like a conflict, called one",
            worst=1.0,
            perfect=0.0,
        ),
        up("kind", "rightly found conflicts with the right kind", worst=None),
    ),
    _label,
    lambda case: {
        "conflict_recall": float(case.gold["label"] == "conflict"),
        "conflict_f1": float(case.gold["label"] == "conflict"),
        "false_alarms": float(case.gold["label"] != "conflict"),
    },
)
ORDER = Grader(
    (
        up(
            "order",
            "pairs whose verdict stays the same when the sides are swapped",
        ),
    ),
    _order,
)
CALIBRATION = WholeGrader(
    (
        up("average_precision", "average precision of the score"),
        down("ece", "calibration error of the score, ten bins"),
    ),
    _ranking,
)
