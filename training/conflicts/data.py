"""Reads ledgers, advice pairs and open inference pairs, and splits them once and for all."""

from __future__ import annotations

import gzip
import json
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

KINDS = ("direct", "conditional", "quantitative", "temporal", "priority")
PAIR_LABELS = ("conflict", "compatible", "unrelated")
NLI_LABELS = ("contradiction", "neutral", "entailment")
HERE = Path(__file__).resolve().parents[1] / "data"
NLI_TAKE = {
    "taxinli": 5594,
    "cannot_negation": 6000,
    "cad_nli": 6000,
    "snli_dev": 4000,
    "conjnli": 4000,
    "dnli_gu": 2500,
}
"""Rows of each public source in the warm-up: short ones about actions first."""


@dataclass(frozen=True)
class Row:
    """One training pair: `head` says which label space it belongs to."""

    a: str
    b: str
    head: str
    label: int
    kind: int = -1
    weight: float = 1.0
    group: int = -1
    """Rows of one group come from one ledger and hold one conflict, which must beat the others."""


def bucket(key: str) -> float:
    """A stable number in [0, 1) for a key: the split never depends on order or seed."""
    return int(sha256(key.encode()).hexdigest()[:8], 16) / 2**32


def split_of(key: str) -> str:
    """ "test" (a fifth), "dev" (three twentieths) or "train"."""
    x = bucket(key)
    return "test" if x < 0.2 else "dev" if x < 0.35 else "train"


def lines(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)


def ledgers(folder: Path = HERE / "ledgers") -> dict[str, list[dict[str, Any]]]:
    """Ledgers by split."""
    out: dict[str, list[dict[str, Any]]] = {"train": [], "dev": [], "test": []}
    for row in lines(folder):
        out[split_of("ledger/" + row["id"])].append(row)
    return out


def advice_pairs(folder: Path = HERE / "advice_pairs") -> dict[str, list[dict[str, Any]]]:
    """Pairs by split; pairs that share a topic or a text, directly or through others, stay together."""
    rows = list(lines(folder))
    parent: dict[str, str] = {}

    def root(x: str) -> str:
        parent.setdefault(x, x)
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for r in rows:
        keys = ["topic/" + r["topic"].lower(), "text/" + r["a"].lower(), "text/" + r["b"].lower()]
        for key in keys[1:]:
            one, two = sorted((root(keys[0]), root(key)))
            parent[two] = one
    out: dict[str, list[dict[str, Any]]] = {"train": [], "dev": [], "test": []}
    for r in rows:
        out[split_of("pair/" + root("topic/" + r["topic"].lower()))].append(r)
    return out


def nli_rows(path: Path, seed: int, take: dict[str, int] = NLI_TAKE) -> list[Row]:
    """The warm-up's inference pairs; rows of more than 70 words are left out."""
    by_source: dict[str, list[Row]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as f:
        for line in f:
            r = json.loads(line)
            if len(r["premise"].split()) + len(r["hypothesis"].split()) <= 70:
                row = Row(r["premise"], r["hypothesis"], "nli", NLI_LABELS.index(r["label"]))
                by_source.setdefault(r["source"], []).append(row)
    rng = random.Random(seed)
    return [
        row for s, n in sorted(take.items()) for row in rng.sample(by_source[s], min(n, len(by_source[s])))
    ]


def pair_rows(pairs: list[dict[str, Any]]) -> list[Row]:
    """Advice pairs in both orders."""
    out = []
    for r in pairs:
        kind = KINDS.index(r["kind"]) if r["kind"] else -1
        for a, b in ((r["a"], r["b"]), (r["b"], r["a"])):
            out.append(Row(a, b, "pair", PAIR_LABELS.index(r["label"]), kind))
    return out


def ledger_groups(
    rows: list[dict[str, Any]], vectors: dict[str, Any], seed: int, size: int = 8
) -> list[list[Row]]:
    """For each conflict in both orders a group of `size` rows: it, and the hardest other pairs nearby.

    Half of the others share a side with the conflict, the rest are tempting pairs or near by cosine.
    Ledgers without conflict give two groups of their hardest pairs.
    """
    rng = random.Random(seed)
    groups: list[list[Row]] = []
    for ledger in rows:
        pairs = cross_pairs(ledger)
        hard = {
            i: float(vectors[a["text"]] @ vectors[b["text"]]) + (0.25 if what == "tempting" else 0.0)
            for i, (a, b, what, _) in enumerate(pairs)
            if what != "conflict"
        }
        for i, (a, b, what, _) in enumerate(pairs):
            if what == "conflict":
                ids = {a["id"], b["id"]}
                side = {j: h for j, h in hard.items() if ids & {pairs[j][0]["id"], pairs[j][1]["id"]}}
                for order in (0, 1):
                    near = draw(side, (size - 1) // 2, rng)
                    rest = draw({j: h for j, h in hard.items() if j not in near}, size - 1 - len(near), rng)
                    groups.append(_group([i, *near, *rest], pairs, len(groups), order, rng))
        if not ledger["conflicts"]:
            for order in (0, 1):
                groups.append(_group(draw(hard, size, rng), pairs, -1, order, rng))
    return groups


def draw(hard: dict[int, float], n: int, rng: random.Random) -> list[int]:
    """`n` keys without replacement, hard ones far more often (Gumbel over cosine at temperature .1)."""
    keyed = sorted(hard, key=lambda j: hard[j] / 0.1 - math.log(-math.log(rng.uniform(1e-9, 1 - 1e-9))))
    return keyed[-n:]


def _group(at: list[int], pairs: list[Any], name: int, order: int, rng: random.Random) -> list[Row]:
    out = []
    for place, i in enumerate(at):
        a, b, what, kind = pairs[i]
        swap = order if place == 0 else rng.random() < 0.5
        one, two = (b["text"], a["text"]) if swap else (a["text"], b["text"])
        out.append(
            Row(one, two, "ledger", int(what == "conflict"), KINDS.index(kind) if kind else -1, group=name)
        )
    return out


def cross_pairs(ledger: dict[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any], str, str | None]]:
    """All pairs of different mentors: (a, b, "conflict" | "tempting" | "other", kind)."""
    conflict = {frozenset(x[:2]): x[2] for x in ledger["conflicts"]}
    tempting = {frozenset(x) for x in ledger["tempting"]}
    out = []
    for i, a in enumerate(ledger["advice"]):
        for b in ledger["advice"][i + 1 :]:
            if a["mentor"] == b["mentor"]:
                continue
            key = frozenset((a["id"], b["id"]))
            what = "conflict" if key in conflict else "tempting" if key in tempting else "other"
            out.append((a, b, what, conflict.get(key)))
    return out
