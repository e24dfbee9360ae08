"""Keeps passages and their vectors in SQL in step with profiles, and the index in step with SQL."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from copilot.errors import IndexUnusable
from copilot.matching import FOR, Passage, profile_passages
from copilot.workflow.parts import silent
from copilot.workflow.passage_rows import ASIDE, KIND

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from copilot.workflow.parts import Parts, Progress

BATCH = 256


def refresh_index(parts: Parts, progress: Progress = silent) -> dict[str, Any]:
    """Embed what is new, drop what is gone, and tell the index; counts by noun.

    A passage's id is made of its words, so a vector once stored is never embedded again.
    """
    with parts.store.read(parts.programme) as unit:
        wanted = {profile.person: profile_passages(profile) for profile in unit.profiles.all()}
        stored = {kind: set(unit.vectors.all(kind, parts.embedder.name)[0]) for kind in (KIND, ASIDE)}
        placed = _by_person(unit.passages.all())
    by_id = {passage.id: passage for passages in wanted.values() for passage in passages}
    homes = {id: kind for passages in wanted.values() for id, kind in _homes(passages).items()}
    gone = {kind: sorted(id for id in ids if homes.get(id) != kind) for kind, ids in stored.items()}
    fresh = sorted(id for id, kind in homes.items() if id not in stored[kind])
    embedded = _embed(parts, [by_id[id] for id in fresh], progress)
    changed = {p: rows for p, rows in _rows(wanted).items() if placed.get(p) != rows}
    with parts.store.write(parts.programme) as unit:
        for person, rows in changed.items():
            unit.passages.replace(person, rows)
        for person in set(placed) - set(wanted):
            unit.passages.replace(person, [])
        for kind, ids in gone.items():
            if ids:
                unit.vectors.delete(kind, ids)
            some = [row for row in embedded if homes[row[0]] == kind]
            unit.vectors.put_many(kind, parts.embedder.name, some)
    _tell(parts, gone[KIND], [row for row in embedded if homes[row[0]] == KIND])
    dropped = sum(len(ids) for ids in gone.values())
    return {"mentors": len(wanted), "passages": len(by_id), "embedded": len(embedded), "dropped": dropped}


def _homes(passages: Sequence[Passage]) -> dict[str, str]:
    """Passage id -> kind of vector. What many profiles say word for word (tags, industries) would
    crowd everything else out of a search, and a disclaimer must not lead to the mentor."""
    prose = {p.id for p in passages if p.polarity == FOR and p.field in ("headline", "bio")}
    led_by = prose or {p.id for p in passages if p.polarity == FOR}
    return {p.id: KIND if p.id in led_by else ASIDE for p in passages}


def rebuild_index(parts: Parts, progress: Progress = silent) -> dict[str, Any]:
    """`refresh_index`, then throw the index away and build it from SQL. Raises IndexUnusable."""
    report = refresh_index(parts, progress)
    parts.index.reindex()
    return report


Row = tuple[str, str, "NDArray[np.float32]"]


def _embed(parts: Parts, passages: list[Passage], progress: Progress) -> list[Row]:
    """(passage id, passage id, vector): the id is a hash of the content already."""
    out: list[Row] = []
    for start in range(0, len(passages), BATCH):
        progress("Embedding profiles", start, len(passages))
        some = passages[start : start + BATCH]
        vectors = parts.embedder.embed([passage.text for passage in some])
        out += [(passage.id, passage.id, row) for passage, row in zip(some, vectors, strict=True)]
    return out


def _tell(parts: Parts, gone: list[str], embedded: list[Row]) -> None:
    """SQL is written first: whatever fails here is healed now, or else by the next search."""
    import numpy as np

    if gone:
        parts.index.delete(gone)
    if embedded:
        vectors = np.stack([row[2] for row in embedded])
        parts.index.upsert([row[0] for row in embedded], vectors, [{"kind": KIND} for _ in embedded])
    if parts.index.take_notice() is not None:
        with suppress(IndexUnusable):
            parts.index.reindex()


def _rows(wanted: dict[str, tuple[Passage, ...]]) -> dict[str, list[tuple[str, str, str]]]:
    return {person: [(p.id, p.field, p.text) for p in passages] for person, passages in wanted.items()}


def _by_person(rows: list[tuple[str, str, str, str]]) -> dict[str, list[tuple[str, str, str]]]:
    out: dict[str, list[tuple[str, str, str]]] = {}
    for id, person, field, text in rows:
        out.setdefault(person, []).append((id, field, text))
    return out
