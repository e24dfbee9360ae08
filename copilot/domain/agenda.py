"""A time-boxed agenda that fills its slot to the minute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from copilot.domain.provenance import Provenance
from copilot.domain.recap import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    title: str
    minutes: int
    purpose: str
    prompts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Mentors differ and nobody has settled it: what to ask."""

    topic: str
    ask: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAction:
    task: str
    owner: str | None
    due: date | None
    session: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaRequest:
    """All that an engine may know: only this mentee's own approved material."""

    goal: str
    minutes: int
    mentor_name: str = ""
    mentee_name: str = ""
    mentor_headline: str = ""
    mentor_expertise: tuple[str, ...] = ()
    mentee_background: str = ""
    open_actions: tuple[OpenAction, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    earlier: tuple[str, ...] = ()
    """Points of earlier approved recaps on this goal, newest first."""
    open_questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaPlan:
    """What an engine proposes; minutes are weights until code has made them add up."""

    items: tuple[AgendaItem, ...]
    questions: tuple[str, ...]
    prework: tuple[str, ...]
    done_when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    session: str | None
    minutes: int
    goal: str
    items: tuple[AgendaItem, ...]
    questions: tuple[str, ...]
    prework: tuple[str, ...]
    done_when: str
    open_actions: tuple[str, ...]
    disagreements: tuple[Disagreement, ...]
    provenance: Provenance
    status: Status = Status.DRAFT
    version: int = 1
