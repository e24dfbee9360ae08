"""A sharper goal and an agenda, checked for what the model must not invent."""

from __future__ import annotations

import re
from collections.abc import Sequence

from copilot.domain import AgendaItem, AgendaPlan, AgendaRequest, Coaching, CoachRequest
from copilot.engines.llm.answers import AgendaAnswer, CoachAnswer
from copilot.engines.llm.asking import Draft, Unusable

COACH, AGENDA = "coach", "agenda"
_NOTHING = "(nothing)"
_NUMBER = re.compile(r"\d+")
_BRACKETS = re.compile(r"\[[^\]]*\]")


def coach(draft: Draft, request: CoachRequest) -> Coaching:
    """Raises EngineFailed when the model keeps inventing figures or repeats a question."""
    given = set(_NUMBER.findall(f"{request.text} {request.background}"))

    def check(answer: CoachAnswer) -> None:
        invented = sorted(set(_NUMBER.findall(_BRACKETS.sub("", answer.suggestion))) - given)
        if invented:
            raise Unusable(
                f"The suggestion invents the figures {invented}: put [what the mentee must fill in].",
                "invalid",
            )
        if len({question.casefold() for question in answer.questions}) < 3:
            raise Unusable("Two of the three questions are the same.", "invalid")
        if answer.specific and {"outcome", "measure", "deadline"}.intersection(answer.missing):
            raise Unusable("A goal that lacks outcome, measure or deadline is not specific.", "invalid")

    answer = draft.ask(
        COACH,
        {
            "goal": request.text,
            "background": request.background or _NOTHING,
            "minutes": request.minutes,
        },
        CoachAnswer,
        check,
    )
    return Coaching(
        specific=answer.specific,
        missing=tuple(dict.fromkeys(answer.missing)),
        suggestion=answer.suggestion,
        questions=tuple(answer.questions),
        fits_minutes=answer.fits_minutes,
    )


def agenda(draft: Draft, request: AgendaRequest) -> AgendaPlan:
    """Items as the model weighs them; the caller makes the minutes add up."""

    def check(answer: AgendaAnswer) -> None:
        total = sum(item.minutes for item in answer.items)
        if not request.minutes / 2 <= total <= request.minutes * 2:
            raise Unusable(f"The items take {total} minutes, the session {request.minutes}.", "invalid")
        if any(not item.title for item in answer.items):
            raise Unusable("An item has no title.", "invalid")

    answer = draft.ask(AGENDA, _agenda_values(request), AgendaAnswer, check)
    items = tuple(
        AgendaItem(title=i.title, minutes=i.minutes, purpose=i.purpose, prompts=tuple(i.prompts))
        for i in answer.items
    )
    return AgendaPlan(
        items=items,
        questions=tuple(answer.questions),
        prework=tuple(answer.prework),
        done_when=answer.done_when,
    )


def _agenda_values(request: AgendaRequest) -> dict[str, str | int]:
    mentor = [request.mentor_name, request.mentor_headline, ", ".join(request.mentor_expertise)]
    mentee = [request.mentee_name, request.mentee_background]
    actions = [
        f"{a.task} (owner: {a.owner or 'not said'}; due: {a.due.isoformat() if a.due else 'not said'})"
        for a in request.open_actions
    ]
    return {
        "minutes": request.minutes,
        "goal": request.goal,
        "mentor": _lines(mentor),
        "mentee": _lines(mentee),
        "open_actions": _lines(actions),
        "disagreements": _lines([f"{d.topic}: ask: {d.ask}" for d in request.disagreements]),
        "earlier": _lines(request.earlier),
        "open_questions": _lines(request.open_questions),
    }


def _lines(rows: Sequence[str]) -> str:
    lines = [" ".join(row.split()) for row in rows if row.strip()]
    return "\n".join(f"- {line}" for line in lines) or _NOTHING
