"""The labelled programmes under datasets/recaps: sessions, mentors, mentees, conflicts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from evals import datasets
from evals.transcripts import spoken
from evals.values import Case


@cache
def _table(folder: Path, name: str) -> Any:
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


class Programme:
    """One labelled programme in the golden format."""

    def __init__(self, split: str) -> None:
        self.folder = datasets.ROOT / "recaps" / split
        self.split = split

    @property
    def exists(self) -> bool:
        return (self.folder / "sessions.json").is_file()

    def table(self, name: str) -> Any:
        return _table(self.folder, name)

    def person(self, id: str) -> str:
        people = [*self.table("mentors"), *self.table("mentees")]
        return next(str(p["name"]) for p in people if p["id"] == id)

    def goal(self, id: str | None) -> str | None:
        goals = [g for m in self.table("mentees") for g in m["goals"]]
        return next((g.get("better") or g["text"] for g in goals if g["id"] == id), None)

    def spoken(self, session: dict[str, Any]) -> list[tuple[str, str]]:
        return spoken(self.folder / "transcripts" / session["transcript"])

    def session_cases(self) -> Sequence[Case]:
        """One case a transcribed session."""
        if not self.exists:
            return []
        return [
            Case(
                id=s["id"],
                split=self.split,
                title=f"{self.person(s['mentor'])} with {self.person(s['mentee'])}",
                input={
                    "programme": self.split,
                    "session": s["id"],
                    "file": s["transcript"],
                    "speakers": s["speakers"],
                    "started_at": s["started_at"],
                    "goal": self.goal(s["goal"]),
                    "mentor_name": self.person(s["mentor"]),
                    "mentee_name": self.person(s["mentee"]),
                    "spoken": self.spoken(s),
                },
                gold=s["gold"],
            )
            for s in self.table("sessions")
        ]
