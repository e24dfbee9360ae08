"""The network of the claim finder: the shipped encoder with low-rank updates and one small head."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

import torch
from torch import Tensor, nn

from copilot.engines.local.claims.windows import Window

CLASSES = ("none", "advice", "action", "decision", "question", "opportunity")
TARGETS = ("query", "key", "value", "dense")
"""Linear layers that get an update, by the last part of their name."""


class LowRank(nn.Module):
    """A frozen linear layer plus a trained update of low rank."""

    def __init__(self, base: nn.Linear, rank: int, scale: float) -> None:
        super().__init__()
        self.base, self.scale = base, scale
        self.down = nn.Parameter(torch.randn(rank, base.in_features) / math.sqrt(base.in_features))
        self.up = nn.Parameter(torch.zeros(base.out_features, rank))

    def forward(self, x: Tensor) -> Tensor:
        update = nn.functional.linear(nn.functional.linear(x, self.down), self.up)
        return cast(Tensor, self.base(x)) + self.scale * update


class ClaimNet(nn.Module):
    """Reads windows of speech, answers one row of logits a piece."""

    def __init__(self, encoder: nn.Module, width: int, signs: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(width + signs, len(CLASSES))

    def forward(self, ids: Tensor, mask: Tensor, rows: Tensor, columns: Tensor, signs: Tensor) -> Tensor:
        """Logits, shape (pieces, len(CLASSES)).

        ids, mask: (windows, length); rows, columns: for each token of each piece, the piece's row and
        the token's place in the flattened windows; signs: (pieces, columns of `patterns.signs`).
        """
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        tokens = states.reshape(-1, states.shape[-1]).index_select(0, columns)
        sums = torch.zeros(len(signs), tokens.shape[1]).index_add(0, rows, tokens)
        means = sums / torch.bincount(rows, minlength=len(signs)).clamp(min=1).unsqueeze(1)
        return cast(Tensor, self.head(torch.cat([self.dropout(means), signs], dim=1)))


def targets(encoder: nn.Module) -> list[tuple[nn.Module, str, str]]:
    """(parent, attribute, full name) of each linear layer that gets an update, in a fixed order."""
    out = []
    for name, module in encoder.named_modules():
        for child, layer in module.named_children():
            if isinstance(layer, nn.Linear) and child in TARGETS and "encoder.layer" in name:
                out.append((module, child, f"{name}.{child}"))
    return out


def merge(encoder: nn.Module, weights: Mapping[str, Tensor]) -> None:
    """Add the trained updates to the encoder's own matrices, in place."""
    with torch.no_grad():
        for parent, child, name in targets(encoder):
            if f"{name}.up" in weights:
                update = weights[f"{name}.up"].float() @ weights[f"{name}.down"].float()
                getattr(parent, child).weight += update


def batch(windows: Sequence[Window], pad: int = 0) -> tuple[dict[str, Tensor], list[tuple[int, bool]]]:
    """Tensors for `ClaimNet` (without signs), and (piece, core) of each output row."""
    length = max(len(w.ids) for w in windows)
    ids = torch.full((len(windows), length), pad, dtype=torch.long)
    mask = torch.zeros((len(windows), length), dtype=torch.long)
    rows: list[int] = []
    columns: list[int] = []
    which: list[tuple[int, bool]] = []
    for i, window in enumerate(windows):
        ids[i, : len(window.ids)] = torch.tensor(window.ids)
        mask[i, : len(window.ids)] = 1
        for slot in window.slots:
            rows += [len(which)] * (slot.end - slot.start)
            columns += range(i * length + slot.start, i * length + slot.end)
            which.append((slot.piece, slot.core))
    places = {"rows": torch.tensor(rows), "columns": torch.tensor(columns)}
    return {"ids": ids, "mask": mask, **places}, which


def load_encoder(folder: Path) -> nn.Module:
    """The encoder without its pooler, from the files in `folder`; nothing is downloaded or printed."""
    from safetensors.torch import load_file
    from transformers import BertConfig, BertModel

    config = BertConfig.from_json_file(folder / "config.json")
    config.attention_probs_dropout_prob = 0.0
    encoder = BertModel(config, add_pooling_layer=False)
    weights = load_file(folder / "model.safetensors")
    encoder.load_state_dict({k: v for k, v in weights.items() if not k.startswith("pooler.")}, strict=False)
    return cast(nn.Module, encoder)
