"""The local agenda: blocks for this kind of goal, around what is still open, sized to the slot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from json import loads
from typing import Any

from copilot.domain import AgendaItem, AgendaPlan, AgendaRequest, CoachRequest
from copilot.engines.local.coach import coach
from copilot.engines.local.goal_reading import Reading, read_goal
from copilot.engines.local.sensitive import sensitive

_SLOT = re.compile(r"{(\w+)}")
_DEFAULTS = {
    "target": "the new role", "person": "the other person", "skill": "this", "venture": "the idea",
    "option_a": "the first option", "option_b": "the other option",
}  # fmt: skip
_QUOTE_MOST = 160
"""Characters of an earlier point that a prompt repeats."""
_ROOM = ((60, 4), (45, 3), (25, 2))
"""Blocks about the goal itself in a slot of so many minutes or more; fewer than that: one."""

SAFETY = (
    "If you might be in danger, call your local emergency number or a crisis line, or tell somebody"
    " you trust, before anything else. This session can wait."
)


@dataclass(frozen=True, slots=True)
class _Block:
    title: str
    purpose: str
    prompts: tuple[str, ...]
    minutes: int


def plan(request: AgendaRequest) -> AgendaPlan:
    """Opening, what is open, the goal's own blocks, a close. Minutes are weights."""
    reading = read_goal(request.goal, request.mentee_background)
    delicate = sensitive(reading.text)
    words = _words()["sensitive" if delicate else reading.kind]
    room = next((n for least, n in _ROOM if request.minutes >= least), 1)
    apart = request.minutes >= 30  # below that, what is open goes into the other items
    blocks = _own_blocks(words["blocks"], reading, request)
    carried = _carried(request, apart)
    # What is open takes a place of its own, so the goal gives up its last block, never its first.
    middle = [*blocks[: max(1, room - max(0, len(carried) - 1))]]
    if not apart:
        asks = (*(d.ask or d.topic for d in request.disagreements[:1]), *request.open_questions[:1])
        middle[0] = _more(middle[0], asks)
    items = [
        _opening(request, reading, apart, delicate=bool(delicate)),
        *carried,
        *map(_item, middle),
        _closing(request),
    ]
    return AgendaPlan(
        items=tuple(items),
        questions=_questions(request),
        prework=(SAFETY, *words["prework"]) if delicate == "crisis" else _prework(words["prework"], request),
        done_when=words["done_when"],
    )


@cache
def _words() -> dict[str, Any]:
    return dict(loads(files("copilot.engines.local").joinpath("agenda_en.json").read_text(encoding="utf-8")))


def _own_blocks(raw: Sequence[dict[str, Any]], reading: Reading, request: AgendaRequest) -> list[_Block]:
    """The kind's blocks with this goal's words; those that earlier sessions covered go last."""
    slots = {**_DEFAULTS, **reading.slots}
    blocks = [
        _Block(
            title=_SLOT.sub(lambda m: slots[m[1]], b["title"]),
            purpose=_SLOT.sub(lambda m: slots[m[1]], b["purpose"]),
            prompts=tuple(_SLOT.sub(lambda m: slots[m[1]], p) for p in b["prompts"]),
            minutes=b["minutes"],
        )
        for b in raw
    ]
    covered = [_content(point) for point in request.earlier]
    blocks.sort(
        key=lambda b: any(
            len(_content(f"{b.title} {b.purpose} {' '.join(b.prompts)}") & c) >= 3 for c in covered
        )
    )
    experience = _experience(request, reading)
    return [_more(blocks[0], (experience,)), *blocks[1:]] if experience else blocks


def _content(text: str) -> frozenset[str]:
    """Stems of the words that carry meaning."""
    return frozenset(w[:5] for w in re.findall(r"[^\W\d_]{5,}", text.lower()) if w not in _PLAIN_WORDS)


_PLAIN_WORDS = frozenset(
    """about above after again against being could every first found their there these thing things think
    those which where while would should before other people still really what's something somebody another
    person""".split()
)


def _experience(request: AgendaRequest, reading: Reading) -> str:
    """A prompt that uses what this mentor offers nearest to the goal."""
    wanted = _content(f"{reading.text} {reading.kind.replace('_', ' ')}")
    near = sorted(request.mentor_expertise, key=lambda tag: -len(_content(tag) & wanted))
    if not near:
        return ""
    tag = near[0].replace("_", " ").replace("-", " ").strip()
    if _content(near[0]) & wanted:
        return f"From your work with {tag}: what do people in my place usually see too late?"
    return f"Your field is {tag}: what would you try in my place that people in mine would not think of?"


def _more(block: _Block, prompts: Sequence[str]) -> _Block:
    return _Block(block.title, block.purpose, (*block.prompts, *(p for p in prompts if p)), block.minutes)


def _item(block: _Block) -> AgendaItem:
    return AgendaItem(title=block.title, minutes=block.minutes, purpose=block.purpose, prompts=block.prompts)


def _opening(request: AgendaRequest, reading: Reading, apart: bool, *, delicate: bool) -> AgendaItem:
    prompts: list[str] = []
    if request.open_actions and not apart:
        prompts += _action_prompts(request, 2)
    if request.earlier:
        prompts.append(f"Covered before: “{_cut(request.earlier[0]).rstrip('.')}”. What has changed since?")
    prompts.append("What would make these minutes worth it for me today?")
    about = _cut(reading.core) or "what I came with"
    who = "" if request.earlier else "Who I am in a sentence, and "
    where = (
        "what I want from this conversation; nothing has to be decided."
        if delicate
        else f"where I stand with “{about}”."
    )
    return AgendaItem(
        title="Start: where it stands",
        minutes=3 if apart else 2,
        purpose=(who + where)[0].upper() + (who + where)[1:],
        prompts=tuple(prompts),
    )


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _QUOTE_MOST else line[:_QUOTE_MOST].rsplit(None, 1)[0] + "…"


def _action_prompts(request: AgendaRequest, most: int) -> list[str]:
    """The mentee's own and the earliest due first."""
    order = sorted(
        request.open_actions,
        key=lambda a: (a.due is None, a.due.isoformat() if a.due else "", a.owner != "mentee"),
    )
    return [f"Done, changed or stuck: {' '.join(a.task.split()).rstrip('.')}?" for a in order[:most]]


def _carried(request: AgendaRequest, apart: bool) -> list[AgendaItem]:
    """What earlier sessions left open, as items of their own where the slot has room."""
    if not apart:
        return []
    out: list[AgendaItem] = []
    if request.open_actions:
        more = len(request.open_actions) - 3
        purpose = "Each one briefly: done, changed or stuck. No blame; what is stuck may be today's topic."
        if more > 0:
            purpose = f"{purpose} {more} more {'is' if more == 1 else 'are'} listed below."
        out.append(AgendaItem(
            title="What came of the last steps", minutes=3 + min(3, len(request.open_actions)),
            purpose=purpose, prompts=tuple(_action_prompts(request, 3)),
        ))  # fmt: skip
    if request.disagreements:
        first = request.disagreements[0]
        out.append(AgendaItem(
            title="Two answers I was given" + (f": {first.topic}" if len(first.topic) <= 60 else ""),
            minutes=7, purpose="Mentors see this differently. When is each right, and which fits me?",
            prompts=tuple(d.ask or f"What would you do about {d.topic}, and when would the opposite be right?"
                          for d in request.disagreements[:2]),
        ))  # fmt: skip
    if request.open_questions:
        out.append(AgendaItem(
            title="Questions left open", minutes=5, purpose="Answer them, or agree who could.",
            prompts=request.open_questions[:2],
        ))  # fmt: skip
    return out


def _closing(request: AgendaRequest) -> AgendaItem:
    again = "When do we speak again, if at all?" if request.minutes >= 30 else ""
    prompts = ("What will I do, and by when?", "What did you offer to do, and by when?", again)
    return AgendaItem(
        title="Agree the next steps", minutes=4,
        purpose="One short list that both of us have: who, what, by when.",
        prompts=tuple(p for p in prompts if p),
    )  # fmt: skip


def _questions(request: AgendaRequest) -> tuple[str, ...]:
    """Three: one that would settle a disagreement, one left open, then the coach's for this goal."""
    sharp = coach(
        CoachRequest(text=request.goal, minutes=request.minutes, background=request.mentee_background)
    ).questions
    carried = (*(d.ask for d in request.disagreements[:1] if d.ask), *request.open_questions[:1])
    return (*carried, *sharp)[:3]


def _prework(own: Sequence[str], request: AgendaRequest) -> tuple[str, ...]:
    if not request.open_actions:
        return tuple(own)
    n = len(request.open_actions)
    line = (
        "Note for the open step what became of it."
        if n == 1
        else "Note for each open step what became of it, in one word."
    )
    return (line, *own)[:3]
