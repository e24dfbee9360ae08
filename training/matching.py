"""Fits the matcher's weights (copilot.thresholds.Matching) on the development queries.

    python -m training.matching [FILE.json]

A logistic regression over every (query, mentor): suitable is a grade of 2 or 3. Prints the weights to
write down, and the figures they reach on the same file, the probabilities at which to abstain included.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from copilot.domain import MentorProfile, Person, Role
from copilot.index.embedder import LocalEmbedder
from copilot.matching import Candidate, Lexicon, profile_passages, profile_text
from copilot.matching.scoring import Features, score

DEV = Path(__file__).parents[1] / "evals/datasets/matching/dev.json"
NAMES = ("passages", "tags", "words", "stage")
SUITABLE = 2
STRENGTH = 10.0
"""Inverse of the regularisation; between 1 and 100 the order of mentors hardly changes."""


def candidates(rows: list[dict[str, Any]], embedder: LocalEmbedder) -> list[Candidate]:
    out = []
    for row in rows:
        profile = MentorProfile(
            person=row["id"],
            headline=row["headline"],
            bio=row["bio"],
            expertise=tuple(row["expertise"]),
            industry=row["industry"],
            career_stage_served=tuple(row["career_stage_served"]),
        )
        person = Person(id=row["id"], name=row["name"], roles=frozenset({Role.MENTOR}), timezone="UTC")
        passages = profile_passages(profile)
        vectors = embedder.embed([p.text for p in passages])
        out.append(Candidate(person=person, profile=profile, passages=passages, vectors=vectors))
    return out


def features(data: dict[str, Any]) -> list[list[Features]]:
    """One list a query, one entry a mentor."""
    embedder = LocalEmbedder()
    mentors = candidates(data["mentors"], embedder)
    lexicon = Lexicon.of(profile_text(c.profile) for c in mentors)
    stages = {m["id"]: m["career_stage"] for m in data["mentees"]}
    out = []
    for query in data["queries"]:
        asked, vector = lexicon.asked(query["text"]), embedder.embed([query["text"]])[0]
        stage = stages.get(query.get("mentee"), "")
        out.append([score(c, asked, vector, stage).features for c in mentors])
    return out


def main(path: Path = DEV) -> None:
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    data = json.loads(path.read_text(encoding="utf-8"))
    found = features(data)
    ids = [m["id"] for m in data["mentors"]]
    x = np.array([[getattr(f, n) for n in NAMES] for row in found for f in row])
    y = np.array([q["relevant"].get(id, 0) >= SUITABLE for q in data["queries"] for id in ids])
    model = LogisticRegression(C=STRENGTH, max_iter=5_000).fit(x, y)
    weights = [f"{n} {w:.2f}" for n, w in zip(NAMES, model.coef_[0], strict=True)]
    print(f"intercept {model.intercept_[0]:.2f}", *weights, sep="  ")
    best = model.predict_proba(x)[:, 1].reshape(len(data["queries"]), -1).max(axis=1)
    relevant = np.array([bool(q["relevant"]) for q in data["queries"]])
    print("lowest best probabilities where somebody fits:", np.round(np.sort(best[relevant])[:6], 3))
    print("highest where nobody does:", np.round(np.sort(best[~relevant])[::-1][:6], 3))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
