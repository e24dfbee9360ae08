"""The ranking: filters, scores, reasons, cautions, a second opinion, or an honest "nobody"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import exp, log
from typing import TYPE_CHECKING

from copilot.domain import Match, MatchQuery, MatchResult, Person, Reason
from copilot.errors import BadInput
from copilot.matching.candidates import Candidate
from copilot.matching.filters import obstacle, overlap_hours
from copilot.matching.languages import Wanted, name_of, wanted_languages
from copilot.matching.lexical import Asked, Lexicon
from copilot.matching.scoring import Scored, score
from copilot.thresholds import LIMITS, MATCHING

if TYPE_CHECKING:
    from copilot.ports import Vectors


@dataclass(frozen=True, slots=True)
class _Ranked:
    scored: Scored
    value: float
    """The chance after load and language, 0 to 1: what is sorted by."""
    obstacle: str | None


def check_query(query: MatchQuery) -> None:
    """Raises BadInput for a query that cannot be answered."""
    if not query.text.strip():
        raise BadInput("The goal is empty.", 'Say what it is about, for example "prepare my first pay talk".')
    if len(query.text) > LIMITS.goal_characters:
        raise BadInput(
            f"The goal has {len(query.text)} characters, at most {LIMITS.goal_characters} are read.",
            "Shorten it to what matters for choosing a mentor.",
        )
    if query.limit < 1:
        raise BadInput(f"The limit is {query.limit}.", "Ask for at least one mentor.")
    if query.minutes < 1:
        raise BadInput(f"The session length is {query.minutes} minutes.", "Ask for at least one minute.")


def match(
    query: MatchQuery,
    candidates: Sequence[Candidate],
    vector: Vectors,
    *,
    lexicon: Lexicon,
    now: datetime,
    mentee: Person | None = None,
) -> MatchResult:
    """Rank mentors for a goal; abstains when nobody who fits can take it.

    `vector` is the embedding of query.text, shape (dimensions,). The order of `candidates` is of no
    matter. The person who asks is never offered. Raises BadInput, see check_query.
    """
    check_query(query)
    wanted = wanted_languages(query.text, mentee)
    asked = lexicon.asked(query.text)
    ranked = sorted(
        (
            _ranked(candidate, query, vector, asked, mentee, wanted, now)
            for candidate in candidates
            if candidate.person.id not in (query.mentee, mentee.id if mentee else None)
        ),
        key=lambda r: (-r.value, r.scored.candidate.person.id),
    )
    able = [r for r in ranked if r.obstacle is None]
    if not any(r.scored.fits for r in able):
        return _nobody(query, ranked, mentee, wanted, now)
    matches = [_as_match(r, mentee, wanted, now) for r in able[: query.limit]]
    matches = _with_second(matches, able, query, mentee, wanted, now)
    return MatchResult(query=query.text, matches=tuple(matches), note=_missed(ranked[0]))


def _missed(best: _Ranked) -> str | None:
    """Said when the mentor who fits best of all cannot take it."""
    if best.obstacle is None:
        return None
    return f"{best.scored.candidate.person.name} fits best, but {best.obstacle}."


def _ranked(
    candidate: Candidate,
    query: MatchQuery,
    vector: Vectors,
    asked: Asked,
    mentee: Person | None,
    wanted: Wanted,
    now: datetime,
) -> _Ranked:
    scored = score(candidate, asked, vector, mentee.career_stage if mentee else "")
    odds = log(scored.chance / (1 - scored.chance)) - MATCHING.load * _load(candidate)
    if _lacks_language(candidate, wanted):
        odds -= MATCHING.language
    value = 1 / (1 + exp(-odds))
    return _Ranked(scored, value, obstacle(candidate, query, mentee, wanted, now))


def _load(candidate: Candidate) -> float:
    """Share of this month that is promised, 0 to 1."""
    capacity = candidate.profile.capacity_minutes
    promised = max(0, candidate.promised_minutes)
    if capacity is None:
        # Nothing said: an hour promised weighs like a quarter of a month, and it never gets full.
        return promised / (promised + 180)
    return min(1.0, promised / capacity) if capacity > 0 else 1.0


def _lacks_language(candidate: Candidate, wanted: Wanted) -> bool:
    spoken = candidate.person.languages
    return bool(wanted.preferred and spoken and not set(spoken) & set(wanted.preferred))


def _with_second(
    matches: list[Match],
    able: Sequence[_Ranked],
    query: MatchQuery,
    mentee: Person | None,
    wanted: Wanted,
    now: datetime,
) -> list[Match]:
    """The last place goes to the best fitting mentor of another industry than the first one's."""
    if query.limit < 2 or len(matches) < 2:
        return matches
    home = _industry(able[0])
    kept = matches[: query.limit - 1] if len(matches) == query.limit else matches[:-1]
    for other in able[len(kept) :]:
        if other.scored.fits and _industry(other) and home and _industry(other) != home:
            second = replace(_as_match(other, mentee, wanted, now), second_opinion=True)
            return [*kept, second]
    return matches


def _industry(ranked: _Ranked) -> str:
    return ranked.scored.candidate.profile.industry.strip().casefold()


def _as_match(ranked: _Ranked, mentee: Person | None, wanted: Wanted, now: datetime) -> Match:
    candidate = ranked.scored.candidate
    person = candidate.person
    hours = overlap_hours(person.timezone, mentee.timezone, now) if mentee else None
    return Match(
        mentor=person.id,
        name=person.name,
        score=round(ranked.value, 4),
        reasons=reasons(ranked.scored),
        cautions=tuple(_cautions(ranked, wanted, hours)),
        languages=person.languages,
        overlap_hours=hours,
        free_minutes=candidate.free_minutes,
    )


def reasons(scored: Scored) -> tuple[Reason, ...]:
    """The words of the profile that carried the score, best first, at most MATCHING.reasons."""
    good = [(p, value) for p, value in scored.evidence if value >= MATCHING.reason_cosine]
    chosen = good[: MATCHING.reasons] or list(scored.evidence[:1])
    return tuple(Reason(quote=p.quote, field=p.field) for p, _ in chosen)


def _cautions(ranked: _Ranked, wanted: Wanted, hours: float | None) -> list[str]:
    candidate = ranked.scored.candidate
    out = []
    if ranked.scored.refused is not None:
        out.append(f"says in the profile: {ranked.scored.refused.quote}")
    if not ranked.scored.fits:
        out.append("a loose fit: little in the profile speaks to this goal")
    if _lacks_language(candidate, wanted):
        out.append(f"does not list {' or '.join(name_of(code) for code in wanted.preferred)}")
    capacity = candidate.profile.capacity_minutes
    if capacity and candidate.promised_minutes >= MATCHING.nearly_full * capacity:
        out.append(f"nearly full this month: {candidate.free_minutes} of {capacity} minutes left")
    if hours is not None and hours < MATCHING.overlap_hours_small:
        out.append(f"only {hours:g} waking hours a day in common")
    if candidate.past_sessions:
        times = "once" if candidate.past_sessions == 1 else f"{candidate.past_sessions} times"
        out.append(f"you have already met {times}")
    return out


def _nobody(
    query: MatchQuery, ranked: Sequence[_Ranked], mentee: Person | None, wanted: Wanted, now: datetime
) -> MatchResult:
    """Abstain, and say who is nearest and what is missing."""
    if not ranked:
        return MatchResult(
            query=query.text, matches=(), abstained=True, note="There is no mentor to choose from yet."
        )
    nearest = ranked[0]
    name = nearest.scored.candidate.person.name
    if nearest.scored.fits and nearest.obstacle:
        note = f"Nobody who fits can take this now. {name} fits, but {nearest.obstacle}."
    else:
        note = f"Nobody here fits this goal. Nearest is {name}, but the profile says too little about it."
        if nearest.scored.refused is not None:
            note = f"Nobody here fits this goal. Nearest is {name}, who says: {nearest.scored.refused.quote}"
    found = _as_match(nearest, mentee, wanted, now)
    if nearest.obstacle:
        found = replace(found, cautions=(nearest.obstacle, *found.cautions))
    return MatchResult(query=query.text, matches=(), abstained=True, note=note, nearest=found)
