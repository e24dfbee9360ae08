"""How well one mentor's profile speaks to a goal: a probability, and the passages behind it."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING

from copilot.matching.candidates import Candidate
from copilot.matching.lexical import Asked, parts
from copilot.matching.passages import AGAINST, FOR, Passage
from copilot.thresholds import MATCHING

if TYPE_CHECKING:
    from copilot.ports import Vectors

_PROSE = ("headline", "bio")


@dataclass(frozen=True, slots=True)
class Features:
    """What the score is made of. Cosines -1 to 1, `words` 0 to 1, `stage` -1, 0 or 1."""

    passages: float
    tags: float
    words: float
    stage: float
    refusal: float
    """Cosine of the disclaimer that fits the query best, 0 without one."""


@dataclass(frozen=True, slots=True)
class Scored:
    candidate: Candidate
    features: Features
    chance: float
    """Probability that a coordinator would call this mentor suitable, before load and language."""
    evidence: tuple[tuple[Passage, float], ...]
    """Passages that speak for the mentor with what each adds, best first."""
    refused: Passage | None
    """A disclaimer about this very subject."""
    nearest: float
    """Cosine of the passage that is nearest to the query, 0 without one."""

    @property
    def fits(self) -> bool:
        """By the profile alone: being busy does not make a mentor less fitting."""
        near = self.nearest >= MATCHING.fits_cosine and self.refused is None
        return near or self.chance >= MATCHING.fits


def score(candidate: Candidate, asked: Asked, vector: Vectors, stage: str = "") -> Scored:
    """`vector` has shape (dimensions,); `stage` is the mentee's career stage, empty = unknown."""
    cosines = [float(c) for c in candidate.vectors @ vector]
    pairs = list(zip(candidate.passages, cosines, strict=True))
    against = [(p, c) for p, c in pairs if p.polarity == AGAINST]
    worst = max(against, key=lambda pair: (pair[1], pair[0].id), default=None)
    # What a mentor refuses must not count as words in common.
    spoken = frozenset[str]().union(*(parts(p.text) for p, _ in pairs if p.polarity == FOR))
    features = Features(
        passages=_top_two([c for p, c in pairs if p.polarity == FOR and p.field in _PROSE]),
        tags=max((c for p, c in pairs if p.field == "expertise"), default=0.0),
        words=asked.covered_by(spoken),
        stage=_stage(candidate, stage),
        refusal=worst[1] if worst else 0.0,
    )
    evidence = [(p, c + asked.covered_by(parts(p.text))) for p, c in pairs if p.polarity == FOR]
    refused = worst[0] if worst and _refuses(worst, evidence, asked) else None
    return Scored(
        candidate=candidate,
        features=features,
        chance=_sigmoid(log_odds(features) - (MATCHING.refusal if refused else 0.0)),
        evidence=tuple(sorted(evidence, key=lambda pair: (-pair[1], pair[0].id))),
        refused=refused,
        nearest=max((c for p, c in pairs if p.polarity == FOR and p.field != "industry"), default=0.0),
    )


def log_odds(features: Features) -> float:
    return (
        MATCHING.intercept
        + MATCHING.passages * features.passages
        + MATCHING.tags * features.tags
        + MATCHING.words * features.words
        + MATCHING.stage * features.stage
    )


def _refuses(
    worst: tuple[Passage, float],
    evidence: list[tuple[Passage, float]],
    asked: Asked,
) -> bool:
    """The disclaimer is about this subject, and fits it better than anything the mentor offers."""
    passage, cosine = worst
    shared = asked.covered_by(parts(passage.text))
    about = cosine >= MATCHING.refusal_cosine or shared >= MATCHING.refusal_words
    return about and cosine + shared >= max((value for _, value in evidence), default=0.0)


def _top_two(cosines: list[float]) -> float:
    best = sorted(cosines, reverse=True)[:2]
    return sum(best) / len(best) if best else 0.0


def _stage(candidate: Candidate, stage: str) -> float:
    served = {s.casefold() for s in candidate.profile.career_stage_served}
    if not stage or not served:
        return 0.0
    return 1.0 if stage.casefold() in served else -1.0


def _sigmoid(x: float) -> float:
    return 1 / (1 + exp(-x)) if x >= 0 else exp(x) / (1 + exp(x))
