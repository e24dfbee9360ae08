"""Scores of a network on many pairs, quickly: sorted by length, both orders averaged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from copilot.engines.local.judge_net import HEADS, PairNet, encode


def logits(
    net: PairNet, tokenizer: Any, pairs: Sequence[tuple[str, str]], *, both: bool = True, size: int = 64
) -> dict[str, np.ndarray[Any, Any]]:
    """Per head an array (n, classes): mean of both orders (one order where not `both`)."""
    rows = [(a, b, i) for i, (a, b) in enumerate(pairs)]
    if both:
        rows += [(b, a, i) for a, b, i in rows]
    rows.sort(key=lambda r: len(r[0]) + len(r[1]))
    out = {h: np.zeros((len(pairs), n), dtype=np.float64) for h, n in HEADS.items()}
    net.eval()
    with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
        for start in range(0, len(rows), size):
            part = rows[start : start + size]
            found = net(encode(tokenizer, [r[0] for r in part], [r[1] for r in part]))
            for head, values in found.items():
                np.add.at(out[head], [r[2] for r in part], values.float().numpy())
    return {h: v / (2 if both else 1) for h, v in out.items()}
