"""Ledgers and pairs as the judge sees them, its features on them, and how good a score is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.preprocessing import StandardScaler

from copilot.conflicts.candidates import Ledger
from copilot.domain import AdvicePair, AdviceSide
from copilot.engines.local.judge_readout import ALONE, GATE, NEAR, WITHIN, features, gate_features
from training.conflicts.data import KINDS

Array = np.ndarray[Any, Any]
Vectors = Mapping[str, Array]


@dataclass(frozen=True)
class Judged:
    """One labelled pair: `what` is "conflict", "tempting", "other", "compatible" or "unrelated"."""

    pair: AdvicePair
    what: str
    kind: str | None
    source: str


def ledger_pairs(ledger: dict[str, Any], vectors: Vectors) -> list[Judged]:
    """All cross-mentor pairs of a ledger, with cosine and standing."""
    sides = [
        AdviceSide(
            advice=f"{ledger['id']}/{a['id']:03}",
            session=a["mentor"],
            mentor=a["mentor"],
            mentee=ledger["id"],
            quote=a["text"],
            text=a["text"],
        )
        for a in ledger["advice"]
    ]
    book = Ledger(sides, np.array([vectors[s.text] for s in sides], dtype=np.float32))
    at = book.all_pairs(range(len(sides)))
    kinds = {frozenset(x[:2]): x[2] for x in ledger["conflicts"]}
    tempting = {frozenset(x) for x in ledger["tempting"]}
    out = []
    for (i, j), (cosine, context) in zip(at, book.contexts(at), strict=True):
        key = frozenset((ledger["advice"][i]["id"], ledger["advice"][j]["id"]))
        what = "conflict" if key in kinds else "tempting" if key in tempting else "other"
        pair = AdvicePair(a=sides[i], b=sides[j], goal=ledger["goal"], similarity=cosine, context=context)
        out.append(Judged(pair, what, kinds.get(key), ledger["id"]))
    return out


def lone_pair(row: dict[str, Any], vectors: Vectors) -> Judged:
    """A pair of `advice_pairs` (or of an external set in its form), without context."""
    a, b = (
        AdviceSide(advice=t, session=s, mentor=s, mentee="", quote=t, text=t)
        for s, t in (("A", row["a"]), ("B", row["b"]))
    )
    cosine = float(vectors[row["a"]] @ vectors[row["b"]])
    return Judged(
        AdvicePair(a=a, b=b, similarity=cosine), row["label"], row.get("kind"), row.get("topic", "")
    )


def table(rows: Sequence[Judged], heads: Mapping[str, Array]) -> Array:
    """Features of each pair, shape (n, len(WITHIN)) or (n, len(ALONE))."""
    return np.array(
        [features(r.pair, {h: v[i].tolist() for h, v in heads.items()}) for i, r in enumerate(rows)]
    )


def gate_table(rows: Sequence[Judged]) -> Array:
    """What is known before reading, shape (n, len(GATE)); for pairs with a context."""
    return np.array([gate_features(r.pair, r.pair.context) for r in rows if r.pair.context])


def labels(rows: Sequence[Judged]) -> Array:
    return np.array([r.what == "conflict" for r in rows])


def fit_readout(x: Array, y: Array, c: float, weight: Array | None = None) -> dict[str, Any]:
    """Logistic regression on standardised features, folded back to raw ones."""
    names = {len(n): n for n in (WITHIN, ALONE, GATE)}[x.shape[1]]
    scaler = StandardScaler().fit(x)
    model = LogisticRegression(C=c, max_iter=5000).fit(scaler.transform(x), y, weight)
    weights = model.coef_[0] / scaler.scale_
    bias = float(model.intercept_[0] - (weights * scaler.mean_).sum())
    return {"names": list(names), "weights": [float(w) for w in weights], "bias": bias}


FROM_NETWORK = ("ledger", "pair", "related", "contradiction", "cosine_ledger", "cosine_pair", *NEAR)


def fit_within(
    gate: Mapping[str, Any], x: Array, y: Array, c: float = 0.3, weight: Array | None = None
) -> dict[str, Any]:
    """The gate's log-odds as one feature beside the network's: dev has too few conflicts to weigh all.

    `x` has shape (n, len(WITHIN)).
    """
    at = {name: i for i, name in enumerate(WITHIN)}
    known = x[:, [at[n] for n in gate["names"]]] @ np.array(gate["weights"]) + gate["bias"]
    seen = x[:, [at[n] for n in FROM_NETWORK]]
    both = np.column_stack([known, seen])
    scaler = StandardScaler().fit(both)
    model = LogisticRegression(C=c, max_iter=5000).fit(scaler.transform(both), y, weight)
    raw = model.coef_[0] / scaler.scale_
    weights = np.zeros(len(WITHIN))
    for name, w in zip(gate["names"], gate["weights"], strict=True):
        weights[at[name]] += raw[0] * w
    for name, w in zip(FROM_NETWORK, raw[1:], strict=True):
        weights[at[name]] += w
    bias = float(model.intercept_[0] - raw @ scaler.mean_ + raw[0] * gate["bias"])
    return {"names": list(WITHIN), "weights": [float(w) for w in weights], "bias": bias}


def probabilities(readout: Mapping[str, Any], x: Array) -> Array:
    z = x @ np.array(readout["weights"]) + readout["bias"]
    return 1 / (1 + np.exp(-np.clip(z, -30, 30)))


def average_precision(y: Array, score: Array) -> float:
    return float(average_precision_score(y, score))


def precision_at_recall(y: Array, score: Array, recall: float) -> float:
    """Best precision among thresholds that reach the recall."""
    order = np.argsort(-score, kind="stable")
    hits = np.cumsum(y[order])
    enough = hits >= recall * y.sum()
    return float((hits / np.arange(1, len(y) + 1))[enough].max())


def calibration_error(y: Array, score: Array, bins: int = 15) -> float:
    """Expected calibration error over equal-width bins."""
    at = np.minimum((score * bins).astype(int), bins - 1)
    return float(sum(abs(score[at == b].mean() - y[at == b].mean()) * (at == b).mean() for b in set(at)))


def interval(
    y: Array, score: Array, groups: Sequence[str], figure: Callable[[Array, Array], float], draws: int = 500
) -> tuple[float, float]:
    """95% bootstrap interval; whole groups (ledgers, topics) are drawn, since their pairs hang together."""
    rng = np.random.default_rng(0)
    members: dict[str, list[int]] = {}
    for i, g in enumerate(groups):
        members.setdefault(g, []).append(i)
    names = sorted(members)
    found = []
    for _ in range(draws):
        at = np.concatenate([members[names[k]] for k in rng.integers(0, len(names), len(names))])
        if y[at].any():
            found.append(figure(y[at], score[at]))
    return float(np.quantile(found, 0.025)), float(np.quantile(found, 0.975))


def in_top(rows: Sequence[Judged], score: Array, k: int) -> tuple[int, int]:
    """Conflicts among the k highest of their ledger, and how many conflicts there are."""
    by: dict[str, list[int]] = {}
    for i, r in enumerate(rows):
        by.setdefault(r.source, []).append(i)
    found = sum(
        rows[i].what == "conflict" for at in by.values() for i in sorted(at, key=lambda i: -score[i])[:k]
    )
    return found, sum(r.what == "conflict" for r in rows)


def in_flags(rows: Sequence[Judged], score: Array, most: int) -> int:
    """Conflicts among `most` flags a ledger, no piece of advice in two flags: as the scan shows them."""
    by: dict[str, list[int]] = {}
    for i, r in enumerate(rows):
        by.setdefault(r.source, []).append(i)
    found = 0
    for at in by.values():
        used: set[str] = set()
        shown = 0
        for i in sorted(at, key=lambda i: -score[i]):
            ids = {rows[i].pair.a.advice, rows[i].pair.b.advice}
            if shown < most and not ids & used:
                used |= ids
                shown += 1
                found += rows[i].what == "conflict"
    return found


def kind_accuracy(rows: Sequence[Judged], heads: Mapping[str, Array]) -> float:
    at = [i for i, r in enumerate(rows) if r.kind]
    return float(np.mean([KINDS[int(heads["kind"][i].argmax())] == rows[i].kind for i in at]))


def swapped(rows: Sequence[Judged]) -> list[Judged]:
    """The same pairs with sides exchanged."""
    return [replace(r, pair=replace(r.pair, a=r.pair.b, b=r.pair.a)) for r in rows]
