"""The local goal coach: what a goal lacks, a rewrite in the mentee's own words, three questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from json import loads
from typing import Any

from copilot.domain import Coaching, CoachRequest
from copilot.domain.facts import lost
from copilot.engines.local.goal_kinds import GENERAL
from copilot.engines.local.goal_reading import Reading, at_a_loss, read_goal
from copilot.engines.local.sensitive import sensitive
from copilot.text import fold, words

_SLOT = re.compile(r"{(\w+)}")
_CLAUSE = re.compile(
    r"(?:\([^()\n]*\)|(?!\s(?:and|but|because|so|y|pero|und|aber|mais|et|mas|e)\s)[^,;.!?\n]|[.,](?=\w))+"
)
_JOINT = re.compile(r"^(?:and|but|because|so|y|pero|und|aber|mais|et|mas|e)\s+", re.IGNORECASE)
_CORE_MOST = 90
"""Characters of the goal that a question may quote."""
_CONTEXT_MOST = 120
"""Characters of context beside the goal that a suggestion repeats; more, and only facts come back."""


def coach(request: CoachRequest) -> Coaching:
    """A reading of the goal with a suggestion that keeps every number, date and name of it."""
    reading = read_goal(request.text, request.background)
    delicate = sensitive(reading.text)
    missing = () if delicate else reading.missing(request.minutes)
    if delicate:
        suggestion, questions = _gentle(reading, delicate)
    elif reading.language not in (None, "en"):
        suggestion, questions = _elsewhere(reading, missing)
    else:
        suggestion, questions = _suggest(reading, missing), _questions(reading, missing)
    return Coaching(
        specific=reading.specific and not delicate,
        missing=missing,
        suggestion=_keep_facts(reading.text, suggestion, spare=0 if delicate else _CONTEXT_MOST),
        questions=questions,
        fits_minutes=30 if delicate else -(-reading.needs_minutes // 5) * 5,
    )


@cache
def _phrases(language: str) -> dict[str, Any]:
    text = files("copilot.engines.local").joinpath(f"coach_{language}.json").read_text(encoding="utf-8")
    return dict(loads(text))


def _fill(template: str, slots: Mapping[str, str]) -> str | None:
    """The template with its slots filled; None where one is unknown."""
    if any(name not in slots for name in _SLOT.findall(template)):
        return None
    return _SLOT.sub(lambda m: slots[m[1]], template)


def _filled(templates: Iterable[str], slots: Mapping[str, str]) -> list[str]:
    return [line for t in templates if (line := _fill(t, slots))]


def _suggest(reading: Reading, missing: tuple[str, ...]) -> str:
    phrases = _phrases("en")
    kind, say = phrases["kinds"][reading.kind], phrases["say"]
    if reading.form == "none":
        return str(say["empty"])
    slots = {"person": "the other person", "skill": "it", **reading.slots}
    hint = {name: _fill(kind[name], slots) or kind[name] for name in ("outcome", "measure", "slice")}
    if reading.specific:
        parts = [_sentence(reading.core if reading.core.startswith("decide whether") else reading.text)]
    elif reading.form == "verb" and reading.language == "en":
        parts = [_plan(reading, missing, hint)]
    else:
        parts = [_topic(reading), _wish(reading, missing, hint)]
    if "context" in missing and len(re.findall(r"\[", " ".join(parts))) < 3:
        parts.append(say["context"])
    if "scope" in missing:
        parts.append(_fill(say["slice"], hint) or "")
    return " ".join(p for p in parts if p)


def _topic(reading: Reading) -> str:
    line = _sentence(reading.core)
    return line[:-1] + ":" if reading.form == "noun" and line.endswith(".") and not reading.specific else line


def _plan(reading: Reading, missing: tuple[str, ...], hint: Mapping[str, str]) -> str:
    """ "By [date], I will <their words>, and I will know it worked when …" """
    start = "By [date], I will " if "deadline" in missing else "I will "
    line = start + reading.core
    if "measure" in missing or "outcome" in missing:
        gap = hint["measure"] if "measure" in missing else hint["outcome"]
        line += f", and it will show in [{gap}]"
    return _sentence(line)


def _wish(reading: Reading, missing: tuple[str, ...], hint: Mapping[str, str]) -> str:
    start = "By [date], " if "deadline" in missing else ""
    start = start.lower() if reading.form == "noun" else start
    about = "I want"
    if "outcome" in missing and "measure" in missing:
        line = f"{start}{about} [{hint['outcome']}], and it will show in [{hint['measure']}]"
    elif "measure" in missing:
        line = f"{start}it will show in [{hint['measure']}]"
    elif "outcome" in missing:
        line = f"{start}{about} [{hint['outcome']}]"
    else:
        line = "I want to be there by [date]" if start else ""
    return _sentence(line) if reading.form != "noun" else f"{line}." if line else ""


def _sentence(text: str) -> str:
    line = " ".join(text.split()).strip()
    if not line:
        return ""
    line = line[0].upper() + line[1:]
    return line if line[-1] in '.!?…]”"' and not line.endswith("]") else line + "."


def _questions(reading: Reading, missing: tuple[str, ...]) -> tuple[str, ...]:
    """Those that meet words of this goal, those that name its things, and one for the biggest gap."""
    phrases = _phrases("en")
    slots, text = reading.slots, reading.text.lower()
    asks: list[dict[str, str]] = phrases["kinds"][reading.kind]["ask"]
    met = _filled((a["ask"] for a in asks if "if" in a and re.search(rf"\b(?:{a['if']})", text)), slots)
    named = _filled((a["ask"] for a in asks if "if" not in a and _SLOT.search(a["ask"])), slots)
    plain = _filled((a["ask"] for a in asks if "if" not in a and not _SLOT.search(a["ask"])), slots)
    if reading.kind != GENERAL and not named and not met:
        general = (a["ask"] for a in phrases["kinds"][GENERAL]["ask"] if _SLOT.search(a["ask"]))
        named = _turn(_filled(general, slots), reading.text)[:1]
    # How long a choice "takes" is no question; its own questions ask for the last moment.
    order = ("scope", "measure", "outcome", *(() if reading.kind == "decision" else ("deadline",)))
    gap = next((m for m in order if m in missing), None)
    last = [_gap_question(phrases["missing"][gap], reading)] if gap else []
    first = [*met[:2], *_turn(named, reading.text)]
    return _three(
        [
            *first[: 2 if last else 3],
            *_turn(plain, reading.text)[: 3 - len(last) - min(2, len(first))],
            *last,
            *first,
            *_turn(plain, reading.text),
        ]
    )


def _three(questions: Sequence[str]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for q in questions:
        kept.setdefault(fold(q), q)
    return tuple(kept.values())[:3]


def _turn(items: Sequence[str], text: str) -> list[str]:
    """The items, started at a place that depends on the text: like goals get unlike questions."""
    if not items:
        return []
    at = int.from_bytes(sha256(fold(text).encode()).digest()[:4], "big") % len(items)
    return [*items[at:], *items[:at]]


def _gap_question(templates: Sequence[str], reading: Reading) -> str:
    """About what is missing, in this goal's words where it has any that fit."""
    named = _filled((t for t in templates if _SLOT.search(t)), reading.slots)
    return _turn(named or [t for t in templates if not _SLOT.search(t)], reading.text)[0]


def _elsewhere(reading: Reading, missing: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Another language: the goal as typed, the gaps named after it, questions in that language."""
    phrases = _phrases(str(reading.language))
    say = phrases["say"]
    suggestion = (
        " ".join([_sentence(reading.core), *(say[m] for m in missing if m in say)])
        if reading.core
        else say["empty"]
    )
    kind = _turn(phrases["kinds"].get(reading.kind, []), reading.text)
    core = (
        reading.core
        if len(reading.core) <= _CORE_MOST
        else reading.core[:_CORE_MOST].rsplit(None, 1)[0] + "…"
    )
    general = _turn([t.replace("{core}", core) for t in phrases["ask"]], reading.text)
    gap = [phrases["missing"][m] for m in missing if m in phrases["missing"]]
    return suggestion, _three([*kind, *gap[:1], *general, *gap])


def _gentle(reading: Reading, delicate: str) -> tuple[str, tuple[str, ...]]:
    """No template cheer: who else is right to talk to, and what a mentor can still be asked."""
    language = reading.language or "en"
    if language == "en" or delicate not in _phrases(language)["sensitive"]:
        entry = _phrases("en")["sensitive"][delicate]
        return entry["say"], tuple(entry["ask"])
    phrases = _phrases(language)
    return phrases["sensitive"][delicate], tuple(phrases["sensitive_ask"])


def _keep_facts(original: str, suggestion: str, spare: int) -> str:
    """Every lost fact is added as it was typed, and up to `spare` characters of other context."""
    gone = lost(original, suggestion)
    spans = [m.span() for m in _CLAUSE.finditer(original)]
    bare = [_JOINT.sub("", original[a:b].strip(" -–")) for a, b in spans]
    needed = [any(a <= f.start < b for f in gone) for a, b in spans]
    other = [not n and _is_context(c, suggestion) for n, c in zip(needed, bare, strict=True)]
    if sum(len(c) for c, o in zip(bare, other, strict=True) if o) > spare:
        other = [False] * len(bare)
    kept = [c for c, n, o in zip(bare, needed, other, strict=True) if c and (n or o)]
    if gone and not kept:
        kept = [original]
    if not kept:
        return suggestion
    return f"{suggestion} Keep in view: {'; '.join(f'“{c}”' for c in dict.fromkeys(kept))}."


def _is_context(clause: str, suggestion: str) -> bool:
    """Says something that the suggestion does not; "no idea where to start" does not."""
    content = [w for w in words(fold(clause)) if len(w) > 3]
    known = fold(suggestion)
    return (
        len(content) >= 2
        and sum(w not in known for w in content) > len(content) / 2
        and not at_a_loss(clause)
    )
