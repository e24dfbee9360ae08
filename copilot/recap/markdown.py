"""A recap as Markdown, for mails and notebooks: each line with the words that it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from copilot.domain import ActionItem, Advice, Note, Recap

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")


def recap_to_markdown(recap: Recap) -> str:
    """Sections that have lines, quotes as block quotes; people's text is escaped."""
    parts = [f"# Recap of {escaped(recap.session)}", f"_{_state(recap)}_"]
    parts += [f"> {escaped(notice)}" for notice in recap.notices]
    sections = (
        ("What was talked about", [f"- {escaped(p.text)}" for p in recap.summary]),
        ("Advice", [_advice(a) for a in recap.advice]),
        ("Actions", [_action(a) for a in recap.actions]),
        ("Decisions", list(_notes(recap.decisions))),
        ("Open questions", list(_notes(recap.questions))),
        ("Opportunities", list(_notes(recap.opportunities))),
        ("Thank-you note", [escaped(recap.thanks)] if recap.thanks else []),
    )
    for title, lines in sections:
        if lines:
            parts += [f"## {title}", "\n".join(lines)]
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", text)


def _state(recap: Recap) -> str:
    made = f"{recap.status.value.capitalize()} {recap.version}, made by the {recap.provenance.engine} engine"
    claims = "claim" if recap.unsupported == 1 else "claims"
    dropped = f"; {recap.unsupported} unsupported {claims} left out" if recap.unsupported else ""
    return f"{made}, {recap.coverage:.0%} of the transcript read{dropped}"


def _quoted(quote: str, at: str | None) -> str:
    return f"  > {escaped(quote)}" + (f" ({at})" if at else "")


def _advice(advice: Advice) -> str:
    condition = f" _({escaped(advice.condition)})_" if advice.condition else ""
    return f"- **{escaped(advice.text)}**{condition}\n{_quoted(advice.quote, advice.at)}"


def _action(action: ActionItem) -> str:
    who = f" — {action.owner.value}" if action.owner else ""
    due = f", due {action.due.isoformat()}" if action.due else ""
    return f"- [ ] {escaped(action.task)}{who}{due}\n{_quoted(action.quote, action.at)}"


def _notes(notes: Iterable[Note]) -> Iterator[str]:
    for note in notes:
        yield f"- {escaped(note.text)}\n{_quoted(note.quote, note.at)}"
