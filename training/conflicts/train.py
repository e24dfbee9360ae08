"""Makes the conflict judge's weights from data: `python -m training.conflicts.train --nli FILE`.

Warm-up on open inference pairs and advice pairs (all layers), then the upper layers on whole ledgers
(each conflict must beat the hardest other pairs of its ledger) and advice pairs, in the last round with
plain restatements and opposites among them, then the read-outs.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from copilot.engines.local.judge_net import PairNet, load_encoder
from copilot.engines.local.judge_readout import ALONE, GATE, WITHIN
from copilot.hedges import without_hedges
from copilot.index.embedder import LocalEmbedder, model_folder
from copilot.thresholds import JUDGE
from training.conflicts import data, loop, measure, score
from training.conflicts.data import Row
from training.conflicts.disputes import disputes
from training.conflicts.export import export
from training.conflicts.variants import variant_pairs, with_variants

SEED = 0
RANK = 64


def arguments() -> argparse.Namespace:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--nli", type=Path, required=True, help="gzipped JSON lines of open inference pairs")
    p.add_argument("--work", type=Path, default=Path("build/conflicts"), help="checkpoints; reused if there")
    p.add_argument("--seed", type=int, default=SEED)
    p.add_argument("--disputes", action="store_true", help="tune on training/data/disputes as well")
    p.add_argument("--rank", type=int, default=RANK)
    p.add_argument("--threads", type=int, default=2)
    return p.parse_args()


def fresh() -> tuple[PairNet, Any]:
    torch.manual_seed(SEED)
    encoder, tokenizer = load_encoder(model_folder())
    return PairNet(encoder), tokenizer


def vectors_of(texts: set[str]) -> dict[str, Any]:
    ordered = sorted(texts)
    return dict(zip(ordered, LocalEmbedder().embed(ordered), strict=True))


def texts() -> set[str]:
    own = {a["text"] for part in data.ledgers().values() for led in part for a in led["advice"]}
    return own | {r[k] for part in data.advice_pairs().values() for r in part for k in ("a", "b")}


def warm_up(net: PairNet, tokenizer: Any, nli: Path, work: Path, seed: int) -> None:
    """All layers on inference pairs and advice pairs, once through."""
    file = work / "warm.pt"
    if file.exists():
        net.load_state_dict(torch.load(file))
        return
    rows = data.nli_rows(nli, seed) + data.pair_rows(data.advice_pairs()["train"])
    plan = list(loop.batches(rows, 32, random.Random(seed)))
    loop.fit(net, tokenizer, plan, lr=8e-5, head_lr=1e-3, seed=seed, save=file)


@dataclass(frozen=True)
class Stage:
    """One round of tuning: all groups of the ledgers or the first few, a part of the pairs each epoch."""

    name: str
    lr: float
    seed: int
    groups: int | None
    pair_parts: int
    epochs: int = 2
    first_layer: int = 3
    """The layers below stay as they were: quicker, and little is forgotten."""
    variants: int = 0
    """Texts of advice pairs that are also said again and turned round; the ledgers get such pieces too."""


STAGES = (
    Stage("tuned", lr=8e-5, seed=0, groups=None, pair_parts=2),
    Stage("settled", lr=6e-5, seed=5, groups=200, pair_parts=1),
    Stage("varied", lr=6e-5, seed=6, groups=None, pair_parts=1, epochs=1, first_layer=2, variants=250),
)


def tune_plan(ledgers: list[dict[str, Any]], stage: Stage, seed: int) -> list[list[Row]]:
    """Batches of four groups of a ledger each, mixed with batches of advice pairs."""
    rng = random.Random(seed)
    pairs = data.advice_pairs()["train"]
    order = rng.sample(range(len(pairs)), len(pairs))
    plan: list[list[Row]] = []
    for epoch in range(stage.epochs):
        own = [with_variants(led, rng) for led in ledgers] if stage.variants else ledgers
        vectors = vectors_of({a["text"] for led in own for a in led["advice"]})
        groups = data.ledger_groups(own, vectors, seed * 100 + epoch)
        rng.shuffle(groups)
        groups = groups[: stage.groups]
        part = [[r for g in groups[i : i + 4] for r in g] for i in range(0, len(groups), 4)]
        some = [pairs[i] for i in order[epoch % stage.pair_parts :: stage.pair_parts]]
        plain = sorted({r["a"] for r in pairs if r["form"] == "norm"})
        rows = data.pair_rows(some + variant_pairs(rng.sample(plain, stage.variants), rng))
        turned = [rows[2 * i + rng.randrange(2)] for i in range(len(rows) // 2)]
        part += list(loop.batches(turned, 32, rng))
        rng.shuffle(part)
        plan += part
    return [[replace(r, a=without_hedges(r.a), b=without_hedges(r.b)) for r in b] for b in plan]


def tune(
    net: PairNet, tokenizer: Any, ledgers: list[dict[str, Any]], file: Path, stage: Stage, seed: int
) -> None:
    """The upper layers on whole ledgers and advice pairs."""
    if file.exists():
        net.load_state_dict(torch.load(file))
        return
    loop.fit(
        net,
        tokenizer,
        tune_plan(ledgers, stage, seed),
        lr=stage.lr,
        head_lr=1e-3,
        seed=seed,
        average=0.35,
        save=file,
        encoder_parameters=loop.trainable(net, stage.first_layer),
    )


def heads_of(net: PairNet, tokenizer: Any, rows: list[measure.Judged]) -> dict[str, np.ndarray[Any, Any]]:
    pairs = [(without_hedges(r.pair.a.text), without_hedges(r.pair.b.text)) for r in rows]
    return score.logits(net, tokenizer, pairs)


def readouts(net: PairNet, tokenizer: Any, vectors: dict[str, Any]) -> dict[str, Any]:
    """Gate on the training ledgers, the others on dev: the network has seen the training pairs.

    Restatements and opposites of dev advice count a tenth each: they hold the read-outs to what is plain.
    """
    rng = random.Random(SEED)
    parts = {
        s: [r for led in data.ledgers()[s] for r in measure.ledger_pairs(led, vectors)]
        for s in ("train", "dev")
    }
    gate = measure.fit_readout(measure.gate_table(parts["train"]), measure.labels(parts["train"]), 0.3)
    chance = measure.probabilities(gate, measure.gate_table(parts["dev"]))
    read = [r for r, p in zip(parts["dev"], chance, strict=True) if p >= JUDGE.gate]
    varied = [with_variants(led, rng) for led in data.ledgers()["dev"]]
    vectors = vectors | vectors_of({a["text"] for led in varied for a in led["advice"]})
    made = [r for led in varied for r in measure.ledger_pairs(led, vectors) if _is_made(r)]
    rows = [*read, *made]
    x, y = measure.table(rows, heads_of(net, tokenizer, rows)), measure.labels(rows)
    within = measure.fit_within(gate, x, y, weight=_weights(len(read), len(made)))
    pairs = data.advice_pairs()["dev"]
    plain = sorted({r["a"] for r in pairs if r["form"] == "norm"})
    turned = variant_pairs(rng.sample(plain, 100), rng)
    vectors |= vectors_of({r[k] for r in turned for k in ("a", "b")})
    lone = [measure.lone_pair(r, vectors) for r in [*pairs, *turned]]
    x, y = measure.table(lone, heads_of(net, tokenizer, lone)), measure.labels(lone)
    alone = measure.fit_readout(x, y, 0.1, _weights(len(pairs), len(turned)))
    assert (len(gate["names"]), len(within["names"]), len(alone["names"])) == tuple(
        map(len, (GATE, WITHIN, ALONE))
    )
    return {"gate": gate, "within": within, "alone": alone}


def _is_made(row: measure.Judged) -> bool:
    """Is one side a variant, and the pair labelled?"""
    ids = (s.advice.rsplit("/", 1)[1] for s in (row.pair.a, row.pair.b))
    return row.what != "other" and any(int(i) >= 1000 for i in ids)


def _weights(real: int, made: int) -> np.ndarray[Any, Any]:
    return np.r_[np.ones(real), np.full(made, 0.1)]


def main() -> None:
    given = arguments()
    torch.set_num_threads(given.threads)
    given.work.mkdir(parents=True, exist_ok=True)
    net, tokenizer = fresh()
    before = {k: v.detach().clone() for k, v in net.named_parameters()}
    vectors = vectors_of(texts())
    warm_up(net, tokenizer, given.nli, given.work, given.seed)
    ledgers = data.ledgers()["train"]
    if given.disputes:
        ledgers = ledgers + disputes()
    for stage in STAGES:
        seed = given.seed + stage.seed
        file = given.work / f"{stage.name}-{seed}{'-disputes' if given.disputes else ''}.pt"
        tune(net, tokenizer, ledgers, file, stage, seed)
    after = {k: v.detach() for k, v in net.named_parameters()}
    size = export(before, after, readouts(net, tokenizer, vectors), rank=given.rank)
    print(f"written: {size / 1e6:.2f} MB; now: python -m training.conflicts.evaluate")


if __name__ == "__main__":
    main()
