"""A recap from a transcript: windows in parallel, then one summary over what they found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from copilot.domain import Claim, ClaimKind, RecapClaims, RecapRequest, Speaker, SummaryPoint
from copilot.engines.llm.answers import ClaimAnswer, PointAnswer, SummaryAnswer, WindowAnswer
from copilot.engines.llm.asking import Draft, Unusable
from copilot.engines.llm.language import language_of
from copilot.engines.llm.pool import together
from copilot.engines.llm.support import shares_words
from copilot.engines.llm.windows import Window, split_windows
from copilot.text import fold, words
from copilot.thresholds import MODEL_ENGINE

WINDOW, SUMMARY = "recap", "recap_summary"
_NOTHING = "(nothing)"


@dataclass(frozen=True, slots=True)
class _Found:
    """What one window holds, in the order of its turns."""

    points: tuple[SummaryPoint, ...]
    claims: tuple[Claim, ...]
    withdrawn: tuple[str, ...]


def recap(draft: Draft, request: RecapRequest, *, window_words: int, parallel: int) -> RecapClaims:
    """All turns are read, or EngineFailed is raised: a recap of half a session is not offered."""
    turns = [turn for turn in request.turns if turn.text.strip()]
    windows = split_windows(turns, window_words, MODEL_ENGINE.overlap_turns)
    language = language_of(" ".join(turn.text for turn in turns))
    jobs = [_window_job(draft, request, windows, n, language) for n in range(len(windows))]
    found = together(jobs, parallel, draft.deadline)
    claims = tuple(claim for part in found for claim in part.claims)
    points = tuple(point for part in found for point in part.points)
    covered = tuple(turn.index for turn in request.turns)
    if not claims and not points:  # nothing but small talk
        return RecapClaims(summary=(), claims=(), thanks="", covered=covered)
    withdrawn = [line for part in found for line in part.withdrawn]
    said = _quoted(claims, windows)
    answer = _summarise(draft, request, points, said, withdrawn, language)
    notes = _notes_by_turn(points, said)
    return RecapClaims(
        summary=_points(answer.summary, notes)[: MODEL_ENGINE.summary_points],
        claims=_kept(claims, said, answer.drop) if len(windows) > 1 else claims,
        thanks=answer.thanks if shares_words(answer.thanks, " ".join(notes.values())) else "",
        covered=covered,
    )


def _window_job(
    draft: Draft, request: RecapRequest, windows: Sequence[Window], n: int, language: str | None
) -> Callable[[], _Found]:
    window = windows[n]

    def check(answer: WindowAnswer) -> None:
        cited = [bool(window.turns.intersection(claim.turns)) for claim in answer.claims]
        if cited.count(False) > cited.count(True):
            raise Unusable(
                "Most claims cite turns that are not in the part. Cite the numbers in [ ].", "invalid"
            )
        _check_language([p.text for p in answer.points] + [c.text for c in answer.claims], language)

    def run() -> _Found:
        values: dict[str, str | int] = {
            "goal": request.goal or _NOTHING,
            "started": f"{request.started_at:%A, %d %B %Y, %H:%M}" if request.started_at else "not known",
            "part": n + 1,
            "parts": len(windows),
            "first": window.own[0].turn,
            "last": window.own[-1].turn,
            "before": "\n".join(piece.line for piece in window.before) or _NOTHING,
            "turns": "\n".join(piece.line for piece in window.own),
        }
        answer = draft.ask(WINDOW, values, WindowAnswer, check)
        claims = sorted((_claim(c, window) for c in answer.claims), key=lambda c: c.turns[:1])
        return _Found(
            _points(answer.points, {turn: window.around([turn], 0) for turn in window.turns}),
            tuple(claims),
            tuple(point.text for point in answer.withdrawn),
        )

    return run


def _claim(answer: ClaimAnswer, window: Window) -> Claim:
    """Turns outside the window are taken off; a claim left without any is for grounding to count.

    Wording that is about something else is left out, so that the quote speaks for itself.
    """
    action = answer.kind == "action"
    turns = tuple(sorted(window.turns.intersection(answer.turns)))
    near = window.around(turns, MODEL_ENGINE.wording_reach)
    return Claim(
        kind=ClaimKind(answer.kind),
        turns=turns,
        quote=answer.quote,
        text=answer.text if shares_words(answer.text, near) else "",
        topic=answer.topic,
        condition=answer.condition or None,
        owner=Speaker(answer.owner) if action and answer.owner else None,
        due=(answer.due or None) if action else None,
        confidence=1.0 if answer.certainty == "clear" else MODEL_ENGINE.unclear_claim,
    )


def _points(answers: Sequence[PointAnswer], said: Mapping[int, str]) -> tuple[SummaryPoint, ...]:
    """Points that rest on what stands at their turns; the others rest on nothing and are left out."""
    points = []
    for answer in answers:
        turns = tuple(sorted(said.keys() & set(answer.turns)))
        if turns and shares_words(answer.text, " ".join(said[turn] for turn in turns)):
            points.append(SummaryPoint(text=answer.text, turns=turns))
    return tuple(points)


def _notes_by_turn(points: Sequence[SummaryPoint], claims: Sequence[Claim]) -> dict[int, str]:
    """What was noted at each turn: all that a summary may speak of."""
    notes: dict[int, str] = {}
    for point in points:
        notes.update({turn: f"{notes.get(turn, '')} {point.text}" for turn in point.turns})
    for claim in claims:
        notes.update({turn: f"{notes.get(turn, '')} {claim.text} {claim.quote}" for turn in claim.turns})
    return notes


def _summarise(
    draft: Draft,
    request: RecapRequest,
    points: Sequence[SummaryPoint],
    claims: Sequence[Claim],
    withdrawn: Sequence[str],
    language: str | None,
) -> SummaryAnswer:
    notes = _notes_by_turn(points, claims)

    def check(answer: SummaryAnswer) -> None:
        if answer.summary and not _points(answer.summary, notes):
            raise Unusable("No point of the summary rests on the notes at the turns it cites.", "invalid")
        _check_language([point.text for point in answer.summary], language)

    values: dict[str, str | int] = {
        "goal": request.goal or _NOTHING,
        "mentor": request.mentor_name or _NOTHING,
        "mentee": request.mentee_name or _NOTHING,
        "points": _numbered_lines([(f"turns {_list(p.turns)}", p.text) for p in points]),
        "claims": _numbered_lines([(f"{c.kind.value}, turns {_list(c.turns)}", _full(c)) for c in claims]),
        "withdrawn": _numbered_lines([("taken back", line) for line in withdrawn]),
        "most": MODEL_ENGINE.summary_points,
    }
    return draft.ask(SUMMARY, values, SummaryAnswer, check)


def _full(claim: Claim) -> str:
    owner = f" ({claim.owner.value})" if claim.owner else ""
    due = f" (due: {claim.due})" if claim.due else ""
    return f"{claim.text or claim.quote}{owner}{due}"


def _quoted(claims: Sequence[Claim], windows: Sequence[Window]) -> tuple[Claim, ...]:
    """Claims whose quote stands in their turns: a summary must not be made of what nobody said."""
    spoken: dict[int, str] = {}
    for piece in (piece for window in windows for piece in window.own):
        spoken[piece.turn] = f"{spoken.get(piece.turn, '')} {piece.text}".strip()
    return tuple(
        c for c in claims if words(c.quote) and _worded(c.quote) in _worded(*(spoken[t] for t in c.turns))
    )


def _worded(*texts: str) -> str:
    """The words alone, each with a blank on both sides."""
    return " ".join(("", *words(fold(" ".join(texts))), ""))


def _kept(claims: Sequence[Claim], numbered: Sequence[Claim], drop: Sequence[int]) -> tuple[Claim, ...]:
    """Without those of the `numbered` that are to be dropped; who wants to drop many is not believed."""
    gone = {id(numbered[n - 1]) for n in drop if 1 <= n <= len(numbered)}
    if len(gone) > max(1, int(MODEL_ENGINE.dropped_share * len(numbered))):
        gone = set()
    return tuple(claim for claim in claims if id(claim) not in gone)


def _check_language(texts: Sequence[str], language: str | None) -> None:
    answered = language_of(" ".join(texts))
    if language and answered and answered != language:
        raise Unusable(
            f"It is in {answered}, the session is in {language}: write in {language}.", "wrong-language"
        )


def _numbered_lines(rows: Sequence[tuple[str, str]]) -> str:
    lines = [f"{n}. ({note}) {' '.join(text.split())}" for n, (note, text) in enumerate(rows, 1)]
    return "\n".join(lines) or _NOTHING


def _list(turns: Sequence[int]) -> str:
    return ", ".join(str(turn) for turn in turns) or "?"
