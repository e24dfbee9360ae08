"""A programme in which sessions were held, drafted by the engine under test and approved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from evals.subject import Subject
from evals.suites.programmes import Programme

if TYPE_CHECKING:
    from copilot.bootstrap import Copilot

AFTERWARDS = datetime.fromisoformat("2026-01-10T12:00:00+00:00")
"""A moment after every labelled session: nothing of this month's capacity is used."""
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}")
_CALENDAR = re.compile(
    r"(?i)^(?:mon|tues|wednes|thurs|fri|satur|sun)day$|^(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)"
)


def held_programme(subject: Subject, split: str, mentees: Iterable[str]) -> Copilot:
    """The programme of a split with the recaps of these mentees approved by their mentors."""
    from copilot.workflow.recap import recap_session

    programme = Programme(split)
    parts = subject.parts(programme.folder, moment=AFTERWARDS)
    wanted = set(mentees)
    for session in programme.table("sessions"):
        if session["mentee"] not in wanted:
            continue
        draft = subject.kept(split, session["id"])
        if draft is not None:
            with parts.store.write(parts.programme) as unit:
                stored = unit.recaps.add(draft)
                unit.recaps.approve(session["id"], stored.version, by=session["mentor"], at=AFTERWARDS)
        else:
            recap_session(parts, session["id"], approve=True)
    return parts


def strangers(programme: Programme, mentee: str) -> list[str]:
    """Other mentees' names and those that their calls mention, where nothing of this mentee has them."""
    own = " ".join(str(programme.table(t)) for t in ("mentors",)).casefold()
    others: Counter[str] = Counter()
    for session in programme.table("sessions"):
        said = " ".join(text for _, text in programme.spoken(session))
        if session["mentee"] == mentee:
            own += f" {said.casefold()}"
        else:
            others.update(_NAME.findall(said))
    own += str([m for m in programme.table("mentees") if m["id"] == mentee]).casefold()
    found = [
        n for n, times in others.items() if times > 1 and n.casefold() not in own and not _CALENDAR.match(n)
    ]
    names = [m["name"].split()[0] for m in programme.table("mentees") if m["id"] != mentee]
    return sorted({*found, *(n for n in names if n.casefold() not in own)})
