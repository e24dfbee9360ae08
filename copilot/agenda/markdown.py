"""An agenda as Markdown that prints on one page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from copilot.agenda.build import disagreement_line
from copilot.domain import Agenda

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")
_AT_START = re.compile(r"^(\d+)([.)])|^([-+])")


def agenda_to_markdown(
    agenda: Agenda, *, mentor_name: str = "", mentee_name: str = "", starts_at: datetime | None = None
) -> str:
    """Headings, a running clock, boxes to tick. Text of people is escaped."""
    who = " and ".join(escape(n) for n in (mentee_name, mentor_name) if n.strip())
    when = starts_at.strftime("%A %d %B %Y, %H:%M") if starts_at else ""
    line = ", ".join(p for p in (who, when, f"{agenda.minutes} minutes") if p)
    parts = [f"# Agenda: {escape(agenda.goal)}", line]
    at = 0
    for item in agenda.items:
        parts.append(f"## {at}–{at + item.minutes} min · {escape(item.title)}")
        parts.append(
            "\n".join([*([f"*{escape(item.purpose)}*", ""] if item.purpose else []), *_list(item.prompts)])
        )
        at += item.minutes
    parts += _section("Questions to bring", _list(agenda.questions))
    parts += _section("Before the session", _list(agenda.prework, "- [ ]"))
    parts += _section("Still open from before", _list(agenda.open_actions, "- [ ]"))
    parts += _section("Where mentors differ", _list(disagreement_line(d) for d in agenda.disagreements))
    parts += _section("Done when", [escape(agenda.done_when)])
    notice = agenda.provenance.notice
    if notice:
        parts.append(f"> {escape(notice)}")
    return "\n\n".join(p for p in parts if p.strip()) + "\n"


def escape(text: str) -> str:
    """One line that Markdown shows as typed."""
    line = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _AT_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", line)


def _list(lines: Iterable[str], mark: str = "-") -> list[str]:
    return [f"{mark} {escape(line)}" for line in lines]


def _section(title: str, lines: list[str]) -> list[str]:
    return [f"## {title}", "\n".join(lines)] if any(line.strip() for line in lines) else []
