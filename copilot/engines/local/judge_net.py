"""The network of the local judge: the shipped encoder reads both pieces of advice together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

if TYPE_CHECKING:
    from tokenizers import Tokenizer

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
    net: PairNet, tokenizer: Tokenizer, pairs: Sequence[tuple[str, str]], size: int = 16
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
                out[head].index_add_(0, at, found.float() / 2)
    return {head: values.tolist() for head, values in out.items()}


def load_encoder(folder: Path) -> tuple[nn.Module, Tokenizer]:
    """The encoder without its pooler, and its tokenizer, from the files of the embedder's package."""
    from safetensors.torch import load_file
    from tokenizers import Tokenizer
    from transformers import BertConfig, BertModel

    encoder = BertModel(BertConfig.from_json_file(folder / "config.json"), add_pooling_layer=False)
    stored = load_file(folder / "model.safetensors")
    encoder.load_state_dict({name: stored[name] for name in encoder.state_dict() if name in stored})
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_TOKENS, strategy="longest_first")
    tokenizer.enable_padding()
    return encoder, tokenizer


def encode(tokenizer: Tokenizer, a: Sequence[str], b: Sequence[str]) -> dict[str, Tensor]:
    """Token ids, types and mask of a batch of pairs, padded to its longest."""
    found = tokenizer.encode_batch(list(zip(a, b, strict=True)))
    return {
        "input_ids": torch.tensor([e.ids for e in found]),
        "token_type_ids": torch.tensor([e.type_ids for e in found]),
        "attention_mask": torch.tensor([e.attention_mask for e in found]),
    }
