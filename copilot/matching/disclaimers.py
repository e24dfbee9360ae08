"""Disclaimers in a profile ("Not good for: frontend"): found by rule, because they count against."""

from __future__ import annotations

import re

_NOT = r"(?:can['’]?t|cannot|can not|don['’]?t|do not|won['’]?t|will not|am not able to|am unable to)"
_HELP = (
    r"(?:help|advise|coach|mentor|teach|do|look|review|read|take|cover|offer|touch|give|answer|discuss|talk"
    r"|act|influence)"
)
_POOR = (
    r"(?:good|great|strong|useful|helpful|ideal|suited|suitable|interested|qualified|available"
    r"|the (?:right|best) (?:person|one|mentor)|your (?:person|mentor)|a (?:good )?fit|much (?:use|help))"
)
_TO = r"(?:\s*\b(?:for|at|on|with|in|into|if|about|to|of)\b)?"
_CON = r"(?:\s*\b(?:con|de|sobre|en)\b)?"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bnot (?:so |very |really |much |particularly )?{_POOR}\b{_TO}",
        rf"\bwhat I {_NOT} (?:do|offer|give|help with) is\b(?:\s*to\b)?",
        rf"\b(?:I|we)\s+(?:really |also |sadly |simply )?{_NOT}\s+(?:really )?{_HELP}\b(?:\s*\byou\b)?{_TO}",
        r"\b(?:don['’]?t|do not|never)\s+(?:ask|bring|come|send|expect|contact|write|book|approach)\b"
        rf"(?:\s*\bto\b)?(?:\s*\bme\b)?(?:\s*\bhere\b)?{_TO}",
        r"^(?:and |but )?not (?:on|for|in|at|about|with)\b",
        r"\bI(?:['’]m| am) not (?:a|an|your|the)\b",
        r"\bI(?:['’]m| am) a (?:poor|bad|terrible) (?:judge|teacher|guide|coach) (?:of|for|in|on)\b",
        r"\b(?:I )?(?:know|understand) (?:nothing|little|next to nothing) (?:about|of)\b",
        r"\bI (?:don['’]?t|do not) (?:know|understand)\b(?: (?:anything|much) about\b)?",
        r"\b(?:nothing|no questions?|no requests?) (?:about|on|for)\b",
        r"^no (?=[\w\s,/-]+,? please\b)",
        rf"\b(?:go|look|ask) (?:elsewhere|(?:somebody|someone|somewhere) else)\b{_TO}",
        rf"\bno (?:puedo|sé|soy|hago|acepto|atiendo|ayudo)\b(?:\s*\b(?:ayudar|un|una)\b)?{_CON}",
        rf"\b(?:nada de|no me (?:preguntes?|pidas?))\b{_CON}",
        r"\b(?:ich (?:kann|bin) (?:leider )?(?:nicht|kein\w*)|nicht geeignet)\b(?:\s*\b(?:für|bei|mit)\b)?",
        r"\bje ne (?:peux|sais|suis) pas\b(?:\s*\b(?:aider|un|une|avec|sur|pour)\b)*",
        r"\bne me demandez pas\b(?:\s*\b(?:de|sur)\b)?",
    )
)
_ELSEWHERE = re.compile(
    r"^(?:and |but )?(.{3,80}?)\s+(?:is|are)(?:n['’]t| not) (?:really )?my "
    r"(?:department|thing|area|field|job|strength|strong suit|cup of tea)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\bfor (.{3,80}?),? (?:please )?(?:go|look|ask) (?:elsewhere|(?:somebody|someone|somewhere) else)\b",
    re.IGNORECASE,
)
# Where the reasons begin, what is refused has been said.
_TAIL = re.compile(
    r"(?:[,:]\s+|\s+)(?=(?:because|since|so please|if I|and I|I|I['’](?:m|ve|d)|they|it|that|there)\b)|:\s",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r";\s+|\s[–—-]\s|,\s+(?=(?:but|so for|pero|aber|mais)\b)|,\s+(?=and [^,]{3,80}(?:n['’]t| not) my )"
    r"|\s(?=(?:and|but) I (?:can['’]?t|cannot|don['’]?t|won['’]?t)\b)"
)


def refused_subject(clause: str) -> str | None:
    """What a clause says the mentor will not do; None when it is no disclaimer."""
    for turned in (_ELSEWHERE, _OTHERS):
        hit = turned.search(clause)
        if hit:
            return hit[1]
    for pattern in _PATTERNS:
        hit = pattern.search(clause)
        if hit:
            return _TAIL.split(clause[hit.end() :].strip(" .,:;!?-–—"), maxsplit=1)[0] or clause
    return None


def clauses(sentence: str) -> list[str]:
    """Parts of a sentence that may differ in polarity; each is a substring of it, in order."""
    out = []
    start = 0
    for gap in _CLAUSE.finditer(sentence):
        out.append(sentence[start : gap.start()].strip())
        start = gap.end()
    out.append(sentence[start:].strip())
    return [clause for clause in out if clause]
