"""A logistic regression on sentence embeddings, to compare with: `python -m training.claims.baseline`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from copilot.engines.local.claims.patterns import signs
from copilot.engines.local.claims.pieces import Piece
from copilot.engines.local.recap import LocalRecap
from copilot.index.embedder import LocalEmbedder
from training.claims import golden
from training.claims.data import label, load, part
from training.claims.evaluate import GOLDEN, Read, best_floors, report


class Baseline:
    """Reads as `Reader` does, from [embedding, embedding of the piece before, signs]."""

    def __init__(self, embedder: LocalEmbedder) -> None:
        self._embedder = embedder
        self._model: Any = None

    def _rows(self, pieces: Sequence[Piece]) -> np.ndarray:
        own = self._embedder.embed([p.text for p in pieces])
        before = np.vstack([np.zeros_like(own[:1]), own[:-1]])
        return np.hstack([own * 3, before, signs(pieces)])

    def fit(self, parts: Sequence[str]) -> None:
        from sklearn.linear_model import LogisticRegression

        items = [label(f) for f in load() if part(f.id) in parts]
        x = np.vstack([self._rows(i.pieces) for i in items])
        self._model = LogisticRegression(max_iter=2000).fit(x, np.concatenate([i.classes for i in items]))

    def read(self, pieces: Sequence[Piece]) -> np.ndarray:
        return np.asarray(self._model.predict_proba(self._rows(pieces)), dtype=np.float32)

    def rarity(self, word: str) -> float:
        return min(1.0, len(word) / 10)


def main() -> None:
    embedder = LocalEmbedder()
    model = Baseline(embedder)
    model.fit(["train"])
    held = {p: [Read(i, model.read(i.pieces)) for i in map(label, load()) if part(i.fragment.id) == p]
            for p in ("dev", "test")}  # fmt: skip
    floors = best_floors(held["dev"])
    report("test, floors of dev", held["test"], floors)
    if GOLDEN.exists():
        engine: Any = LocalRecap(embedder)
        engine.__dict__["_loaded"] = model
        from copilot.engines.local import recap

        recap._FLOORS.update(floors)
        print(golden.score(GOLDEN, golden.recaps(GOLDEN, engine), Path("/tmp/claims-baseline.json")))


if __name__ == "__main__":
    main()
