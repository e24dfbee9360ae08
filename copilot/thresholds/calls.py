"""How calls are read, checked and summed up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TranscriptRules:
    """When a line's start counts as a speaker, and how far a Word file may unpack."""

    consistent_share: float = 0.98
    """Share of lines (or cues) with a label from which on a label seen once is believed; higher = stricter.
    Chosen by reasoning: one unlabelled line in a file of fifty breaks the pattern."""
    dominant_share: float = 0.08
    """Share of lines from which on a label of any shape is a speaker; a remark like "so:" stays below."""
    short_lines: int = 20
    """Lines (or cues) up to which two names seen once each are believed; longer calls repeat names."""
    stamped_share: float = 0.25
    """Share of lines that start with a time without brackets from which on it is the time of the speech;
    one line in four leaves room for a name, a time and two lines of speech."""
    long_line_words: int = 120
    """Words of one line from which on it may be a whole talk pasted without line ends; a spoken turn of
    that length repeats no two names with colons, so a lower number costs time only."""
    control_share: float = 0.01
    """Share of control characters above which a file is binary; below they are left out."""
    docx_unpacked_bytes: int = 50_000_000
    """Bytes; ten times the largest file let in, pictures included."""
    docx_parts: int = 2_000


@dataclass(frozen=True, slots=True)
class SpeakerRules:
    """How mentor and mentee are told apart when nobody says who is who.

    Weights: log-odds for one more use in a hundred words than the other speaker. Logistic
    regression without intercept (C = 1) on the two speakers of 180 labelled session fragments;
    96% right in nine-fold cross-validation.
    """

    says_you: float = 0.85
    says_i: float = -0.47
    asks_for_advice: float = -1.74
    recommends: float = 0.20
    own_work: float = -0.86
    address: float = 0.7
    """Log-odds for one use of the other's first name, by reasoning: people name whom they talk to."""
    address_cap: float = 2.8
    sure: float = 0.85
    """Probability from which on the result is told without doubt."""

    def weights(self) -> dict[str, float]:
        own = ("says_you", "says_i", "asks_for_advice", "recommends", "own_work")
        return {name: getattr(self, name) for name in own}


@dataclass(frozen=True, slots=True)
class Grounding:
    """When a claim whose words stand elsewhere than it says is believed."""

    rehome_words: int = 5
    """Words that a quote needs to be looked for in other turns; fewer words recur by chance."""


@dataclass(frozen=True, slots=True)
class RecapRules:
    """How much of an engine's own wording reaches people."""

    text_characters: int = 400
    """Above this an engine's wording is replaced by the quote (a summary point is dropped)."""
    thanks_characters: int = 1_500
    """Above this a thank-you note is left out."""
    due_neighbours: int = 1
    """Turns before and after an action in which its due date may have been said ("By Friday?" "Yes.")."""


@dataclass(frozen=True, slots=True)
class ClaimRules:
    """When a piece of speech counts as a claim of the local engine.

    The first five: least probability of that kind; higher = fewer, surer claims. Chosen on the dev
    fragments by `python -m training.claims.evaluate --part dev --choose`: actions for F1, the others
    for F0.5, because a mentor who must delete loses trust; near ties (0.01) go to the higher floor.
    Decisions and questions stay at 0.5: dev has 8 and 11 of them, too few to choose on.
    """

    advice: float = 0.65
    action: float = 0.3
    decision: float = 0.5
    question: float = 0.5
    opportunity: float = 0.2
    afterthought: int = 8
    """Words of a next sentence that is taken into an action because it holds its date."""


@dataclass(frozen=True, slots=True)
class SummaryRules:
    """How the local engine's summary is laid out: a page that is read in a minute."""

    points: int = 10
    """Points at most; what is worth least is left out."""
    words: int = 40
    """Words of one point at most; the mean is about 30. 35, 38 and 40 were compared by the share of the
    labelled sentences of dev fragments that one point covers: .385, .39 and .41."""
    situation: int = 6
    """Sentences of the mentee about the situation that compete for a place."""
    early: float = 0.35
    """Share of the call in which the situation is mostly told."""
    context_stems: int = 1
    """Content words that a neighbouring sentence needs to be taken along for context."""
    same: float = 0.8
    """Share of content words said elsewhere in the summary from which on a line is left out."""
    bond: float = 0.5
    """Weight of keeping related lines in one point against keeping one more line."""
