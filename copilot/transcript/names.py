"""Does a label in a transcript mean this person? Names in the shapes that call software writes."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|\|.*$|@\S+$")
_TITLES = frozenset("dr prof professor mr mrs ms miss mx sir dame".split())


def name_tokens(name: str) -> list[str]:
    """Lower-case ASCII-ish tokens, first name first: "Pérez, Ana (guest)" -> ["ana", "perez"]."""
    plain = _ASIDE.sub(" ", name)
    last, comma, first = plain.partition(",")
    if comma and first.strip():
        plain = f"{first} {last}"
    folded = unicodedata.normalize("NFKD", plain).casefold().translate(_LETTERS)
    bare = "".join(c for c in folded if not unicodedata.combining(c)).replace("'", "").replace("’", "")
    return [t for t in re.findall(r"[^\W_]+", bare) if t not in _TITLES]


def name_match(label: str, name: str | None) -> int:
    """How surely `label` means `name`: 3 all of it, 2 part of it, 1 initials only, 0 not at all."""
    have, full = name_tokens(label), name_tokens(name or "")
    if not have or not full:
        return 0
    if sorted(have) == sorted(full):
        return 3
    if "".join(have) == "".join(full):
        return 3
    if _fits(have, full):
        return 2 if any(len(t) > 1 and t in full for t in have) else 1
    initials = "".join(t[0] for t in full)
    return 1 if len(full) > 1 and "".join(have) == initials else 0


def _fits(have: list[str], full: list[str]) -> bool:
    """Every token is a token of the name, or the initial of one, in the name's own order."""
    at = 0
    for token in have:
        while at < len(full) and not (token == full[at] or (len(token) == 1 and full[at][0] == token)):
            at += 1
        if at == len(full):
            return False
        at += 1
    return True
