"""One training loop for every stage: length-bucketed batches, several heads, bfloat16."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from torch.nn import functional

from copilot.engines.local.judge_net import PairNet, encode
from training.conflicts.data import Row


def batches(rows: Sequence[Row], size: int, rng: random.Random) -> Iterator[list[Row]]:
    """Batches of similar length in random order."""
    keyed = sorted(rows, key=lambda r: len(r.a) + len(r.b) + rng.random() * 40)
    chunks = [list(keyed[i : i + size]) for i in range(0, len(keyed), size)]
    rng.shuffle(chunks)
    yield from chunks


def loss_of(net: PairNet, tokenizer: Any, rows: Sequence[Row], smooth: float) -> torch.Tensor:
    """Weighted mean loss of a mixed batch: each row trains its own head, conflicts also their kind."""
    batch = encode(tokenizer, [r.a for r in rows], [r.b for r in rows])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        out = net(batch)
    total = torch.zeros(())
    for head in ("nli", "pair", "ledger"):
        at = [i for i, r in enumerate(rows) if r.head == head]
        if not at:
            continue
        logits = out[head].float()[at]
        weight = torch.tensor([rows[i].weight for i in at])
        if head == "ledger":
            label = torch.tensor([float(rows[i].label) for i in at])
            each = functional.binary_cross_entropy_with_logits(logits[:, 0], label, reduction="none")
            total = total + _ranked(logits[:, 0], [rows[i] for i in at])
        else:
            each = functional.cross_entropy(
                logits, torch.tensor([rows[i].label for i in at]), reduction="none", label_smoothing=smooth
            )
        total = total + (each * weight).sum()
    at = [i for i, r in enumerate(rows) if r.kind >= 0]
    if at:
        kinds = torch.tensor([rows[i].kind for i in at])
        total = total + 0.3 * functional.cross_entropy(out["kind"].float()[at], kinds, reduction="sum")
    return total / len(rows)


def _ranked(logits: torch.Tensor, rows: Sequence[Row]) -> torch.Tensor:
    """Sum over groups: the conflict of a ledger must beat the other pairs of its group."""
    total = torch.zeros(())
    for name in sorted({r.group for r in rows} - {-1}):
        at = [i for i, r in enumerate(rows) if r.group == name]
        first = next(n for n, i in enumerate(at) if rows[i].label)
        total = total + len(at) * 0.5 * functional.cross_entropy(
            logits[at].unsqueeze(0), torch.tensor([first])
        )
    return total


def fit(
    net: PairNet,
    tokenizer: Any,
    plan: Sequence[Sequence[Row]],
    *,
    lr: float,
    head_lr: float,
    seed: int,
    average: float = 0.0,
    smooth: float = 0.05,
    save: Path | None = None,
    encoder_parameters: Sequence[torch.nn.Parameter] | None = None,
) -> None:
    """Trains in place over the batches of `plan`, learning rate linear to zero after a short rise.

    With `average`, ends with the mean of the weights over the last part of training.
    """
    torch.manual_seed(seed)
    body = list(encoder_parameters) if encoder_parameters is not None else trainable(net)
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": lr}, {"params": list(net.heads.parameters()), "lr": head_lr}],
        weight_decay=0.01,
    )
    rise = max(1, len(plan) // 20)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / rise, max(0.0, (len(plan) - s) / max(1, len(plan) - rise)))
    )
    mean_of = torch.optim.swa_utils.AveragedModel(net) if average else None
    net.train()
    start, seen, mean = time.time(), 0, 0.0
    for step, rows in enumerate(plan, 1):
        loss = loss_of(net, tokenizer, rows, smooth)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_([*body, *net.heads.parameters()], 1.0)
        optimizer.step()
        schedule.step()
        seen += len(rows)
        if mean_of and step > len(plan) * (1 - average) and step % 10 == 0:
            mean_of.update_parameters(net)
        mean = 0.98 * mean + 0.02 * loss.item() if step > 1 else loss.item()
        if step % 25 == 0:
            rate = seen / (time.time() - start)
            print(f"step {step}/{len(plan)} loss {mean:.3f} {rate:.0f} pairs/s", flush=True)
        if save and step % 50 == 0:
            torch.save(net.state_dict(), save)
    if mean_of:
        net.load_state_dict(mean_of.module.state_dict())
    if save:
        torch.save(net.state_dict(), save)
    net.eval()


def trainable(net: PairNet, first: int = 0) -> list[torch.nn.Parameter]:
    """The encoder's layers from `first` on; its word embeddings stay as they are."""
    for p in net.encoder.parameters():
        p.requires_grad = False
    body = [
        p
        for n, p in net.encoder.named_parameters()
        if n.startswith("encoder.layer.") and int(n.split(".")[2]) >= first
    ]
    for p in body:
        p.requires_grad = True
    return body
