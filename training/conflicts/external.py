"""The judge on public test sets that are about other things: `python -m training.conflicts.external FOLDER`.

Opposing stance is not quite conflict, and none of these are advice; the figures say how far the judge
carries, beside the untrained encoder's cosine and a rule that looks for negation words.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sklearn.metrics import average_precision_score, roc_auc_score

from copilot.domain import AdvicePair, AdviceSide
from copilot.engines.local.judge import LocalJudge
from copilot.index.embedder import LocalEmbedder
from copilot.thresholds import JUDGE

NO = frozenset(
    "not no never don't doesn't isn't aren't won't can't cannot shouldn't without nobody nothing".split()
)


def rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def pair(a: str, b: str) -> AdvicePair:
    one, other = (
        AdviceSide(advice=s, session=s, mentor=s, mentee="", quote=t, text=t) for s, t in (("a", a), ("b", b))
    )
    return AdvicePair(a=one, b=other)


def judge_rows(judge: LocalJudge, found: list[tuple[str, str]]) -> np.ndarray[Any, Any]:
    return np.array([v.score for v in judge.judge([pair(a, b) for a, b in found])])


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("folder", type=Path)
    p.add_argument("--sample", type=int, default=600, help="pairs of each set, drawn with a seed")
    given = p.parse_args()
    torch.set_num_threads(2)
    embedder = LocalEmbedder()
    judge = LocalJudge(embedder)
    stance = [r for r in rows(given.folder / "perspectrum_pairs.jsonl") if r["split"] == "test"]
    attack = [r for r in rows(given.folder / "political_attack_support.jsonl") if r["label"] != "no_relation"]
    sets = (
        ("perspectrum", stance, "opposing"),
        ("political attack or support", attack, "attack"),
    )
    for name, found, positive in sets:
        found = random.Random(0).sample(found, min(given.sample, len(found)))
        y = np.array([r["label"] == positive for r in found])
        texts = [(r["a"], r["b"]) for r in found]
        one, other = (embedder.embed([t[side] for t in texts]) for side in (0, 1))
        cosine = (one * other).sum(1)
        negation = np.array([float(bool(NO & words(a)) != bool(NO & words(b))) for a, b in texts])
        print(f"{name}: {len(y)} pairs, base rate {y.mean():.3f}")
        for label, score in (
            ("judge", judge_rows(judge, texts)),
            ("cosine", cosine),
            ("cosine, reversed", -cosine),
            ("negation words", negation),
        ):
            print(
                f"  {label:18} AP {average_precision_score(y, score):.3f} AUC {roc_auc_score(y, score):.3f}"
            )
    claims = rows(given.folder / "bioclaim_conditional.jsonl")
    score = judge_rows(judge, [(r["premise"], r["hypothesis"]) for r in claims])
    told = float((score >= JUDGE.conflict_alone).mean())
    print(f"bioclaim (other conditions): {len(score)} pairs, called conflict {told:.3f}")


def words(text: str) -> set[str]:
    return set(text.lower().replace("’", "'").replace(".", " ").replace(",", " ").split())


if __name__ == "__main__":
    main()
