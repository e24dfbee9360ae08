"""The agenda step: an engine proposes, code makes it add up and carries over what is still open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from copilot.agenda.lines import clean, clean_all, sources
from copilot.agenda.minutes import share_minutes
from copilot.domain import (
    Agenda,
    AgendaItem,
    AgendaPlan,
    AgendaRequest,
    Disagreement,
    Drafted,
    OpenAction,
    Provenance,
)
from copilot.errors import BadInput, EngineFailed, TooLarge
from copilot.ports import Engine
from copilot.text import content_hash, fold, is_text
from copilot.thresholds import AGENDA, LIMITS, thresholds_hash

_CLOSING = re.compile(
    r"next step|agree|action|close|wrap|commit|who does what|nächst|schritt|vereinbar|verabred|próxim"
    r"|acord|compromis|prochain"
    r"|étape|engage|passos",
    re.IGNORECASE,
)
_REVIEW = re.compile(
    r"action|last time|came of|follow|done since|promised|seit|última vez|dernière fois", re.IGNORECASE
)
CLOSING = AgendaItem(
    title="Agree the next steps",
    minutes=4,
    purpose="Both leave with the same short list.",
    prompts=("Who does what, and by when?", "How and when do we tell each other that it is done?"),
)


def build_agenda(request: AgendaRequest, engine: Engine, *, session: str | None) -> Agenda:
    """An agenda of exactly `request.minutes` with everything open carried over.

    Raises BadInput for a goal or length that cannot be used, EngineFailed ("items", "done-when") where
    too little of the plan is usable.
    """
    _check_request(request)
    drafted = engine.agenda(request)
    known = sources(request)
    items = _with_carried(_clean_items(drafted.value, known), request)
    items = _fit(items, request.minutes)
    shares = share_minutes([i.minutes for i in items], request.minutes, AGENDA.item_minutes_least)
    plan = drafted.value
    done_when = clean(plan.done_when, known, AGENDA.line_characters)
    if not done_when:
        raise EngineFailed("The plan does not say when the session is done.", "done-when")
    return Agenda(
        session=session,
        minutes=request.minutes,
        goal=request.goal.strip(),
        items=tuple(replace(item, minutes=share) for item, share in zip(items, shares, strict=True)),
        questions=clean_all(_asked(plan, request), known)[:3],
        prework=clean_all(plan.prework, known)[:3],
        done_when=done_when,
        open_actions=tuple(action_line(a) for a in request.open_actions),
        disagreements=request.disagreements,
        provenance=_provenance(request, drafted),
    )


def action_line(action: OpenAction) -> str:
    """ "Send the CV (mentee, due 2026-03-06)"."""
    owner = action.owner or "owner not agreed"
    due = f"due {action.due.isoformat()}" if action.due else "no date agreed"
    return f"{' '.join(action.task.split()).rstrip('.')} ({owner}, {due})"


def _check_request(request: AgendaRequest) -> None:
    low, high = LIMITS.session_minutes_min, LIMITS.session_minutes_max
    if not any(c.isalnum() for c in request.goal):
        raise BadInput("The agenda needs a goal.", "Write in a sentence what the session is about.")
    if not is_text(request.goal):
        raise BadInput("The goal holds a NUL character or half of one.", "Remove it and try again.")
    if len(request.goal) > LIMITS.goal_characters:
        raise TooLarge(
            f"The goal has {len(request.goal)} characters; {LIMITS.goal_characters} are allowed.",
            "Shorten it.",
        )
    if not low <= request.minutes <= high:
        raise BadInput(
            f"A session lasts {low} to {high} minutes, not {request.minutes}.", "Choose a length within that."
        )


def _clean_items(plan: AgendaPlan, known: str) -> list[AgendaItem]:
    items = [
        AgendaItem(
            title=title,
            minutes=item.minutes,
            purpose=clean(item.purpose, known, AGENDA.line_characters, cut=True),
            prompts=clean_all(item.prompts, known)[: AGENDA.prompts_most],
        )
        for item in plan.items
        if (title := clean(item.title, known, AGENDA.title_characters, cut=True))
    ]
    if len(items) < AGENDA.items_least - 1:
        raise EngineFailed("The plan has too few usable items.", "items")
    return items


def _with_carried(items: Sequence[AgendaItem], request: AgendaRequest) -> list[AgendaItem]:
    """A closing block at the end; open actions and disagreements named where the engine left them out."""
    out = list(items)
    if not _CLOSING.search(f"{out[-1].title} {out[-1].purpose}"):
        out.append(CLOSING)
    elif not out[-1].prompts:
        out[-1] = replace(out[-1], prompts=CLOSING.prompts)
    asks = _unnamed(out, (d.ask or d.topic for d in request.disagreements[: AGENDA.disagreements_in_items]))
    if asks:
        middle = max(range(len(out) - 1), key=lambda i: out[i].minutes) if len(out) > 2 else 0
        out[middle] = replace(out[middle], prompts=(*out[middle].prompts, *asks))
    tasks = [" ".join(a.task.split()) for a in request.open_actions]
    if len(_unnamed(out, tasks)) < len(tasks):  # the engine chose which to name
        tasks = []
    tasks = [t for t in tasks if t][: AGENDA.actions_in_items]
    if tasks:
        lines = tuple(f"Done, changed or stuck: {task.rstrip('.')}?" for task in tasks)
        at = next((i for i, item in enumerate(out[:-1]) if _REVIEW.search(item.title)), 0)
        out[at] = replace(out[at], prompts=(*lines, *out[at].prompts))
    return out


def _unnamed(items: Sequence[AgendaItem], lines: Iterable[str]) -> list[str]:
    """Lines whose words stand in no item yet."""
    written = fold(" ".join(f"{i.title} {i.purpose} {' '.join(i.prompts)}" for i in items))
    return [line for line in lines if line.strip() and fold(line).rstrip(".?!") not in written]


def _fit(items: Sequence[AgendaItem], minutes: int) -> list[AgendaItem]:
    """At most as many items as the slot can hold: the smallest is merged into the one before it."""
    most = min(AGENDA.items_most, max(AGENDA.items_least, minutes // AGENDA.minutes_per_item))
    out = list(items)
    while len(out) > most:
        at = min(range(1, len(out) - 1), key=lambda i: (out[i].minutes, -i))
        into, gone = out[at - 1], out.pop(at)
        out[at - 1] = replace(
            into, minutes=into.minutes + gone.minutes, prompts=(*into.prompts, *gone.prompts)
        )
    return out if len(out) >= AGENDA.items_least else [out[0], *_opened(out[1:])]


def _opened(rest: Sequence[AgendaItem]) -> list[AgendaItem]:
    talk = AgendaItem(
        title="The heart of it", minutes=12, purpose="Most of the time goes to the goal itself.", prompts=()
    )
    return [talk, *rest]


def _asked(plan: AgendaPlan, request: AgendaRequest) -> list[str]:
    """The plan's questions, then those that earlier sessions left open."""
    asks = [d.ask for d in request.disagreements]
    return [*plan.questions, *asks, *request.open_questions]


def _provenance(request: AgendaRequest, drafted: Drafted[AgendaPlan]) -> Provenance:
    parts = [
        "agenda",
        str(request.minutes),
        sources(request),
        *(action_line(a) for a in request.open_actions),
    ]
    return Provenance(
        engine=drafted.engine,
        model=drafted.model,
        prompt=drafted.prompt,
        input=content_hash(*parts),
        thresholds=thresholds_hash(),
        notice=drafted.notice,
        usage=drafted.usage,
    )


def disagreement_line(disagreement: Disagreement) -> str:
    """ "topic: ask" on one line."""
    return f"{disagreement.topic}: {disagreement.ask}" if disagreement.ask else disagreement.topic
