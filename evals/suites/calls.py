"""Cases whose input is a short call written as lines ("Mentor: …")."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evals.subject import Subject
from evals.transcripts import spoken_text
from evals.values import Case, Output


def call_case(row: Mapping[str, Any], split: str, title: str, **gold: Any) -> Case:
    """A case from a dataset row with "lines"; whoever is not the mentor is the mentee."""
    text = "\n".join(row["lines"]) + "\n"
    said = spoken_text(text, timed=False)
    labels = list(dict.fromkeys(label for label, _ in said))
    mentor = "Mentor" if "Mentor" in labels else labels[0]
    return Case(
        id=row["id"],
        split=split,
        title=title,
        input={
            "file_name": row.get("file_name", "call.txt"),
            "text": text,
            "spoken": said,
            "speakers": {label: "mentor" if label == mentor else "mentee" for label in labels},
            "started_at": row.get("started_at", "2025-10-13T10:00:00+00:00"),
            "goal": row.get("goal"),
        },
        gold=gold,
    )


def recap_call(subject: Subject, case: Case) -> Output:
    given = case.input
    return subject.recap(
        given["text"].encode(),
        given["file_name"],
        speakers=given["speakers"],
        started_at=given["started_at"],
        goal=given["goal"],
    )
