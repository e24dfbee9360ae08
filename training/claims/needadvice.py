"""How the claim finder does on sentences of advice from elsewhere (measuring only):

`python -m training.claims.needadvice PATH` with NeedAdvice (Govindarajan et al., EMNLP 2020) as JSON lines.
Its sentences are writing, with gaps between them, far from a call: a stress test, not a target.
"""

from __future__ import annotations

import json
import re
import sys
from itertools import groupby
from pathlib import Path

import numpy as np

from copilot.domain import Speaker
from copilot.engines.local.claims.pieces import Piece
from copilot.engines.local.claims.reader import Reader
from copilot.index.embedder import LocalEmbedder

PATTERNS = re.compile(
    r"\b(?:you should|you need to|you could|try to|make sure|i(?:['’]d| would) (?:suggest|recommend)|"
    r"don['’]t|why not|have you (?:tried|considered)|my advice|it['’]s best)\b",
    re.IGNORECASE,
)


def joined(text: str) -> str:
    """The sentence without the spaces that a tokeniser put in."""
    text = re.sub(r"\s+(n['’]?t|['’](?:s|d|m|ll|ve|re))\b", r"\1", text)
    return re.sub(r"\s+([,.;:!?)])", r"\1", text)


def f1(said: np.ndarray, true: np.ndarray) -> str:
    tp = int((said & true).sum())
    p, r = tp / max(1, said.sum()), tp / max(1, true.sum())
    return f"P {p:.2f}  R {r:.2f}  F1 {2 * p * r / max(1e-9, p + r):.2f}"


def main() -> None:
    rows = [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    sets = {k: [r for r in rows if r["split"] == k] for k in ("train", "dev", "test")}
    true = {k: np.array([bool(r["label"]) for r in v]) for k, v in sets.items()}
    texts = {k: [joined(r["text"]) for r in v] for k, v in sets.items()}
    reader = Reader()

    def probability(part: str) -> np.ndarray:
        found = []
        for _, reply in groupby(zip(sets[part], texts[part], strict=True), key=lambda x: x[0]["reply"]):
            said = [text for _, text in reply]
            found.append(reader.read([Piece(0, 0, len(t), Speaker.MENTOR, t) for t in said])[:, 1])
        return np.concatenate(found)

    test = true["test"]
    print(f"test: {len(test)} sentences, {test.mean():.2f} advice")
    print("pattern list          ", f1(np.array([bool(PATTERNS.search(t)) for t in texts["test"]]), test))
    dev = probability("dev")
    floor = max((x / 20 for x in range(1, 20)), key=lambda x: float(f1(dev >= x, true["dev"])[-4:]))
    found = probability("test")
    print("claim finder, 0.5     ", f1(found >= 0.5, test))
    print(f"claim finder, {floor:.2f} (dev)", f1(found >= floor, test))
    from sklearn.linear_model import LogisticRegression

    embedder = LocalEmbedder()
    x = {k: embedder.embed(v) for k, v in texts.items() if k != "dev"}
    model = LogisticRegression(max_iter=2000).fit(x["train"], true["train"])
    print("regression trained on its own train split", f1(model.predict(x["test"]).astype(bool), test))


if __name__ == "__main__":
    main()
