"""How mentors are searched and ranked."""

from __future__ import annotations

from dataclasses import dataclass


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
