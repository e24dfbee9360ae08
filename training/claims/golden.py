"""Recaps of a golden set by the local engine, and what its own scorer says of them."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from copilot.domain import Drafted, RecapClaims, RecapRequest, Speaker
from copilot.engines.local.recap import LocalRecap
from copilot.index.embedder import LocalEmbedder
from copilot.recap.draft import draft_recap
from copilot.recap.json import recap_to_json
from copilot.transcript import parse_transcript


class _Engine:
    """The recap half of an engine, around a LocalRecap with any weights."""

    name = "local"
    model = "claims"

    def __init__(self, part: LocalRecap) -> None:
        self._part = part

    def recap(self, request: RecapRequest) -> Drafted[RecapClaims]:
        return Drafted(value=self._part.recap(request), engine=self.name, model=self.model)


def recaps(folder: Path, part: LocalRecap | None = None) -> dict[str, Any]:
    """Session id -> recap as JSON."""
    engine: Any = _Engine(part or LocalRecap(LocalEmbedder()))
    people = [p for kind in ("mentors", "mentees") for p in json.loads((folder / f"{kind}.json").read_text())]
    names = {p["id"]: p["name"] for p in people}
    mentees = json.loads((folder / "mentees.json").read_text())
    goals = {g["id"]: g["text"] for m in mentees for g in m["goals"]}
    out = {}
    for s in json.loads((folder / "sessions.json").read_text()):
        path = folder / "transcripts" / s["transcript"]
        who = {label: Speaker(role) for label, role in s["speakers"].items()}
        mentor, mentee = names[s["mentor"]], names[s["mentee"]]
        transcript = parse_transcript(
            path.read_bytes(), path.name, speakers=who, mentor_name=mentor, mentee_name=mentee
        )
        request = RecapRequest(
            turns=transcript.turns,
            goal=goals.get(s["goal"]),
            started_at=datetime.fromisoformat(s["started_at"]),
            mentor_name=mentor,
            mentee_name=mentee,
        )
        out[s["id"]] = recap_to_json(draft_recap(transcript, engine, request, session=s["id"]))
    return out


def score(folder: Path, predicted: dict[str, Any], scratch: Path) -> str:
    """What the set's own `score.py` prints."""
    scratch.write_text(json.dumps(predicted))
    command = [sys.executable, str(folder.parent / "score.py"), "recaps", str(folder), str(scratch)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
