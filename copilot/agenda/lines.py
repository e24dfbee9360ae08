"""An engine's lines made fit for people: no markup, no addresses, no names from nowhere, bounded."""

from __future__ import annotations

import re
from collections.abc import Iterable

from copilot.domain import AgendaRequest
from copilot.domain.facts import CONTACT, invented
from copilot.domain.plain import for_people, plain
from copilot.text import fold
from copilot.thresholds import AGENDA

_AFTER = re.compile(
    r"\b(?i:with|ask|tell|email|e-mail|call|contact|meet|thank|from|dr|mr|mrs|ms|prof)\.? "
    r"(?P<name>[A-Z][a-zà-ÿ]+(?: [A-Z][a-zà-ÿ]+)?)"
)


def sources(request: AgendaRequest) -> str:
    """All that the request says: whatever a line names must stand in here."""
    parts = [
        request.goal, request.mentor_name, request.mentee_name, request.mentor_headline,
        request.mentee_background,
        *request.mentor_expertise, *(a.task for a in request.open_actions), *request.earlier,
        *request.open_questions,
        *(f"{d.topic}\n{d.ask}" for d in request.disagreements),
    ]  # fmt: skip
    return "\n".join(parts)


def clean(line: str, known: str, most: int, *, cut: bool = False) -> str:
    """The line, or "" where it cannot be shown: too long (unless `cut`), an address, a name nobody gave."""
    text = plain(for_people(line), most if cut else 10 * most)
    if not text or len(text) > most or CONTACT.search(text):
        return ""
    return "" if _strange_name(text, known) else text


def clean_all(lines: Iterable[str], known: str, most: int = AGENDA.line_characters) -> tuple[str, ...]:
    """The lines that can be shown, each once, in order."""
    kept: dict[str, str] = {}
    for line in lines:
        text = clean(line, known, most)
        if text:
            kept.setdefault(fold(text), text)
    return tuple(kept.values())


def _strange_name(text: str, known: str) -> bool:
    long = re.findall(r"[^\W\d_]{4,}", text)
    if len(long) > 1 and sum(w[0].isupper() for w in long) > 0.75 * len(long):  # a Title in Title Case
        spoken = fold(known)
        return any(fold(m["name"]) not in spoken for m in _AFTER.finditer(text))
    return any(f.kind == "name" for f in invented(text, known))
