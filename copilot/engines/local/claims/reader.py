"""Runs the claim finder's network over a call: one probability a piece and class."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from copilot.engines.local.claims.patterns import COUNT, signs
from copilot.errors import DamagedWeights
from copilot.index.embedder import check_weights, model_folder

if TYPE_CHECKING:
    import numpy as np
    import torch
    from numpy.typing import NDArray

    from copilot.engines.local.claims.pieces import Piece

WINDOW, BEFORE, AFTER = 256, 40, 24
"""Tokens: a window, and what of it is context before and after."""
WEIGHTS = Path(__file__).parents[1] / "weights" / "claims.safetensors"
WEIGHTS_SHA256 = "1e9dab0d1fedc3c0118c37165eb20027ad36a2c30b71afae90913b9c1d6ca330"


class Reader:
    """Loads encoder and weights once. Raises DamagedWeights where either is not what was measured."""

    def __init__(self, weights: Path = WEIGHTS, expected: str | None = WEIGHTS_SHA256) -> None:
        from safetensors.torch import load_file

        from copilot.engines.local.claims import net
        from copilot.engines.local.claims.tokens import Tokeniser

        folder = model_folder()
        check_weights(folder)
        if expected is not None:
            self._check(weights, expected)
        trained = load_file(weights)
        encoder = net.load_encoder(folder)
        net.merge(encoder, trained)
        self._net = net.ClaimNet(encoder, trained["head.weight"].shape[1] - COUNT, COUNT).eval()
        head = {k: trained[f"head.{k}"][: len(net.CLASSES)] for k in ("weight", "bias")}
        self._net.head.load_state_dict(head)
        self._tokeniser = Tokeniser(folder)

    def rarity(self, word: str) -> float:
        """0 for the commonest words of English to 1 for the rare."""
        return self._tokeniser.rarity(word)

    @staticmethod
    def digest(path: Path) -> str:
        return sha256(path.read_bytes()).hexdigest()

    @classmethod
    def _check(cls, path: Path, expected: str) -> None:
        if not path.exists() or cls.digest(path) != expected:
            raise DamagedWeights(
                f"The weights {path.name} are missing or not those of this release.", "Install it again."
            )

    def read(self, pieces: Sequence[Piece], size: int = 16) -> NDArray[np.float32]:
        """Probabilities, shape (pieces, len(CLASSES)), rows sum to 1; `size` windows go together."""
        import numpy as np
        import torch

        from copilot.engines.local.claims import net
        from copilot.engines.local.claims.windows import pack

        t = self._tokeniser
        windows = sorted(pack(t(pieces), WINDOW, BEFORE, AFTER, t.first, t.last), key=lambda w: len(w.ids))
        marks = torch.from_numpy(signs(pieces))
        logits = np.zeros((len(pieces), len(net.CLASSES)), dtype=np.float32)
        with torch.inference_mode(), _fast():
            for k in range(0, len(windows), size):
                tensors, which = net.batch(windows[k : k + size], t.pad)
                out = self._net(**tensors, signs=marks[[p for p, _ in which]]).float().numpy()
                for (piece, core), row in zip(which, out, strict=True):
                    if core:
                        logits[piece] = row
        shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), dtype=np.float32)


def _fast() -> torch.autocast | nullcontext[None]:
    """Half precision where the processor has instructions for it: twice as fast, same answers."""
    import torch

    if torch.cpu._is_avx512_bf16_supported():
        return torch.autocast("cpu", dtype=torch.bfloat16)
    return nullcontext()
