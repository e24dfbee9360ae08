"""Product decisions: every number that changes what people see, with its unit and its reason.

A number here was chosen on development data (the run is named beside it), never on the sample
programme. Deployment numbers live in `settings.py`, accepted quality in `evals/gates.yaml`.
"""

from __future__ import annotations

from dataclasses import asdict
from hashlib import sha256
from json import dumps

from copilot.thresholds.advice import ConflictRules, JudgeRules
from copilot.thresholds.calls import (
    ClaimRules,
    Grounding,
    RecapRules,
    SpeakerRules,
    SummaryRules,
    TranscriptRules,
)
from copilot.thresholds.doors import Capacity, Limits, ProgrammeRules
from copilot.thresholds.model import ModelEngine
from copilot.thresholds.plans import AgendaRules, CoachingRules
from copilot.thresholds.search import Embedding, Index, Matching

__all__ = [
    "AGENDA",
    "CAPACITY",
    "CLAIMS",
    "COACHING",
    "CONFLICTS",
    "EMBEDDING",
    "GROUNDING",
    "INDEX",
    "JUDGE",
    "LIMITS",
    "MATCHING",
    "MODEL_ENGINE",
    "PROGRAMME",
    "RECAP",
    "SPEAKERS",
    "SUMMARY",
    "TRANSCRIPT",
    "AgendaRules",
    "Capacity",
    "ClaimRules",
    "CoachingRules",
    "ConflictRules",
    "Embedding",
    "Grounding",
    "Index",
    "JudgeRules",
    "Limits",
    "Matching",
    "ModelEngine",
    "ProgrammeRules",
    "RecapRules",
    "SpeakerRules",
    "SummaryRules",
    "TranscriptRules",
    "thresholds_hash",
]

LIMITS = Limits()
PROGRAMME = ProgrammeRules()
CAPACITY = Capacity()
CLAIMS = ClaimRules()
SUMMARY = SummaryRules()
EMBEDDING = Embedding()
INDEX = Index()
MATCHING = Matching()
MODEL_ENGINE = ModelEngine()
TRANSCRIPT = TranscriptRules()
SPEAKERS = SpeakerRules()
GROUNDING = Grounding()
RECAP = RecapRules()
COACHING = CoachingRules()
AGENDA = AgendaRules()
CONFLICTS = ConflictRules()
JUDGE = JudgeRules()

_SECTIONS = (
    COACHING,
    AGENDA,
    CONFLICTS,
    JUDGE,
    TRANSCRIPT,
    SPEAKERS,
    GROUNDING,
    RECAP,
    CLAIMS,
    SUMMARY,
    LIMITS,
    PROGRAMME,
    CAPACITY,
    EMBEDDING,
    INDEX,
    MATCHING,
    MODEL_ENGINE,
)


def thresholds_hash() -> str:
    """Short hash over all product decisions, for provenance."""
    text = dumps([[type(s).__name__, asdict(s)] for s in _SECTIONS], sort_keys=True)
    return sha256(text.encode()).hexdigest()[:12]
