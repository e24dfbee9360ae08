"""Makes the claim finder's weights from the labelled fragments: `python -m training.claims.train`."""

from __future__ import annotations

import argparse
import math
import random
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from copilot.engines.local.claims import net
from copilot.engines.local.claims.patterns import COUNT, signs
from copilot.engines.local.claims.reader import WINDOW, Reader
from copilot.engines.local.claims.tokens import Tokeniser
from copilot.engines.local.claims.windows import Tokens, Window, pack
from copilot.index.embedder import model_folder
from training.claims.data import Labelled, label, load, part

BEFORE, AFTER = 24, 16
"""Tokens of context at a window's borders; less than when reading, as borders fall elsewhere each epoch."""


@dataclass(frozen=True)
class Recipe:
    """Chosen on the dev fragments; see training/README.md for what each ingredient bought."""

    seed: int = 1
    epochs: int = 6
    rank: int = 16
    scale: float = 2.0
    rate: float = 1e-3
    head_rate: float = 2e-3
    decay: float = 0.01
    dropout: float = 0.1
    masked: float = 0.05
    """Share of tokens hidden in training."""
    smoothing: float = 0.05
    batch: int = 8
    """Windows a step."""
    signs: bool = True


@dataclass(frozen=True)
class Ready:
    """A fragment ready to be packed: tokens, signs, classes."""

    tokens: list[Tokens]
    signs: np.ndarray
    classes: np.ndarray


def ready(item: Labelled, tokeniser: Tokeniser) -> Ready:
    return Ready(tokeniser(item.pieces), signs(item.pieces), np.array(item.classes))


def low_rank(encoder: nn.Module, recipe: Recipe) -> dict[str, net.LowRank]:
    """Freeze the encoder and put an update beside each of its linear layers; name -> update."""
    for p in encoder.parameters():
        p.requires_grad = False
    out = {}
    for parent, child, name in net.targets(encoder):
        wrapped = net.LowRank(getattr(parent, child), recipe.rank, recipe.scale)
        setattr(parent, child, wrapped)
        out[name] = wrapped
    return out


def windows_of(data: list[Ready], tokeniser: Tokeniser, rng: random.Random) -> list[tuple[int, Window]]:
    """One pass over the data, windows cut at other places each time, short ones together."""
    out = []
    for i, item in enumerate(data):
        limit = rng.choice((192, WINDOW, WINDOW))
        lead = rng.randrange(limit // 3)
        for w in pack(item.tokens, limit, BEFORE, AFTER, tokeniser.first, tokeniser.last, lead):
            out.append((i, w))
    rng.shuffle(out)
    chunk = 64
    blocks = [sorted(out[k : k + chunk], key=lambda x: len(x[1].ids)) for k in range(0, len(out), chunk)]
    return [w for block in blocks for w in block]


def loss_of(
    model: net.ClaimNet, data: list[Ready], chunk: list[tuple[int, Window]], recipe: Recipe, mask_id: int
) -> Tensor:
    tensors, which = net.batch([w for _, w in chunk])
    owner = [i for i, w in chunk for _ in w.slots]
    if recipe.masked:
        special = tensors["ids"] < 1000
        hide = (torch.rand(tensors["ids"].shape) < recipe.masked) & ~special
        tensors["ids"] = tensors["ids"].masked_fill(hide, mask_id)
    rows = [data[o].signs[p] for o, (p, _) in zip(owner, which, strict=True)]
    s = torch.from_numpy(np.stack(rows)) * float(recipe.signs)
    y = torch.tensor([int(data[o].classes[p]) for o, (p, _) in zip(owner, which, strict=True)])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = model(**tensors, signs=s).float()
    core = torch.tensor([c for _, c in which])
    weight = torch.where(core, 1.0, 0.3)
    losses = nn.functional.cross_entropy(logits, y, reduction="none", label_smoothing=recipe.smoothing)
    return (losses * weight).sum() / weight.sum()


def train(items: list[Labelled], recipe: Recipe, log: bool = True) -> dict[str, Tensor]:
    """Weights of one run: low-rank updates (scale included) and the head."""
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    tokeniser = Tokeniser(model_folder())
    data = [ready(i, tokeniser) for i in items]
    encoder = net.load_encoder(model_folder())
    updates = low_rank(encoder, recipe)
    model = net.ClaimNet(encoder, 384, COUNT, recipe.dropout).train()
    body = [p for u in updates.values() for p in (u.down, u.up)]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": recipe.rate}, {"params": model.head.parameters(), "lr": recipe.head_rate}],
        weight_decay=recipe.decay,
    )
    steps = recipe.epochs * math.ceil(len(windows_of(data, tokeniser, random.Random(0))) / recipe.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda k: min(1.0, (k + 1) / (0.06 * steps)) * max(0.0, 1 - k / (steps * 1.02))
    )
    began = time.time()
    for epoch in range(recipe.epochs):
        total, count = 0.0, 0
        stream = windows_of(data, tokeniser, rng)
        chunks = [stream[k : k + recipe.batch] for k in range(0, len(stream), recipe.batch)]
        rng.shuffle(chunks)
        for chunk in chunks:
            loss = loss_of(model, data, chunk, recipe, tokeniser.mask)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([*body, *model.head.parameters()], 1.0)
            optimiser.step()
            schedule.step()
            total, count = total + float(loss.detach()), count + 1
        if log:
            print(f"epoch {epoch + 1}: loss {total / count:.4f}, {time.time() - began:.0f} s", flush=True)
    weights = {"head.weight": model.head.weight.detach(), "head.bias": model.head.bias.detach()}
    for name, u in updates.items():
        weights[f"{name}.up"] = (u.up.detach() * u.scale).half()
        weights[f"{name}.down"] = u.down.detach().half()
    return {k: v.contiguous() for k, v in weights.items()}


def main() -> None:
    from safetensors.torch import save_file

    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--out", type=Path, default=Path("copilot/engines/local/weights/claims.safetensors"))
    args.add_argument("--parts", default="train", help="which parts of the split to learn from")
    args.add_argument("--threads", type=int, default=1)
    for name, value in vars(Recipe()).items():
        kind = (lambda s: s == "True") if isinstance(value, bool) else type(value)
        args.add_argument(f"--{name}", type=kind, default=value)
    given = vars(args.parse_args())
    recipe = Recipe(**{k: given[k] for k in vars(Recipe())})
    torch.set_num_threads(given["threads"])
    parts = given["parts"].split(",")
    items = [label(f) for f in load() if part(f.id) in parts]
    print(recipe, len(items), "fragments", flush=True)
    weights = train(items, recipe)
    given["out"].parent.mkdir(parents=True, exist_ok=True)
    save_file(weights, given["out"])
    print(given["out"], given["out"].stat().st_size, "bytes; sha256", Reader.digest(given["out"]))


if __name__ == "__main__":
    main()
