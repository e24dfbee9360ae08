"""Markdown notes: `**Name:** text`, bullets, names as headings; marks out, words kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from copilot.transcript.labels import Line, is_name, plausible
from copilot.transcript.plain import as_line, read_lines
from copilot.transcript.utterance import Reading

_FRONT = re.compile(r"\A---[ \t]*\n.*?\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_RULE = re.compile(r"^\s*(?:[-*_]\s*){3,}$|^\s*(?:```|~~~).*$|^\s*\|?(?:\s*:?-{3,}:?\s*\|)+\s*:?-*:?\s*$")
_LEAD = re.compile(r"^\s*(?:>\s?)*\s*(?:[-*+•]\s+|\d{1,3}[.)]\s+)?(?:\[[ xX]\]\s+)?(?:>\s?)*")
_HEADING = re.compile(r"^\s*(#{1,6})\s+(.*?)\s*#*\s*$")
_BOLD_NAME = re.compile(r"^(\*\*|__)\s*(?P<label>[^*_:\n]{1,60}?)\s*(?::\s*\1|\1\s*:)\s*(?P<rest>.*)$")
_LINK = re.compile(r"!?\[([^\]\n]*)\]\((?:[^()\n]|\([^()\n]*\))*\)")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|_{1,3}|~~)(?=\S)(.+?)(?<=\S)\1(?![\w*])")
_CODE = re.compile(r"`+([^`\n]+)`+")
_HIDDEN = 0xF0000
"""Escaped marks wait in a private plane, where no other rule sees them."""
_SHOWN = re.compile("[\U000f0021-\U000f007e]")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|])")


def read_markdown(text: str, known: Collection[str] = ()) -> Reading:
    """Speech of Markdown notes. Headings that are no speaker are left aside and counted."""
    body = _COMMENT.sub(" ", _FRONT.sub("", text))
    lines: list[Line] = []
    headings = 0
    names = _heading_names(body)
    for raw in body.splitlines():
        if not raw.strip() or _RULE.match(raw):
            continue
        heading = _HEADING.match(raw)
        line = _titled(unmarked(heading[2]), names) if heading else _line(raw)
        if heading and line.label is None:
            headings += 1
        elif line.text.strip():
            lines.append(line)
    reading = read_lines(lines, known)
    if not headings:
        return reading
    note = f"{headings} {'heading' if headings == 1 else 'headings'} left aside: not speech."
    return Reading(reading.utterances, (*reading.notices, note))


def _heading_names(body: str) -> set[str]:
    """Headings that are speakers: all names of a level on which one recurs."""
    found = [match for raw in body.splitlines() if (match := _HEADING.match(raw))]
    seen = Counter((match[1], unmarked(match[2])) for match in found)
    levels = {level for (level, title), count in seen.items() if count > 1 and is_name(title)}
    return {title for level, title in seen if level in levels and is_name(title)}


def _titled(title: str, names: Collection[str]) -> Line:
    """A heading: with a label in it, or a name that recurs above each speech."""
    return Line(title, label=title, strong=True) if title in names else as_line(title)


def _line(raw: str) -> Line:
    content = raw[_LEAD.match(raw).end() :]  # type: ignore[union-attr]  # matches the empty string too
    bold = _BOLD_NAME.match(content)
    if bold is None:
        return as_line(unmarked(content))
    inner = as_line(f"{unmarked(bold['label'])}: {unmarked(bold['rest'])}")
    return replace(inner, strong=True) if inner.label and plausible(inner.label) else inner


def unmarked(text: str) -> str:
    """The words without links, emphasis and code marks."""
    text = _ESCAPE.sub(lambda m: chr(_HIDDEN + ord(m[1])), text)
    text = _CODE.sub(r"\1", _LINK.sub(r"\1", text))
    for _ in range(3):
        text = _EMPHASIS.sub(r"\2", text)
    return _SHOWN.sub(lambda m: chr(ord(m[0]) - _HIDDEN), text)
