"""The judge's weights on disk: low-rank changes to the shipped encoder, heads and read-outs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copilot.errors import DamagedWeights

if TYPE_CHECKING:
    from torch import Tensor

    from copilot.engines.local.judge_net import PairNet

FILE = Path(__file__).parent / "weights" / "judge.safetensors"
SHA256 = "dee33323c942d04ed71d9730156d9c4d7e3a2df343bb24147ec1423cbd1a376c"
"""Of the file that the model card's figures were measured with."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What the file holds: tensors by name, and the read-outs as JSON."""

    tensors: Mapping[str, Tensor]
    readouts: dict[str, dict[str, Any]]


def read(path: Path = FILE, digest: str = SHA256) -> Measured:
    """Raises DamagedWeights where the file is missing or is not the measured one."""
    from safetensors import safe_open
    from safetensors.torch import load

    hint = "Install the package again; train with `python -m training.conflicts.train` to make your own."
    if not path.is_file():
        raise DamagedWeights(f"The conflict judge's weights {path.name} are missing.", hint)
    data = path.read_bytes()
    if sha256(data).hexdigest() != digest:
        raise DamagedWeights(f"The conflict judge's weights {path.name} are not the ones measured.", hint)
    with safe_open(str(path), "pt") as f:
        meta = f.metadata() or {}
    return Measured(load(data), json.loads(meta.get("readouts", "{}")))


def apply(net: PairNet, tensors: Mapping[str, Tensor]) -> None:
    """Adds the changes to the network in place; NAME.up times NAME.down is the change of matrix NAME."""
    import torch

    with torch.no_grad():
        for name, parameter in net.named_parameters():
            if name.startswith("heads."):
                parameter.copy_(tensors[name].float())
            elif f"{name}.up" in tensors:
                up, down, scale = (tensors[f"{name}.{part}"].float() for part in ("up", "down", "scale"))
                parameter.add_((up * scale) @ down)
            elif name in tensors:
                parameter.add_(tensors[name].float())


def changes(before: Mapping[str, Tensor], after: Mapping[str, Tensor], rank: int) -> dict[str, Tensor]:
    """The tensors to ship: the best low-rank form of each matrix's change in 8 bits, the rest in 16."""
    import torch

    out: dict[str, torch.Tensor] = {}
    for name, new in after.items():
        if name.startswith("heads."):
            out[name] = new.half().contiguous()
            continue
        change = (new - before[name]).float()
        if not change.any():
            continue
        if change.ndim == 2 and min(change.shape) > rank:
            u, s, v = torch.linalg.svd(change, full_matrices=False)
            up, left = _bytes(u[:, :rank], 0)
            down, right = _bytes(v[:rank], 1)
            out[f"{name}.up"], out[f"{name}.down"] = up, down
            out[f"{name}.scale"] = s[:rank] * left * right
        else:
            out[name] = change.half().contiguous()
    return out


def _bytes(matrix: Tensor, along: int) -> tuple[Tensor, Tensor]:
    """Whole numbers of 8 bits and the scale of each component."""
    import torch

    scale = matrix.abs().amax(along).clamp(min=1e-12) / 127
    whole = (matrix / scale.unsqueeze(along)).round().clamp(-127, 127)
    return whole.to(torch.int8).contiguous(), scale
