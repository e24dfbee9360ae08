"""Which advice is compared, and what becomes of a verdict."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ConflictRules:
    """Which pairs of advice are judged, and what becomes of a verdict."""

    per_mentee: int = 3
    """Flags a mentee; more are noise to a coordinator."""
    sure: float = 0.6
    """Probability of conflict from which on a flag says "conflict"; below: "worth comparing". Eight in ten
    flags above it are right on the 30 dev ledgers (`training/README.md`, "Conflicts")."""
    show: float = 0.05
    """Probability of conflict below which nothing is shown, local engine. On dev, with three flags a
    mentee, 46% of what is shown is a conflict and 70% of the conflicts are shown; at 0.1 it is 52% and
    63%."""
    show_model: float = 0.3
    """The same for a language model, whose "compatible, but unsure" is 0.35; by reasoning."""
    all_pairs_up_to: int = 100
    """Pieces of advice up to which the local judge reads every pair of a mentee (about 3,500)."""
    near_local: int = 6
    """Nearest pieces of other mentors that a new piece is judged against. In 114 training ledgers 98% of
    the conflicts are among the 5 nearest of one of their sides."""
    near_model: int = 5
    """The same for a language model, which is billed."""
    model_budget: int = 120
    """Pairs of one mentee that a language model is asked about in one scan; the nearest come first."""
    worded: int = 2
    """Further pieces that share the rarest words with a new piece but lie farther away."""


@dataclass(frozen=True, slots=True)
class JudgeRules:
    """From which probability on the local judge says "conflict", and which pairs it reads."""

    gate: float = 0.0025
    """Chance of conflict by cosine, shared words and opposites below which the network does not read a
    pair: 70% of all, with 3% (training), 5% (dev) and 6% (held-out ledgers) of the conflicts."""
    same_topic: float = 0.4
    """Cosine from which on a pair that was not read counts as compatible rather than unrelated."""
    conflict_within: float = 0.6
    """For a pair among a mentee's other advice, where conflicts are rare: as CONFLICTS.sure."""
    conflict_alone: float = 0.5
    """For a pair given alone, where four in ten are conflicts (advice_pairs)."""
