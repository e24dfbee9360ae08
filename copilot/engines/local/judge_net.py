"""The network of the local judge: the shipped encoder reads both pieces of advice together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import torch
from torch import Tensor, nn

HEADS = {"nli": 3, "pair": 3, "kind": 5, "ledger": 1}
"""Label spaces: inference, conflict/compatible/unrelated, kind of conflict, conflict in a whole ledger."""
MAX_TOKENS = 128


class PairNet(nn.Module):
    """Encoder over `[CLS] a [SEP] b [SEP]`, pooled per side, one linear head a label space."""

    def __init__(self, encoder: nn.Module, dimensions: int = 384) -> None:
        super().__init__()
        self.encoder = encoder
        self.heads = nn.ModuleDict({name: nn.Linear(5 * dimensions, size) for name, size in HEADS.items()})

    def pooled(self, batch: dict[str, Tensor]) -> Tensor:
        """Shape (n, 5 d): first token, mean of a, mean of b, their distance and product."""
        states = self.encoder(**batch).last_hidden_state.float()
        mask, types = batch["attention_mask"], batch["token_type_ids"]
        sides = [(mask * (types == side)).unsqueeze(-1).float() for side in (0, 1)]
        a, b = ((states * m).sum(1) / m.sum(1).clamp(min=1.0) for m in sides)
        return torch.cat([states[:, 0], a, b, (a - b).abs(), a * b], dim=-1)

    def forward(self, batch: dict[str, Tensor]) -> dict[str, Tensor]:
        x = self.pooled(batch)
        return {name: head(x) for name, head in self.heads.items()}


def both_orders(
    net: PairNet, tokenizer: Any, pairs: Sequence[tuple[str, str]], size: int = 64
) -> dict[str, list[list[float]]]:
    """Per head the logits of each pair, mean of both orders."""
    rows = sorted(
        [(a, b, i) for i, (a, b) in enumerate(pairs)] + [(b, a, i) for i, (a, b) in enumerate(pairs)],
        key=lambda r: len(r[0]) + len(r[1]),
    )
    out = {head: torch.zeros(len(pairs), n) for head, n in HEADS.items()}
    with torch.inference_mode():
        for start in range(0, len(rows), size):
            part = rows[start : start + size]
            at = torch.tensor([r[2] for r in part])
            for head, found in net(encode(tokenizer, [r[0] for r in part], [r[1] for r in part])).items():
                out[head].index_add_(0, at, found / 2)
    return {head: values.tolist() for head, values in out.items()}


def load_encoder(folder: Path) -> tuple[nn.Module, Any]:
    """The encoder without its pooler, and its tokenizer, from local files only."""
    from transformers import AutoModel, AutoTokenizer

    encoder = AutoModel.from_pretrained(folder, local_files_only=True, add_pooling_layer=False)
    return cast(nn.Module, encoder), AutoTokenizer.from_pretrained(folder, local_files_only=True)


def encode(tokenizer: Any, a: Sequence[str], b: Sequence[str]) -> dict[str, Tensor]:
    """Token ids, types and mask of a batch of pairs, padded to its longest."""
    out = tokenizer(
        list(a), list(b), padding=True, truncation="longest_first", max_length=MAX_TOKENS, return_tensors="pt"
    )
    return {k: out[k] for k in ("input_ids", "token_type_ids", "attention_mask")}
