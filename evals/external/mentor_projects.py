"""Real mentored projects as a test of the matcher's text score.

    python -m evals.external.mentor_projects FILE.jsonl

Query: a project of 2024 or later. Profile of a mentor: that mentor's projects before 2024. Relevant:
the project's actual mentors. Names of organisations and projects are masked, because they alone would
give the mentors away. Printed beside a TF-IDF cosine on the same texts.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from copilot.domain import MentorProfile, Person, Role
from copilot.index.embedder import LocalEmbedder
from copilot.matching import Candidate, Lexicon, profile_passages
from copilot.matching.scoring import log_odds, score
from copilot.text import sentences
from copilot.thresholds import LIMITS

FIRST_YEAR = 2024
SENTENCES_A_PROJECT = 12
Rank = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Task:
    """`queries`: (text, actual mentors); `profiles`: mentor to (title, text) of each earlier project."""

    queries: Sequence[tuple[str, frozenset[str]]]
    profiles: Mapping[str, Sequence[tuple[str, str]]]


def load(path: Path) -> Task:
    projects = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    names = {n for p in projects for n in [p["project"], *(p["org"] or [])] if n and len(n) > 1}
    pattern = "|".join(re.escape(n) for n in sorted(names, key=lambda n: (-len(n), n)))
    mask = re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)
    profiles: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for project in projects:
        if project["year"] < FIRST_YEAR:
            for mentor in project["mentors"]:
                profiles[mentor].append((mask.sub(" ", project["title"]), mask.sub(" ", project["text"])))
    queries = []
    for project in projects:
        known = frozenset(project["mentors"]) & set(profiles)
        if project["year"] >= FIRST_YEAR and known:
            queries.append((mask.sub(" ", f"{project['title']}. {project['text']}"), frozenset(known)))
    return Task(queries, profiles)


def figures(task: Task, rank: Rank) -> dict[str, float]:
    """Mean reciprocal rank, precision at 1, recall at 5."""
    reciprocal = first = recall = 0.0
    for text, relevant in task.queries:
        order = list(rank(text))
        reciprocal += 1 / (1 + min(order.index(m) for m in relevant))
        first += order[0] in relevant
        recall += len(relevant & set(order[:5])) / len(relevant)
    count = len(task.queries)
    return {"MRR": reciprocal / count, "P@1": first / count, "R@5": recall / count}


def matcher(task: Task) -> Rank:
    embedder = LocalEmbedder()
    candidates = [_candidate(mentor, work, embedder) for mentor, work in sorted(task.profiles.items())]
    lexicon = Lexicon.of("\n".join(p.text for p in c.passages) for c in candidates)

    def rank(text: str) -> list[str]:
        goal = text[: LIMITS.goal_characters]
        vector = embedder.embed([goal])[0]
        asked = lexicon.asked(goal)
        odds = {c.person.id: log_odds(score(c, asked, vector).features) for c in candidates}
        return sorted(odds, key=lambda mentor: (-odds[mentor], mentor))

    return rank


def tfidf(task: Task) -> Rank:
    from sklearn.feature_extraction.text import TfidfVectorizer

    mentors = sorted(task.profiles)
    texts = [" ".join(f"{title} {text}" for title, text in task.profiles[m]) for m in mentors]
    vectorizer = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit(texts)
    matrix: Any = vectorizer.transform(texts)

    def rank(text: str) -> list[str]:
        scores = (matrix @ vectorizer.transform([text]).T).toarray()[:, 0]
        return [mentors[i] for i in sorted(range(len(mentors)), key=lambda i: (-scores[i], mentors[i]))]

    return rank


def _candidate(mentor: str, work: Sequence[tuple[str, str]], embedder: LocalEmbedder) -> Candidate:
    bio = " ".join(" ".join(sentences(text)[:SENTENCES_A_PROJECT]) for _, text in work)
    profile = MentorProfile(person=mentor, headline=". ".join(title for title, _ in work), bio=bio)
    passages = profile_passages(profile)
    person = Person(id=mentor, name=mentor, roles=frozenset({Role.MENTOR}), timezone="UTC")
    vectors = embedder.embed([p.text for p in passages])
    return Candidate(person=person, profile=profile, passages=passages, vectors=vectors)


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 1 or not Path(arguments[0]).is_file():
        sys.stderr.write("Give the file: python -m evals.external.mentor_projects FILE.jsonl\n")
        return 2
    task = load(Path(arguments[0]))
    out = [f"{len(task.queries)} queries, {len(task.profiles)} candidates"]
    for name, rank in (("matcher", matcher(task)), ("TF-IDF", tfidf(task))):
        line = "  ".join(f"{key} {value:.3f}" for key, value in figures(task, rank).items())
        out.append(f"{name:8} {line}")
    sys.stdout.write("\n".join(out) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
