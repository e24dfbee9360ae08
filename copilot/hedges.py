"""Spoken advice without its hedges and fillers, for reading and for judging; never for quoting."""

from __future__ import annotations

import re

_FILLERS = re.compile(
    r"(?:,\s*)?\b(?:um+|uh+|erm+|you know|i mean|i think|i guess|i suppose|i believe|honestly|frankly|"
    r"to be honest|sort of|kind of|obviously|basically|actually|really|right|okay|probably|maybe|perhaps|"
    r"i would|i really would|if i were you|if you ask me)\b\s*,|"
    r",\s*(?:um+|uh+|you know|i mean|i think|i guess|i suppose|honestly|right|i would|"
    r"i really would|okay)\b(?=[,.!?]|$)|"
    r"\b(?:um+|uh+|erm+)\b,?",
    re.I,
)
_OPENING = re.compile(
    r"^(?:(?:so|well|and|but|look|look here|yeah|no(?=,)|oh|listen|maybe|perhaps|probably|honestly|"
    r"see)\b[\s,]+)*"
    r"(?:(?:i(?:'d| would)|you(?:'d better| should| need to| have to| want to| ought to"
    r"| could| can| might want to))\s+"
    r"(?:honestly |probably |just |really |definitely |always |maybe |also |still )*"
    r"(?:i think )?(?:(?:suggest|recommend|advise|say)(?: that)?(?: you)? |want you to |"
    r"like you to |try to |go and )?)?",
    re.I,
)
_REASON = re.compile(r"(?:,?\s+(?:because|so that)|,\s+since)\s.*$|\s*;\s.*$", re.I | re.S)


_GIVEN = re.compile(
    r"(?:\b(?:because|so that)|,\s+since)\s+(?!(?:last|then|next|early|late|january|february|march|april|"
    r"may|june|july|august|september|october|november|december|\d)\b)(.{8,160}?)\s*[.;!?]*$",
    re.I | re.S,
)


def without_hedges(text: str) -> str:
    """The same advice with fillers and opening hedges gone; never empty where `text` is not."""
    plain = text.replace("’", "'")
    for _ in range(2):  # fillers stand in rows: "honestly, you know, um,"
        plain = _FILLERS.sub(lambda m: ", " if "," in m[0] and m.start() else " ", plain)
    plain = re.sub(r"\b(\w+'?\w*),? \1\b", r"\1", re.sub(r"\s+([,.;:!?])", r"\1", " ".join(plain.split())))
    plain = re.sub(r"[,\s]*,", ",", plain).replace(",.", ".")
    rest = _OPENING.sub("", plain, count=1).lstrip(" ,")
    rest = rest if len(rest.split()) >= 3 else plain
    return rest[:1].upper() + rest[1:] if rest else text


def gist(text: str, most: int = 16) -> str:
    """What to do, in the piece's own words: no hedges, no reason, at most `most` words, no full stop."""
    plain = without_hedges(text)
    core = _REASON.sub("", plain).strip() or plain
    core = core if len(core.split()) >= 4 else plain
    parts = core.split()
    if len(parts) > most and len((head := core.split(", ")[0]).split()) >= 5:
        parts = head.split()
    short = " ".join(parts[:most]).rstrip(" ,.;:!?")
    short = short[:1].lower() + short[1:] if not re.match(r"I\b|[A-Z]{2}", short) else short
    return short + ("…" if len(parts) > most else "")


def reason(text: str) -> str:
    """The reason that the piece itself gives ("nobody remembers them"), or ""."""
    found = _GIVEN.search(text)
    return found[1].rstrip(" .,") if found else ""
