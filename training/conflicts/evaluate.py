"""Figures of the shipped judge on data it was not trained on: `python -m training.conflicts.evaluate`.

With `--golden FOLDER` also on the labelled advice of a golden set; with `--write FILE` its flags, in the
form that the golden set's scorer reads.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from copilot.conflicts import conflicts_to_json, scan
from copilot.domain import Conflict
from copilot.engines.local.engine import LocalEngine
from copilot.engines.local.judge import LocalJudge
from copilot.index.embedder import LocalEmbedder
from training.conflicts import data, measure
from training.conflicts.measure import Array, Judged


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--split", default="test", choices=("dev", "test"))
    p.add_argument("--golden", type=Path)
    p.add_argument("--text", default="normalized", choices=("normalized", "quote"))
    p.add_argument("--write", type=Path)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--only-golden", action="store_true")
    given = p.parse_args()
    torch.set_num_threads(given.threads)
    embedder = LocalEmbedder()
    judge = LocalJudge(embedder)
    if not given.only_golden:
        ledgers(judge, embedder, given.split)
        lone(judge, embedder, given.split)
    if given.golden:
        golden(embedder, judge, given.golden, given.text, given.write)


def vectors_of(embedder: LocalEmbedder, texts: set[str]) -> dict[str, Array]:
    ordered = sorted(texts)
    return dict(zip(ordered, embedder.embed(ordered), strict=True))


def scored(judge: LocalJudge, rows: Sequence[Judged]) -> tuple[Array, float]:
    """The judge's scores and the seconds that they took."""
    start = time.perf_counter()
    verdicts = judge.judge([r.pair for r in rows])
    return np.array([v.score for v in verdicts]), time.perf_counter() - start


def report(name: str, rows: Sequence[Judged], score: Array) -> None:
    y, groups = measure.labels(rows), [r.source for r in rows]
    for label, figure in (
        ("AP", measure.average_precision),
        ("P at R .5", lambda a, b: measure.precision_at_recall(a, b, 0.5)),
        ("ECE", measure.calibration_error),
    ):
        low, high = measure.interval(y, score, groups, figure)
        print(f"{name:16} {label:10} {figure(y, score):.3f}  [{low:.3f}, {high:.3f}]")
    cosine = np.array([r.pair.similarity for r in rows])
    print(
        f"{name:16} {len(rows)} pairs, base rate {y.mean():.3f}, cosine AP "
        f"{measure.average_precision(y, cosine):.3f}"
    )


def ledgers(judge: LocalJudge, embedder: LocalEmbedder, split: str) -> None:
    parts = data.ledgers()[split]
    vectors = vectors_of(embedder, {a["text"] for led in parts for a in led["advice"]})
    rows = [r for led in parts for r in measure.ledger_pairs(led, vectors)]
    score, spent = scored(judge, rows)
    report(f"ledgers {split}", rows, score)
    found, of = measure.in_top(rows, score, 3)
    print(f"{'':16} conflicts among the three highest of their ledger: {found} of {of}; {spent:.1f} s")
    print(f"{'':16} conflicts in three flags, no piece of advice in two: {measure.in_flags(rows, score, 3)}")


def lone(judge: LocalJudge, embedder: LocalEmbedder, split: str) -> None:
    found = data.advice_pairs()[split]
    vectors = vectors_of(embedder, {r[k] for r in found for k in ("a", "b")})
    rows = [measure.lone_pair(r, vectors) for r in found]
    score, _ = scored(judge, rows)
    report(f"pairs {split}", rows, score)
    right = np.mean((score >= 0.5) == measure.labels(rows))
    print(f"{'':16} conflict or not, at .5: {right:.3f} right")


def golden_ledgers(folder: Path, text: str) -> list[dict[str, Any]]:
    """The labelled advice of each mentee as a ledger; `name` keeps the golden id."""
    sessions = json.loads((folder / "sessions.json").read_text(encoding="utf-8"))
    found = json.loads((folder / "conflicts.json").read_text(encoding="utf-8"))
    out = []
    for mentee in sorted({s["mentee"] for s in sessions}):
        advice = [
            {"id": a["id"], "mentor": s["mentor"], "session": s["id"], "text": a[text]}
            for s in sessions
            if s["mentee"] == mentee
            for a in s["gold"]["advice"]
        ]
        at = {a["id"]: n for n, a in enumerate(advice)}
        pairs = {k: [c for c in found[k] if c["mentee"] == mentee] for k in ("conflicts", "compatible")}
        out.append(
            {
                "id": mentee,
                "goal": "",
                "advice": [{**a, "name": a["id"], "id": n} for n, a in enumerate(advice)],
                "conflicts": [[at[c["a"]], at[c["b"]], c["kind"]] for c in pairs["conflicts"]],
                "tempting": [[at[c["a"]], at[c["b"]]] for c in pairs["compatible"]],
            }
        )
    return out


def golden(embedder: LocalEmbedder, judge: LocalJudge, folder: Path, text: str, write: Path | None) -> None:
    """Ranks of the true conflicts among all cross-mentor pairs of labelled advice, and the flags."""
    parts = golden_ledgers(folder, text)
    vectors = vectors_of(embedder, {a["text"] for led in parts for a in led["advice"]})
    rows = [r for led in parts for r in measure.ledger_pairs(led, vectors)]
    score, _ = scored(judge, rows)
    report(f"golden {text}", rows, score)
    for k in (3, 5):
        found, of = measure.in_top(rows, score, k)
        print(f"{'':16} conflicts among the {k} highest of their mentee: {found} of {of}")
    if write:
        write.write_text(json.dumps(_flags(rows, parts, embedder), indent=1), encoding="utf-8")


def _flags(rows: Sequence[Judged], parts: list[dict[str, Any]], embedder: LocalEmbedder) -> dict[str, Any]:
    """What a scan shows, each side as the golden id."""
    sides = {s.advice: s for r in rows for s in (r.pair.a, r.pair.b)}
    names = {f"{led['id']}/{a['id']:03}": a["name"] for led in parts for a in led["advice"]}
    advice = [sides[k] for k in sorted(sides)]
    result = scan(advice, embedder.embed([a.text for a in advice]), LocalEngine(embedder))
    out = conflicts_to_json(result.conflicts, result.pairs_considered, result.engine)
    return {**out, "conflicts": [_named(c, names) for c in result.conflicts]}


def _named(conflict: Conflict, names: dict[str, str]) -> dict[str, Any]:
    return {
        "mentee": conflict.mentee,
        "a": names[conflict.a.advice],
        "b": names[conflict.b.advice],
        "verdict": conflict.verdict,
        "confidence": conflict.confidence,
    }


if __name__ == "__main__":
    main()
