"""Whole minutes that add up: largest remainder over the weights that an engine proposed."""

from __future__ import annotations

from collections.abc import Sequence


def share_minutes(weights: Sequence[int], total: int, least: int) -> tuple[int, ...]:
    """One share for each weight, in order, each at least `least`; they add up to `total`.

    Weights below 1 count as 1. Raises ValueError where `total` cannot hold them.
    """
    if not weights or total < least * len(weights):
        raise ValueError(f"{total} minutes cannot hold {len(weights)} items of {least} minutes or more")
    sizes = [max(1, w) for w in weights]
    spare = total - least * len(sizes)
    # Each item has its least already; what its weight asks for above that shares the rest.
    wanted = [max(0.0, size * total / sum(sizes) - least) for size in sizes]
    if not sum(wanted):
        wanted = [1.0] * len(sizes)
    exact = [spare * want / sum(wanted) for want in wanted]
    shares = [int(e) for e in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (shares[i] - exact[i], i))
    for i in by_remainder[: spare - sum(shares)]:
        shares[i] += 1
    return tuple(least + share for share in shares)
