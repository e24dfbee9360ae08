"""Advice and actions: precision, recall, F1; owners and due dates; traps taken; key points covered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evals.graders.spans import Matching, covered, find, overlap, plain
from evals.values import Case, Grader, Measure, Output, Verdict, down, share, up


def _text(case: Case) -> str:
    return plain(" ".join(text for _, text in case.input["spoken"]))


def _quotes(items: Sequence[Mapping[str, Any]]) -> list[str]:
    return [str(item["quote"]) for item in items]


def _prf(kind: str, gold: Sequence[str], predicted: Sequence[str], match: Matching) -> Iterator[Verdict]:
    missing = "; ".join(f"missed: {gold[i]}" for i in match.missed)
    extra = "; ".join(f"not labelled: {predicted[i]}" for i in match.spare)
    hit, miss, spare = match.found, len(match.missed), len(match.spare)
    yield from share(f"{kind}_precision", hit, hit + spare, extra)
    yield from share(f"{kind}_recall", hit, hit + miss, missing)
    yield from share(
        f"{kind}_f1", 2 * hit, 2 * hit + spare + miss, " · ".join(x for x in (missing, extra) if x)
    )


def _measures(kind: str, noun: str) -> tuple[Measure, ...]:
    return (
        up(f"{kind}_precision", f"{noun} shown that is labelled as such"),
        up(f"{kind}_recall", f"labelled {noun} that was found"),
        up(f"{kind}_f1", f"F1 of {noun}, all items in one heap"),
    )


def _stakes(kind: str) -> Any:
    def stakes(case: Case) -> Mapping[str, float]:
        items = len(case.gold[kind])
        # A recap that never came shows nothing, so only what it misses counts: recall and F1, not precision.
        return {f"{kind}_recall": items, f"{kind}_f1": items, f"{kind}_precision": 0.0}

    return stakes


def _advice(case: Case, output: Output) -> Iterator[Verdict]:
    gold, said = _quotes(case.gold["advice"]), _quotes(output["recap"]["advice"])
    yield from _prf("advice", gold, said, Matching(_text(case), gold, said))


def _actions(case: Case, output: Output) -> Iterator[Verdict]:
    gold, said = case.gold["actions"], output["recap"]["actions"]
    match = Matching(_text(case), _quotes(gold), _quotes(said))
    yield from _prf("actions", _quotes(gold), _quotes(said), match)
    owners = [(said[n], gold[i]) for n, i in match.pairs]
    wrong = [f"{p['task']}: {p['owner']}, not {g['owner']}" for p, g in owners if p["owner"] != g["owner"]]
    yield from share("owner", len(owners) - len(wrong), len(owners), "; ".join(wrong))
    late = [f"{p['task']}: {p['due']}, not {g['due']}" for p, g in owners if (p["due"] or None) != g["due"]]
    yield from share("due", len(owners) - len(late), len(owners), "; ".join(late))


def _traps(case: Case, output: Output) -> Iterator[Verdict]:
    text = _text(case)
    labelled = [find(text, q) for kind in ("advice", "actions") for q in _quotes(case.gold[kind])]
    taken = []
    for item in (*output["recap"]["advice"], *output["recap"]["actions"]):
        place = find(text, item["quote"])
        if any(overlap(place, other) for other in labelled):
            continue
        taken += [t["quote"] for t in case.gold["traps"] if overlap(place, find(text, t["quote"]))][:1]
    yield from share("traps", len(taken), len(case.gold["traps"]), "; ".join(f"taken: {t}" for t in taken))


def _points(case: Case, output: Output) -> Iterator[Verdict]:
    lines = [point["text"] for point in output["recap"]["summary"]]
    missing = [point for point in case.gold["key_points"] if not covered(point, lines)]
    total = len(case.gold["key_points"])
    yield from share("key_points", total - len(missing), total, "; ".join(f"missing: {m}" for m in missing))


def _nothing(case: Case, output: Output) -> Iterator[Verdict]:
    recap = output["recap"]
    items = [*recap["advice"], *recap["actions"], *recap["decisions"]]
    why = "; ".join(f"made up: {item['quote']}" for item in items)
    yield Verdict(name="false_items", value=float(len(items)), why=why)
    yield Verdict(name="silent", value=float(not items), why=why)


ADVICE = Grader(_measures("advice", "advice"), _advice, _stakes("advice"))
ACTIONS = Grader(
    (
        *_measures("actions", "actions"),
        up("owner", "found actions with the right owner", worst=None),
        up(
            "due",
            "found actions with the right due date, or rightly none",
            worst=None,
        ),
    ),
    _actions,
    _stakes("actions"),
)
TRAPS = Grader(
    (down("traps", "traps taken for advice or actions", worst=None, perfect=0.0),),
    _traps,
)
KEY_POINTS = Grader(
    (up("key_points", "key points covered by one line of the summary"),),
    _points,
    lambda case: {"key_points": float(len(case.gold["key_points"]))},
)
NOTHING = Grader(
    (
        up("silent", "small talk that yields no advice, action or decision"),
        down(
            "false_items",
            "items made up per call of small talk",
            worst=None,
            perfect=0.0,
        ),
    ),
    _nothing,
)
