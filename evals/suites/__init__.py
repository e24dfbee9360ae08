"""Every suite, by name: one file each."""

from __future__ import annotations

from functools import cache

from evals.values import Suite


@cache
def suites() -> dict[str, Suite]:
    """In the order in which a run measures them: recaps before the conflicts that build on them."""
    from evals.suites import (
        agenda,
        claims,
        coaching,
        conflicts,
        grounding,
        hostile,
        languages,
        matching,
        pairs,
        recaps,
        silent,
    )

    modules = (
        grounding,
        claims,
        recaps,
        silent,
        languages,
        hostile,
        pairs,
        conflicts,
        matching,
        coaching,
        agenda,
    )
    return {module.SUITE.name: module.SUITE for module in modules}
