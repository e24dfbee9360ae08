"""Which `Name:` at the start of a line is a speaker, and which is speech ("Honestly: no").

A label counts only with evidence: it was announced, it recurs, or every line of the file has one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from copilot.text import fold
from copilot.thresholds import TRANSCRIPT
from copilot.transcript.names import name_match
from copilot.transcript.utterance import Utterance

_TURNED = "\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Direction marks, which software sets around names written from right to left."""
_LABEL = re.compile(
    rf"^[\s{_TURNED}]*(?:>{{2,3}}\s*|[-–—•]\s+)?"
    r"(?P<label>\+?[^\W_][^:：\n<>\[\]{}?!;\"“”؟。！？、]{0,58}?|\[[^\W_][^:\n\[\]]{0,58}\])"
    rf"[\s{_TURNED}]*(?::(?:[\s{_TURNED}]+|$)|：\s*)(?P<rest>.*)$",
    re.DOTALL,
)
_INITIALS = re.compile(r"[^\W\d_]{1,3}")
_GENERIC = re.compile(
    r"^(?:unknown |unidentified )?(?:speaker|participant|guest|caller|person|voice|spk)"
    r"[ _-]?(?:\d{1,2}|[a-z])?$"
    r"|^(?:my )?(?:mentor|mentee|coach|coachee|interviewer|interviewee|host|me|you)$"
)
_PARTICLES = frozenset(
    "van von de der den del della di da dos du la le al el bin ibn binti ter y e of the".split()
)
_SPEECH = frozenset(
    """a action actions actually agenda also and answer anyway attendees basically because bottom but call
    caveat conclusion context date decision decisions disclaimer duration edit eg example exactly except
    fact fine first firstly for goal goals hence here honestly hint http https i ie idea if important
    is it items language last lastly lesson look location maybe meaning meeting namely next no note
    notes obviously ok okay one or organizer organiser outcome outcomes participants plus point present
    problem ps question questions reason recorded recording remember reminder result right rule second
    secondly seriously session simple simply so sorry step steps subject summary tags tbd that the then
    there thing third this three time tip title todo topic topics transcript truth two update url
    warning well what which why yeah yes""".split()
)


@dataclass(frozen=True, slots=True)
class Line:
    """One written line: the whole of it, and what it would be if its start is a label."""

    text: str
    start: float | None = None
    end: float | None = None
    label: str | None = None
    rest: str = ""
    strong: bool = False
    """The layout sets the label apart: a time beside it, bold type."""
    beside: float | None = None
    """Seconds written beside the label: a time of the speech only if the label holds."""

    @classmethod
    def of(cls, text: str, start: float | None = None, end: float | None = None) -> Line:
        match = _LABEL.match(text)
        if match is None or not plausible(match["label"]):
            return cls(text, start, end)
        return cls(text, start, end, bare(match["label"]), match["rest"])


def bare(label: str) -> str:
    """The label without what software sets around it: "[Ana Lima]" is Ana Lima."""
    stripped = label.strip(" -–|,·")
    inner = stripped[1:-1]
    whole = stripped.startswith("[") and stripped.endswith("]") and not set("[]") & set(inner)
    return inner.strip() if whole else stripped


def is_role(text: str) -> bool:
    """Is this line nothing but "Speaker 1", "Mentor", "Guest 2"?"""
    return fold(text) not in ("me", "you", "host") and _GENERIC.match(fold(text)) is not None


def is_name(text: str) -> bool:
    """Few words, written as a name is, and no remark."""
    return plausible(text) and len(text.split()) <= 4 and _name_like(text) and not _common(text, ())


def plausible(label: str) -> bool:
    """Could this be a name (or a caller's number) at all: few words, no sentence, no date inside."""
    parts = label.split()
    if not 0 < len(parts) <= 6 or re.search(r"[^\W\d]{3,}\. |\b(?:19|20)\d\d\b", label):
        return False
    return any(c.isalpha() for c in label) or _is_number(label)


def _is_number(label: str) -> bool:
    return sum(c.isdigit() for c in label) >= 7


def choose_labels(lines: Sequence[Line], known: Collection[str], *, starts: int) -> list[Utterance]:
    """Speech with the labels that hold; `starts` = how many lines or cues could carry one."""
    held = held_labels(lines, known, starts)
    return [
        Utterance(line.label, line.rest, line.start if line.beside is None else line.beside, line.end)
        if line.label is not None and fold(line.label) in held
        else Utterance(None, line.text, line.start, line.end)
        for line in lines
    ]


def held_labels(lines: Sequence[Line], known: Collection[str], starts: int) -> frozenset[str]:
    """Folded labels for which there is evidence."""
    seen = Counter(fold(line.label) for line in lines if line.label is not None)
    spelled = {fold(line.label): line.label for line in lines if line.label is not None}
    strong = {fold(line.label) for line in lines if line.label is not None and line.strong}
    lower = {w for line in lines for w in re.findall(r"[^\W\d_]+", line.rest or line.text) if w.islower()}
    sure = {
        key
        for key, count in seen.items()
        if _announced(spelled[key], known) or _GENERIC.match(key) or _dominant(spelled[key], count, starts)
    }
    names = sure | {key for key in seen if _name_like(spelled[key]) and not _common(spelled[key], lower)}
    everywhere = sum(seen[key] for key in names) >= TRANSCRIPT.consistent_share * max(1, starts)
    held = sure | {
        key for key in names if seen[key] > 1 or key in strong or everywhere or _two_names(spelled[key])
    }
    # A call has two people, and in a short file none may recur.
    return frozenset(names if len(held) < 2 <= len(names) and starts <= TRANSCRIPT.short_lines else held)


def _announced(label: str, known: Collection[str]) -> bool:
    return any(fold(k) == fold(label) or name_match(label, k) >= 2 for k in known)


def _dominant(label: str, count: int, starts: int) -> bool:
    """A label of any shape that carries a good part of the file."""
    if count < TRANSCRIPT.dominant_share * starts:
        return False
    if _INITIALS.fullmatch(label) and label.isupper():  # "Q:" and "A:", "TO:" beside a spoken "to"
        return count >= 2 and (len(label) == 1 or fold(label) not in _SPEECH)
    return count >= 3 and len(label.split()) <= 3 and fold(label).split()[0] not in _SPEECH


def _name_like(label: str) -> bool:
    parts = re.findall(r"[^\W_][^\s]*", label)
    return bool(parts) and all(_capital(p[0]) or p[0].isdigit() or p.lower() in _PARTICLES for p in parts)


def _capital(letter: str) -> bool:
    """Upper case, or of a script that has no cases (Arabic, Hebrew, Japanese)."""
    return letter.isupper() or letter.lower() == letter.upper()


def _two_names(label: str) -> bool:
    return "," not in label and sum(p[0].isupper() for p in label.split()) >= 2


def _common(label: str, lower: Collection[str]) -> bool:
    """Opens like a remark, or is made of words that this file also uses in small letters."""
    parts = [p.lower() for p in re.findall(r"[^\W\d_]+", label)]
    if not parts:
        return not _is_number(label)
    return parts[0] in _SPEECH or all(p in lower for p in parts)
