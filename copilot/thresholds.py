"""Product decisions: every number that changes what people see, with its unit and its reason.

A number here was chosen on development data (the run is named beside it), never on the sample
programme. Deployment numbers live in `settings.py`, accepted quality in `evals/gates.yaml`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from hashlib import sha256
from json import dumps


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused at the door."""

    transcript_bytes: int = 5_000_000
    transcript_words: int = 60_000
    goal_characters: int = 2_000
    session_minutes_min: int = 15
    session_minutes_max: int = 60


@dataclass(frozen=True, slots=True)
class Capacity:
    """How a capacity given in sessions becomes minutes."""

    minutes_per_session: int = 45
    """Minutes; middle of the 15 to 60 that a micro-session lasts, rounded up to a slot."""


@dataclass(frozen=True, slots=True)
class Embedding:
    """How texts become vectors; changes speed only, vectors agree to 1e-5."""

    numpy_texts: int = 1_000
    """New texts in one call up to which the numpy encoder is used; above, loading torch (5 s) pays off."""
    numpy_batch: int = 16
    """Texts packed into one numpy pass; fastest of 1, 2, 4, 8, 16, 32 within noise, on two cores."""
    batch: int = 32
    """Texts in one batch of sentence-transformers."""
    remembered: int = 4_096
    """Texts whose vectors stay in memory (1.5 kB each)."""


@dataclass(frozen=True, slots=True)
class Index:
    """The vector index as a cache: how it is searched, distrusted and healed."""

    ef_search: int = 200
    """HNSW candidates; higher = better recall, slower. Recall@10 on profile texts 1.0; default 0.99."""
    batch: int = 5_000
    """Rows in one write; Chroma refuses more than 5,461."""
    probes: int = 2
    """Known rows looked up at every search; each costs about a millisecond."""
    probe_depth: int = 8
    """Hits among which a known row must be."""
    oversample: int = 2
    """Candidates fetched for each one asked for, then scored again exactly."""
    heal_inline_rows: int = 5_000
    """Rows up to which a broken index is rebuilt before answering (3 s); above, in the background."""


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
class ConflictRules:
    """Which pairs of advice are judged, and what becomes of a verdict."""

    per_mentee: int = 3
    """Flags a mentee; more are noise to a coordinator."""
    sure: float = 0.6
    """Probability of conflict from which on a flag says "conflict"; below: "worth comparing". Eight in ten
    flags above it are right on the 30 dev ledgers (`training/README.md`, "Conflicts")."""
    show: float = 0.05
    """Probability of conflict below which nothing is shown, local engine. On dev, with three flags a
    mentee, half of what is shown is a conflict and two thirds of the conflicts are shown; at 0.1 it is
    54% and 65%."""
    show_model: float = 0.3
    """The same for a language model, whose "compatible, but unsure" is 0.35; by reasoning."""
    all_pairs_up_to: int = 100
    """Pieces of advice up to which the local judge reads every pair of a mentee (about 3,500)."""
    near_local: int = 8
    """Nearest pieces of other mentors that a new piece is judged against. In 114 training ledgers 98% of
    the conflicts are among the 5 nearest of one of their sides."""
    near_model: int = 5
    """The same for a language model, which is billed."""
    model_budget: int = 120
    """Pairs of one mentee that a language model is asked about in one scan; the nearest come first."""
    worded: int = 2
    """Further pieces that share the rarest words with a new piece but lie farther away."""


@dataclass(frozen=True, slots=True)
class CoachingRules:
    """How far an engine's rewording of a goal is trusted. Read on evals/datasets/coaching, dev."""

    suggestion_characters: int = 700
    """Characters of a suggestion beyond twice the goal's own length; above, the answer is refused."""
    question_characters: int = 300
    """Above this a question is dropped."""
    question_characters_least: int = 12
    """Below this a question is dropped: shorter ones name nothing."""
    lost_facts_most: int = 6
    """Facts that code puts back in the mentee's own words; more lost, and the answer is refused."""


@dataclass(frozen=True, slots=True)
class AgendaRules:
    """How an agenda fills its slot. Lengths keep it on one printed page."""

    items_least: int = 3
    items_most: int = 7
    minutes_per_item: int = 6
    """Minutes of the slot for each item allowed: 3 items up to 23 minutes, 5 in 30, 7 from 42 on."""
    item_minutes_least: int = 2
    """An item shorter than this cannot be held."""
    actions_in_items: int = 3
    """Open actions named inside the items; the rest stands in the list below the agenda."""
    disagreements_in_items: int = 2
    prompts_most: int = 5
    title_characters: int = 90
    line_characters: int = 300
    """For a purpose, prompt, question or prework; above, a prompt is dropped and a purpose is cut."""


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
    situation: int = 3
    """Sentences of the mentee about the situation that compete for a place."""
    early: float = 0.35
    """Share of the call in which the situation is mostly told."""
    label_below: int = 12
    """Words; shorter advice gets its topic in front, so that it can be read alone."""
    context_stems: int = 1
    """Content words that a neighbouring sentence needs to be taken along for context."""
    same: float = 0.8
    """Share of content words said elsewhere in the summary from which on a line is left out."""
    bond: float = 0.5
    """Weight of keeping related lines in one point against keeping one more line."""


@dataclass(frozen=True, slots=True)
class ProgrammeRules:
    """What a programme folder may hold; above, it is refused by name. Not measured: far above real use."""

    file_bytes: int = 50_000_000
    """Bytes of one of the JSON or CSV files."""
    rows: int = 200_000
    """Rows of one file."""
    transcripts_bytes: int = 1_000_000_000
    """Bytes of all transcripts of one folder together: they are held in memory until saved."""
    text_characters: int = 20_000
    """Characters of one field; a long CV has 10,000."""
    name_characters: int = 200
    list_items: int = 100
    years_most: int = 80
    """Years of experience."""
    capacity_minutes_most: int = 44_640
    """Minutes of a month of 31 days."""


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


@dataclass(frozen=True, slots=True)
class Matching:
    """Who fits a goal. Weights are log-odds, fitted by `python -m training.matching` on the dev queries."""

    intercept: float = -7.48
    passages: float = 7.95
    """Per unit of cosine between the query and the mean of the two best passages."""
    tags: float = 5.0
    """Per unit of cosine between the query and the best expertise tag."""
    words: float = 7.35
    """Per unit of the share of the query's (weighted) word parts that the profile has."""
    stage: float = 0.39
    """Added when the mentor serves the mentee's career stage, taken off when not; 0 where unknown."""
    refusal: float = 3.0
    """Taken off when a disclaimer is what fits the query best: enough to drop behind anybody who fits."""
    load: float = 0.5
    """Taken off a mentor whose month is fully promised, in proportion below; a fifth of a clear lead."""
    language: float = 2.0
    """Taken off a mentor who does not list the language that was asked for or written in."""
    fits: float = 0.05
    """Probability; below it the mentor is not said to fit. Higher = abstains more. On the dev queries 27
    of 28 that somebody can take are answered and 15 of 15 that nobody can are declined."""
    fits_cosine: float = 0.45
    """Cosine of the best single passage from which a mentor fits, whatever the rest of the profile says;
    the best found for a dev query that nobody can take is 0.41."""
    refusal_cosine: float = 0.35
    """Cosine; a disclaimer below it is about something else."""
    refusal_words: float = 0.2
    """Share of the query's word weight; a disclaimer with that much is about it whatever the cosine."""
    reason_cosine: float = 0.3
    """Cosine; a passage below it is not given as a reason unless it shares words."""
    reasons: int = 3
    wakes_at: int = 8
    """Local hour from which a session is reasonable."""
    sleeps_at: int = 21
    """Local hour until which a session is reasonable."""
    overlap_hours_min: float = 2.5
    """Hours a day; less shared waking time than this is no practical pairing."""
    overlap_hours_small: float = 5.0
    """Hours a day; below it a caution is shown."""
    nearly_full: float = 0.66
    """Share of the month's minutes promised from which a caution is shown."""
    passages_searched: int = 200
    """Passages taken from the index before mentors are ranked exactly."""
    mentors_ranked: int = 60
    """Mentors ranked exactly, at most, when they come from the index."""
    lexicon_profiles: int = 2_000
    """Profiles that word weights are counted on; more change the weights little and cost time."""


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
