"""From what the network and the rules saw of a pair to one calibrated probability of conflict."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from copilot.domain import AdvicePair, PairContext
from copilot.engines.local.judge_signs import SIGNS, signs
from copilot.errors import DamagedWeights

SEEN = ("ledger", "pair", "related", "contradiction", "entailment", "cosine", "cosine_ledger", "cosine_pair")
NEAR = ("near", "near_contradiction", "near_entailment", "near_pair", "near_ledger", "near_signs")
"""The same once more where both say nearly the same words: there a "not" or a number decides."""
STANDING = ("spread", "best_rank", "worst_rank", "lead", "shared", "overlap")
ALONE = (*SEEN, *NEAR, *SIGNS)
"""Names of the features of a pair that was given alone."""
WITHIN = (*ALONE, *STANDING)
"""Names of the features of a pair among the mentee's other advice."""
GATE = ("cosine", *SIGNS, *STANDING)
"""What is known of such a pair before the network reads it."""


@dataclass(frozen=True, slots=True)
class Readout:
    """A logistic regression: weights for raw features and a bias."""

    names: tuple[str, ...]
    weights: tuple[float, ...]
    bias: float

    @classmethod
    def of(cls, stored: Mapping[str, Any], names: Sequence[str]) -> Readout:
        """From the JSON in the weights file. Raises DamagedWeights where it was made for other features."""
        if tuple(stored["names"]) != tuple(names):
            raise DamagedWeights("The judge's read-out was made for other features.", "Install again.")
        return cls(tuple(names), tuple(map(float, stored["weights"])), float(stored["bias"]))

    def probability(self, features: Sequence[float]) -> float:
        z = self.bias + sum(w * x for w, x in zip(self.weights, features, strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))


def features(pair: AdvicePair, heads: Mapping[str, Sequence[float]]) -> list[float]:
    """ALONE, or WITHIN where the pair has a context. `heads` are the mean logits of both orders."""
    ledger = max(-12.0, min(12.0, heads["ledger"][0]))
    conflict, compatible, unrelated = heads["pair"]
    contradiction, neutral, entailment = heads["nli"]
    odds = conflict - _joint(compatible, unrelated)
    cosine = pair.similarity
    seen = [
        ledger,
        odds,
        _joint(conflict, compatible) - unrelated,
        contradiction - _joint(neutral, entailment),
        entailment - _joint(neutral, contradiction),
        cosine,
        cosine * ledger,
        cosine * odds,
    ]
    found = signs(pair)
    near = 1 / (1 + math.exp(-12 * (cosine - 0.7)))
    opposed = min(2.0, found[0] + found[2] + found[3])
    close = [near, near * seen[3], near * seen[4], near * odds, near * ledger, near * opposed]
    return [*seen, *close, *found, *(_standing(pair.context) if pair.context else ())]


def gate_features(pair: AdvicePair, context: PairContext) -> list[float]:
    """GATE: cheap enough to work out for every pair of a ledger."""
    return [pair.similarity, *signs(pair), *_standing(context)]


def _standing(c: PairContext) -> list[float]:
    return [
        c.spread,
        math.log(min(c.rank_a, c.rank_b)),
        math.log(max(c.rank_a, c.rank_b)),
        c.lead,
        math.log1p(c.shared),
        c.overlap,
    ]


def _joint(x: float, y: float) -> float:
    """log(e^x + e^y)."""
    top = max(x, y)
    return top + math.log(math.exp(x - top) + math.exp(y - top))
