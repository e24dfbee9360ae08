"""Sentences fit to retell: whole ones without chatter, and the same in fewer words."""

from __future__ import annotations

import re

from copilot.engines.local.rewrite import capital, stop
from copilot.orders import orders

OWN = re.compile(r"\b(?:i|i['’]\w+|me|my|mine|we|we['’]\w+|us|our)\b", re.IGNORECASE)
SMALL_TALK = re.compile(
    r"\b(?:hear me|can you hear|camera|on mute|sorry|coffee|battery|wifi|headset|stand-?up at|"
    r"quarter to|kettle|"
    r"doorbell|whistle|thank you|cheers|bye|hello|hiya|never mind|hang on)\b",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|am|has|have|had|do|does|did|will|would|can|could|should|must|might|may|"
    r"isn't|aren't|"
    r"wasn't|don't|doesn't|didn't|won't|can't|couldn't|wouldn't|haven't|hasn't|got|went|said|told|"
    r"asked|wants?|"
    r"needs?|thinks?|says?|gets?|goes|comes?|makes?|means|looks?|works?|decides?|knows?)\b|"
    r"\w['’](?:s|re|m|ve|ll|d)\b|"
    r"\b\w{3,}ed\b",
    re.IGNORECASE,
)
LOOSE_END = re.compile(
    r"(?:\b(?:and|or|but|so|to|the|a|an|of|with|for|because|if|that|then|from|since it|since|which|"
    r"who|can you|my|"
    r"your|their|like|it's)|[,…–—-]|\.\.\.)\s*[.!?]?$",
    re.IGNORECASE,
)
_LOOSE_START = re.compile(
    r"^(?:which|who|because|cause|than|not|of course|or|as|like|to|with|for example)\b", re.IGNORECASE
)


def whole(text: str) -> bool:
    """A sentence that stands alone: something is said of something, no loose ends, no small talk."""
    count = len(text.split())
    return (
        count >= 4
        and bool(_FINITE.search(text) or orders(text))
        and not LOOSE_END.search(text)
        and not _LOOSE_START.match(text)
        and not SMALL_TALK.search(text)
        and not re.search(r"[\"“”]", text)
    )


_PADDING = re.compile(
    r"\b(?:just|really|actually|basically|probably|maybe|perhaps|obviously|honestly|definitely|"
    r"literally|quite|"
    r"i think|i suppose|i guess|i reckon|i would say|to be honest|or something(?: like (?:this|that))?|"
    r"something like (?:this|that)|and (?:all that|things|stuff)|or whatever|at all|by the way|of course|"
    r"if you like|if you see what i mean|right\?)(?:,\s*|\s+|(?=[.?!]|$))",
    re.IGNORECASE,
)
_REASON = re.compile(r",?\s+(?:because|cause|'cause|since you|so that you)\b[^.?!]*\??", re.IGNORECASE)


def dense(text: str) -> str:
    """The same without padding words, and without its reasons where it is long; for summaries."""
    if text.startswith("“"):
        return text
    out = _PADDING.sub("", text)
    if len(out.split()) > _LONG:
        out = _REASON.sub(lambda m: "." if m[0].endswith("?") else "", out)
    out = re.sub(r"\s+([,.;:!?])", r"\1", " ".join(out.split())).replace(",.", ".").strip(" ,")
    out = re.sub(r"(?<=[.?!] )[a-z]", lambda m: m[0].upper(), out)
    return stop(capital(out)) if len(out.split()) >= 2 else text


_LONG = 18
"""Words from which on reasons are left out."""
