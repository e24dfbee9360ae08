"""Labelled fragments of calls as turns, pieces and one class a piece; split by fragment id."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from copilot.domain import Speaker, Turn
from copilot.engines.local.claims.net import CLASSES
from copilot.engines.local.claims.pieces import Piece, cut

FOLDER = Path(__file__).parents[1] / "data" / "session_fragments"
OWN = "c"
"""Fragments whose id starts so were written later, to teach precision; they are all for training."""


@dataclass(frozen=True, slots=True)
class Span:
    """A labelled stretch: `turns[position].text[start:end]`."""

    position: int
    start: int
    end: int
    label: str
    owner: str | None
    due: str | None
    norm: str
    quote: str


@dataclass(frozen=True, slots=True)
class Fragment:
    id: str
    turns: tuple[Turn, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A fragment cut into pieces; `classes[i]` indexes CLASSES."""

    fragment: Fragment
    pieces: list[Piece]
    classes: list[int]


def load(folder: Path = FOLDER) -> list[Fragment]:
    """All fragments of all files in the folder, in order."""
    lines = (line for path in sorted(folder.glob("*.jsonl")) for line in path.open(encoding="utf-8"))
    return [_fragment(json.loads(line)) for line in lines if line.strip()]


def _fragment(row: dict[str, Any]) -> Fragment:
    turns = tuple(
        Turn(index=i, speaker=Speaker(t["speaker"]), label=t["speaker"], text=t["text"])
        for i, t in enumerate(row["turns"])
    )
    return Fragment(row["id"], turns, tuple(_spans(row["turns"])))


def _spans(turns: Iterable[dict[str, Any]]) -> Iterator[Span]:
    for i, turn in enumerate(turns):
        for s in turn.get("spans", ()):
            start = turn["text"].index(s["quote"])
            yield Span(
                i, start, start + len(s["quote"]), s["label"], s.get("owner"), s.get("due"),
                s.get("norm") or "", s["quote"],
            )  # fmt: skip


def part(fragment_id: str) -> str:
    """ "test" (a fifth), "dev" (a sixth) or "train", by the hash of the id alone."""
    if fragment_id.startswith(OWN):
        return "train"
    share = int.from_bytes(sha256(fragment_id.encode()).digest()[:4]) / 2**32
    return "test" if share < 0.20 else "dev" if share < 0.36 else "train"


def label(fragment: Fragment) -> Labelled:
    """A piece belongs to a span that covers half of it, or that has half of its words in it."""
    pieces = cut(fragment.turns)
    owner: list[Span | None] = [None] * len(pieces)
    for i, piece in enumerate(pieces):
        best = 0.0
        for span in fragment.spans:
            if span.position != piece.position:
                continue
            shared = min(piece.end, span.end) - max(piece.start, span.start)
            share = max(shared / (piece.end - piece.start), shared / (span.end - span.start))
            if share >= 0.5 and share > best:
                owner[i], best = span, share
    classes = [CLASSES.index(o.label) if o else 0 for o in owner]
    return Labelled(fragment, pieces, classes)
