"""The goal-coach step: ask an engine, check that it kept the mentee's facts and invented none."""

from __future__ import annotations

import re

from copilot.domain import Coaching, CoachRequest, Drafted, Provenance
from copilot.domain.facts import Fact, invented, lost
from copilot.domain.plain import for_people, plain
from copilot.errors import BadInput, EngineFailed, TooLarge
from copilot.ports import Engine
from copilot.text import content_hash, fold, is_text
from copilot.thresholds import COACHING, LIMITS, thresholds_hash

GAPS = ("outcome", "measure", "deadline", "context", "scope")


def coach_goal(request: CoachRequest, engine: Engine) -> tuple[Coaching, Provenance]:
    """Coaching that passed every check, and where it came from.

    Raises BadInput (TooLarge) for a goal or a length that cannot be used, and EngineFailed where the
    engine's answer is not usable, with a reason: "questions", "lost-facts", "empty-suggestion",
    "too-long" or "contacts".
    """
    _check_request(request)
    drafted = engine.coach(request)
    checked = check_coaching(request, drafted.value)
    return checked, _provenance(request, drafted)


def _check_request(request: CoachRequest) -> None:
    low, high = LIMITS.session_minutes_min, LIMITS.session_minutes_max
    if not any(c.isalnum() for c in request.text):
        raise BadInput(
            "The goal is empty.", "Write in a sentence what should be different after the session."
        )
    if not is_text(request.text + request.background):
        raise BadInput("The goal holds a NUL character or half of one.", "Remove it and try again.")
    if len(request.text) > LIMITS.goal_characters:
        raise TooLarge(
            f"The goal has {len(request.text)} characters; {LIMITS.goal_characters} are allowed.",
            "Shorten it to what one conversation is about.",
        )
    if not low <= request.minutes <= high:
        raise BadInput(
            f"A session lasts {low} to {high} minutes, not {request.minutes}.", "Choose a length within that."
        )


def check_coaching(request: CoachRequest, coaching: Coaching) -> Coaching:
    """The coaching repaired where code can do it; raises EngineFailed where it cannot."""
    suggestion = _check_suggestion(request, coaching.suggestion)
    return Coaching(
        specific=coaching.specific,
        missing=_check_missing(coaching),
        suggestion=suggestion,
        questions=_check_questions(request, coaching.questions),
        fits_minutes=max(
            LIMITS.session_minutes_min, min(LIMITS.session_minutes_max, 5 * round(coaching.fits_minutes / 5))
        ),
    )


def _check_missing(coaching: Coaching) -> tuple[str, ...]:
    """Known words once each, in their order; a specific goal lacks neither outcome nor measure."""
    said = {m.strip().lower() for m in coaching.missing}
    if coaching.specific:
        said -= {"outcome", "measure"}
    return tuple(g for g in GAPS if g in said)


def _check_suggestion(request: CoachRequest, raw: str) -> str:
    own = for_people(request.text)
    most = COACHING.suggestion_characters + 2 * len(request.text)
    text = plain(raw, len(raw) + 1)
    if not text:
        raise EngineFailed("The suggestion for the goal came back empty.", "empty-suggestion")
    if len(text) > most:
        raise EngineFailed("The suggestion for the goal is far too long.", "too-long")
    text = _bracket_inventions(text, request)
    gone = lost(own, text)
    if len(gone) > COACHING.lost_facts_most:
        raise EngineFailed("The suggestion lost facts that the mentee gave.", "lost-facts")
    return f"{text} Keep in view: {'; '.join(_around(own, gone))}." if gone else text


def _bracket_inventions(text: str, request: CoachRequest) -> str:
    """Numbers, dates and names that nobody said become something to fill in."""
    made_up = invented(text, request.text, request.background, str(request.minutes))
    if any(f.kind == "contact" for f in made_up):
        raise EngineFailed("The suggestion holds an address that the mentee did not give.", "contacts")
    end = len(text) + 1
    for fact in sorted(made_up, key=lambda f: f.start, reverse=True):
        if fact.end <= end:  # overlapping facts (a date and its number) become one gap
            text = f"{text[: fact.start]}[{fact.kind}]{text[fact.end :]}"
            end = fact.start
    return re.sub(r"\[(\w+)\](?:[ ,/.-]*\[(?:number|date)\])+", r"[\1]", text)


def _around(original: str, gone: tuple[Fact, ...]) -> list[str]:
    """The mentee's clauses that hold the lost facts, as typed."""
    clauses = [m.span() for m in re.finditer(r"(?:\([^()\n]*\)|[^,;.!?\n]|[.,](?=\w))+", original)]
    kept = [original[a:b].strip() for a, b in clauses if any(a <= f.start < b for f in gone)]
    return [f"“{c}”" for c in dict.fromkeys(kept)]


def _check_questions(request: CoachRequest, raw: tuple[str, ...]) -> tuple[str, ...]:
    """Exactly three distinct questions, whole and free of addresses and of facts from nowhere."""
    kept: dict[str, str] = {}
    for line in raw:
        q = plain(line, COACHING.question_characters)
        if len(q) < COACHING.question_characters_least or q.endswith("…"):
            continue
        q = q if q.endswith(("?", "？", "؟")) else q.rstrip(".!:; ") + "?"
        if any(f.kind in ("contact", "name") for f in invented(q, request.text, request.background)):
            continue
        kept.setdefault(fold(q).rstrip("?"), q)
    if len(kept) < 3:
        raise EngineFailed("Fewer than three usable questions came back for the goal.", "questions")
    return tuple(kept.values())[:3]


def _provenance(request: CoachRequest, drafted: Drafted[Coaching]) -> Provenance:
    return Provenance(
        engine=drafted.engine,
        model=drafted.model,
        prompt=drafted.prompt,
        input=content_hash("coach", request.text, str(request.minutes), request.background),
        thresholds=thresholds_hash(),
        notice=drafted.notice,
        usage=drafted.usage,
    )
