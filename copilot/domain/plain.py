"""Model text made plain: no markup, one line, bounded; and sentences that address a machine set aside."""

from __future__ import annotations

import re

from copilot.text import sentences

_LINK = re.compile(r"!?\[([^\]\[]*)\]\((?:[^()]|\([^()]*\))*\)")
_TAG = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|</?[a-zA-Z][^<>]*>", re.DOTALL | re.IGNORECASE)
_MARKS = re.compile(
    r"(?m)^\s{0,3}(?:#{1,6}\s+|>\s+|[-*+]\s+|\d+[.)]\s+)|[*`~]{1,3}|(?<!\w)_{1,2}|_{1,2}(?!\w)"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ROLE_TAG = re.compile(r"</?(?:system|assistant|user|human|inst|im_start|im_end)[^<>]*>|\[/?INST\]", re.I)
_MACHINE = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instructions?|prompts?|rules|above|previous)\b"
    r"|\b(?:system|developer) (?:prompt|message|instructions?)\b|\byou are (?:now|no longer) (?:a|an"
    r"|the|in|bound)\b"
    r"|\b(?:print|output|reveal|reply|respond|answer|repeat)\b.{0,30}\b(?:only|with|exactly|verbatim"
    r"|prompt|api key)\b"
    r"|\bas an? (?:ai|language model)\b|\bjailbreak|\bnew instructions\b|</?(?:system|assistant|user"
    r"|inst)\b"
    r"|\b(?:mark|treat|rate|score|classify) (?:this|my|the) (?:goal|session|item)\b"
    r"|\bset (?:specific|missing|fits_minutes) (?:to|=)|\[/?inst\]",
    re.IGNORECASE | re.DOTALL,
)


def plain(text: str, limit: int) -> str:
    """One line without markup, at most `limit` characters, cut at a word. [Brackets] stay."""
    line = _TAG.sub(" ", _LINK.sub(r"\1", _CONTROL.sub(" ", text)))
    line = " ".join(_MARKS.sub("", line).split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    if not line[limit - 1].isspace() and not cut[-1:].isspace() and " " in cut:
        cut = cut.rsplit(None, 1)[0]
    return cut.rstrip(",;:-– ") + "…"


def for_people(text: str) -> str:
    """The text without the sentences that try to instruct a language model; may be empty."""
    lines = _ROLE_TAG.sub("\n", text).splitlines()
    kept = [s for line in lines for s in sentences(line) if not _MACHINE.search(s)]
    return " ".join(" ".join(kept).split())
