"""Goals that need another person before, or besides, a mentor: told from everyday turns of phrase."""

from __future__ import annotations

import re
from functools import cache

from copilot.engines.local.goal_kinds import cues

# The same words as a field of work, or about helping others, are ordinary goals.
_ORDINARY = re.compile(
    r"\b(?:train|training|workshop|policy|policies|charity|campaign|app|product|research|thesis|paper"
    r"|law(?:yer)?|legal assistant|nurse"
    r"|counsell?or|coach|students?|clients?|patients?|prevention|awareness|book|talk|article|course"
    r"|software|startup|job|role"
    r"|career|work) (?:\w+ ){0,3}(?:on|about|in|for|with|against|against)\s+(?:\w+ ){0,3}$|\b(?:anti-?"
    r"|about |prevent\w* |against |study(?:ing)? "
    r"|avoid(?:ing)? |without )$",
    re.IGNORECASE,
)


@cache
def _compiled() -> dict[str, re.Pattern[str]]:
    return {name: re.compile("|".join(p), re.IGNORECASE) for name, p in cues()["sensitive"].items()}


def sensitive(text: str) -> str | None:
    """ "crisis", "harassment", "legal", "health" or "money", most urgent first; None for ordinary goals."""
    plain = text.replace("’", "'")
    for name, pattern in _compiled().items():
        for hit in pattern.finditer(plain):
            if name == "crisis" or not _ORDINARY.search(plain[: hit.start()]):
                return name
    return None
