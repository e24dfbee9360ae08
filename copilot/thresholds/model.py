"""How a language model is asked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ModelEngine:
    """How a language model is asked, and how its words become probabilities.

    The scores are set by hand, not yet calibrated: the model picks words, never numbers, and code maps
    them. Each pair is asked in both orders and the two scores are averaged.
    """

    overlap_turns: int = 2
    """Turns shown before a window as context; what "that" in its first line refers to is mostly there."""
    pairs_per_call: int = 8
    """Pairs of advice in one judging call; more make long answers that get cut off."""
    summary_points: int = 8
    """At most so many points in a summary."""
    conflict_certain: float = 0.95
    """Probability of conflict when the model says "conflict" and "certain"; higher = more flags."""
    conflict_likely: float = 0.80
    conflict_unsure: float = 0.60
    compatible_certain: float = 0.03
    compatible_likely: float = 0.12
    compatible_unsure: float = 0.35
    unrelated_certain: float = 0.01
    unrelated_likely: float = 0.05
    unrelated_unsure: float = 0.15
    conflict_from: float = 0.50
    """Mean of both orders from which the label is "conflict"; one "likely" yes and no stay below."""
    wording_reach: int = 4
    """Turns beside a claim's own with which its wording must share a word; "yes, do that" refers back."""
    unclear_claim: float = 0.60
    """Confidence of a claim that the model marks "unclear"; "clear" is 1."""
    dropped_share: float = 0.34
    """Share of claims that merging windows may drop; when the model asks for more, it is not believed."""
    failures_before_pause: int = 3
    """Failures in a row after which the model is not asked for a while, so that people do not wait."""
    pause_seconds: float = 60.0
    """Length of that pause."""
