"""From an edit to a case: what a mentor changed in a draft, or a coordinator in a flag, becomes a proposal.

A proposal lands in datasets/proposed/ and counts for nothing until a person has read it, finished the
labels and moved it into a split (see evals/README.md). Names, contacts and numbers to call are replaced.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copilot.domain import Conflict, Recap, Session, Transcript, Triage
from copilot.errors import BadInput
from evals.datasets import ROOT
from evals.masking import Mask

if TYPE_CHECKING:
    from copilot.store import Unit
    from copilot.workflow.parts import Parts

FOLDER = ROOT / "proposed"
_LABEL = {Triage.CONFIRMED: "conflict", Triage.BOTH_HOLD: "compatible", Triage.DISMISSED: "compatible"}


@dataclass(frozen=True, slots=True)
class Proposal:
    file: Path
    suite: str
    replaced: int
    """How many different names and contacts were replaced."""
    review: tuple[str, ...]
    """What a reviewer has to settle, one line each."""


def propose(parts: Parts, kind: str, id: str, *, consent: bool, folder: Path = FOLDER) -> Proposal:
    """Write a proposed case. Raises BadInput without consent, or where no person changed anything."""
    if kind not in {"recap", "conflict"}:
        raise BadInput(f"Cases come from a recap or a conflict, not from {kind!r}.")
    if not consent:
        raise BadInput(
            "A case keeps what two people said.", "Ask both, then run the same command with --consent."
        )
    with parts.store.read(parts.programme) as unit:
        mask = Mask(person.name for person in unit.people.all())
        if kind == "recap":
            return _write(folder, "recaps", id, _recap(unit, id), mask, _RECAP_REVIEW)
        return _write(folder, "conflict_pairs", id, _conflict(unit, id), mask, _PAIR_REVIEW)


_RECAP_REVIEW = (
    "Read the transcript: is anybody still to be recognised (places, employers, events)?",
    "Was every edit a correction, or only a matter of taste? Labels follow the person's last version.",
    "Add key points and traps, give the case an id, and move it into dev or test.",
)
_PAIR_REVIEW = (
    "Would every reader agree with the label, from these two texts alone?",
    "Is anybody still to be recognised?",
    "Give the case an id, a field and a form, and move it into dev or test.",
)


def _recap(unit: Unit, id: str) -> dict[str, Any]:
    session, transcript = unit.sessions.get(id), unit.transcripts.latest(id)
    latest = unit.recaps.latest(id)
    if transcript is None or latest is None:
        raise BadInput(f"Session {id} has no recap.", "Draft one: mentor-copilot recap --session " + id)
    if latest.version == 1:
        raise BadInput(f"Nobody has edited the recap of session {id}.", "Only an edit teaches something.")
    first = unit.recaps.version(id, 1)
    return {
        "session": _session(session, transcript),
        "drafted": _lines(first),
        "edited": _lines(latest),
        "removed": _missing(first, latest),
        "added": _missing(latest, first),
        "made_by": {"engine": first.provenance.engine, "model": first.provenance.model},
    }


def _session(session: Session, transcript: Transcript) -> dict[str, Any]:
    return {
        "started_at": session.started_at.isoformat() if session.started_at else None,
        "planned_minutes": session.planned_minutes,
        "turns": [{"speaker": t.speaker.value, "text": t.text} for t in transcript.turns],
    }


def _lines(recap: Recap) -> dict[str, Any]:
    """The labels of a recap in the dataset's own form."""
    return {
        "advice": [{"quote": a.quote, "normalized": a.text, "condition": a.condition} for a in recap.advice],
        "actions": [
            {
                "quote": a.quote,
                "owner": a.owner.value if a.owner else None,
                "task": a.task,
                "due": a.due.isoformat() if a.due else None,
            }
            for a in recap.actions
        ],
        "decisions": [{"quote": n.quote, "text": n.text} for n in recap.decisions],
        "open_questions": [{"quote": n.quote, "text": n.text} for n in recap.questions],
    }


def _missing(one: Recap, other: Recap) -> dict[str, list[Any]]:
    """Lines of `one` that `other` does not have."""
    theirs = _lines(other)
    return {kind: [row for row in rows if row not in theirs[kind]] for kind, rows in _lines(one).items()}


def _conflict(unit: Unit, id: str) -> dict[str, Any]:
    conflict: Conflict = unit.conflicts.get(id)
    label = _LABEL.get(conflict.status)
    if label is None:
        raise BadInput(f"Nobody has decided about conflict {id} yet.", "Triage it first.")
    return {
        "a": conflict.a.text,
        "b": conflict.b.text,
        "label": label,
        "kind": conflict.kind.value if label == "conflict" else None,
        "said": {"verdict": conflict.verdict, "confidence": conflict.confidence},
        "reason": conflict.reason,
    }


def _write(
    folder: Path, suite: str, id: str, case: Mapping[str, Any], mask: Mask, review: tuple[str, ...]
) -> Proposal:
    masked = mask.value({"suite": suite, "reviewed_by": None, **case})
    file = folder / f"{suite}-{_safe(id)}.json"
    if file.exists():
        raise BadInput(f"{file.name} was proposed before.", "Review it, or remove it and run this again.")
    folder.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(masked, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return Proposal(file, suite, mask.count, review)


def _safe(id: str) -> str:
    return "".join(c if c.isalnum() or c in "-_" else "-" for c in id)[:60]
