"""Vectors of approved advice: embedded once, kept in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from copilot.text import content_hash

if TYPE_CHECKING:
    from copilot.domain import AdviceSide
    from copilot.ports import Vectors
    from copilot.workflow.parts import Parts

KIND = "advice"


def advice_vectors(parts: Parts, advice: Sequence[AdviceSide]) -> Vectors:
    """Shape (len(advice), dimensions), in the order of `advice`; what is missing is embedded and kept."""
    import numpy as np

    name = parts.embedder.name
    hashes = {side.advice: content_hash(side.quote) for side in advice}
    with parts.store.read(parts.programme) as unit:
        stored = unit.vectors.get_many(KIND, name, list(hashes))
    known = {owner: vector for owner, (content, vector) in stored.items() if content == hashes[owner]}
    missing = [side for side in advice if side.advice not in known]
    if missing:
        fresh = parts.embedder.embed([side.quote for side in missing])
        rows = [(side.advice, hashes[side.advice], row) for side, row in zip(missing, fresh, strict=True)]
        with parts.store.write(parts.programme) as unit:
            unit.vectors.put_many(KIND, name, rows)
        known.update({owner: row for owner, _, row in rows})
    if not advice:
        return np.zeros((0, parts.embedder.dimensions), dtype=np.float32)
    return np.stack([known[side.advice] for side in advice])
