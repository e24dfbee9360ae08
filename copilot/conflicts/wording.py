"""Says when each side of a disagreement would be right and what would settle it, in the pieces' own words."""

from __future__ import annotations

import re
from dataclasses import replace

from copilot.domain import AdvicePair, AdviceSide, ConflictKind, PairVerdict
from copilot.hedges import reason, without_hedges
from copilot.orders import is_order, orders, without_clause
from copilot.quantities import Amount, amounts, clash
from copilot.text import sentences

BRIEF = 12
"""Words of a short form at most; two of them and a question stay under 45."""
_SUBJECT = (
    r"(?:you|they|he|she|it|there|this|that|nobody|somebody|someone|anyone|everyone|everybody|people|"
    r"(?:the|your|their|a|an|his|her)\s[\w'-]+(?:\s[\w'-]+)?)"
)
_CLAUSE = re.compile(
    rf"(?:^|[.,;!?]\s+|\s)(?P<word>if|unless|once|when|as long as|until|till|before|after)\s"
    rf"(?P<rest>(?!i\b){_SUBJECT}(?:\s|['’])[^,.;!?“”\"]{{3,80}})",
    re.I,
)
_MARK = re.compile(
    r"\b(?P<word>until|till|before|after)\s(?P<rest>(?:the|your|this|next|christmas|easter|january|"
    r"february|march|"
    r"april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|"
    r"thursday|friday|"
    r"saturday|sunday)\b(?:\s(?!and\b|or\b|so\b)[\w'-]+){0,4})",
    re.I,
)
_ASKED = re.compile(
    r"\b(?:ask|asking|know|see|wonder|check|find out|decide|say|tell|unsure|sure|"
    r"matter)(?:\s\w+){0,2}\s(?:if|when)$|"
    r"\b(?:date|day|time|moment|point|place)\swhen$|\b(?:even|only|as|what|and)\s(?:if|when)$",
    re.I,
)
_SELF = re.compile(r"\b(?:i|i['’]\w+|me|my|mine|we|we['’]\w+|us|our)\b", re.I)
_LATE = re.compile(r"\b(?:wait|later|leave (?:it|the|that)|hold off|until|till|after|not yet|last)\b", re.I)
_EARLY = re.compile(
    r"\b(?:now|already|today|tonight|tomorrow|first|soon|straight away|right away|immediately|early|at once|"
    r"this week|before|within)\b",
    re.I,
)
_DANGLING = re.compile(
    r"(?:[\s,]+(?:and|or|but|so|to|the|a|an|of|with|for|because|if|that|then|from|in|on|at|by|as|"
    r"your|my|not|you|"
    r"you'd|you're|it's|they|who|which|what|where|when|than|about|before|after|until|till))+$",
    re.I,
)
_BECAUSE = re.compile(r",?\s(?:because|so that)\s.*$", re.I | re.S)
_NOT = re.compile(r"^(?:do not|don['’]t|never|not|no)\b", re.I)


def worded(pair: AdvicePair, verdict: PairVerdict) -> PairVerdict:
    """The verdict with `when_a`, `when_b` and `settle` filled where the engine left them empty.

    Swapping the sides swaps `when_a` with `when_b`, and the two short forms in `settle`.
    """
    a, b = brief(pair.a.text), brief(pair.b.text)
    kind = verdict.kind or ConflictKind.DIRECT
    values = clash(amounts(pair.a.text), amounts(pair.b.text))
    if values and values[0].said == values[1].said:
        values = None
    when_a = _right(pair.a, a, b, kind, values[0] if values else None)
    when_b = _right(pair.b, b, a, kind, values[1] if values else None)
    if when_a == when_b:
        when_a, when_b = _generic(a, b, kind), _generic(b, a, kind)
    return replace(
        verdict,
        when_a=verdict.when_a or when_a,
        when_b=verdict.when_b or when_b,
        settle=verdict.settle or _question(a, b, kind, values),
    )


def brief(text: str) -> str:
    """What to do in at most BRIEF words: no condition ahead, no full stop, no quotation marks."""
    told = sentences(without_hedges(text)) or [text]
    first = next((s for s in told if orders(s)), told[0])
    plain = re.sub(r"[“”\"]", "", without_clause(first)).strip(" .,;:!?…–—-")
    if len(plain.split()) < 2:
        plain = re.sub(r"[“”\"]", "", text).strip(" .,;:!?…–—-") or text
    plain = _BECAUSE.sub("", plain) if len(_BECAUSE.sub("", plain).split()) >= 2 else plain
    said = plain.split()
    if len(said) <= BRIEF:
        return plain[:1].upper() + plain[1:]
    cut = " ".join(said[:BRIEF])
    ends = [
        m.start()
        for m in re.finditer(r",\s|\s(?=(?:because|so that|and then|but|until|till|before|if)\b)", cut)
    ]
    far = [e for e in ends if len(cut[:e].split()) >= 4]
    plain = cut[: far[-1]] if far else cut
    plain = _DANGLING.sub("", plain.rstrip(" ,;:")) or plain
    return plain[:1].upper() + plain[1:]


def _right(side: AdviceSide, own: str, other: str, kind: ConflictKind, value: Amount | None) -> str:
    """One sentence: what would have to be so for this side to be the one to follow."""
    if told := _circumstances(side):
        return told
    if (why := reason(side.text)) and _holds(side.text, why):
        return f"This is right if it is true in your case that {why}."
    if kind is ConflictKind.QUANTITATIVE and value:
        return f"This is right if “{value.said}” fits the time you have and the result you need."
    if kind is ConflictKind.TEMPORAL and bool(_LATE.search(own)) != bool(_EARLY.search(own)):
        if _LATE.search(own):
            return f"This is right if you lose nothing by waiting: “{own}”."
        return f"This is right if waiting would cost you more than acting early: “{own}”."
    if kind is ConflictKind.DIRECT and _NOT.match(own) and not _NOT.match(other):
        return f"This is right if “{other}” would cost or risk more than it brings you."
    return _generic(own, other, kind)


def _circumstances(side: AdviceSide) -> str:
    """A sentence from the condition or the moment that the piece names, or ""."""
    for text in (side.condition or "", side.text):
        plain = text.replace("’", "'").strip()
        for pattern in (_CLAUSE, _MARK):
            for found in pattern.finditer(plain):
                word, rest = found["word"].lower(), found["rest"].strip()
                ahead = plain[: found.end("word")]
                cut = _DANGLING.search(rest) or _SELF.search(rest) or _ASKED.search(ahead)
                often = word == "once" and re.match(r"(?:a|an|every|per)\b", rest, re.I)
                joined = often or re.search(r"\b(?:and|or|so|because)\b", rest)
                if (
                    cut
                    or joined
                    or len(rest.split()) > 14
                    or (text is side.text and _later(plain, found.start("word")))
                ):
                    continue
                return _under(word, rest)
    return ""


def _later(text: str, at: int) -> bool:
    """Does the place lie behind the first sentence, and so beside the point?"""
    return bool(re.search(r"[.!?]\s", text[:at].rstrip() + " ")) and at > 0


def _under(word: str, rest: str) -> str:
    if word == "before":
        return f"This is right if it can be done before {rest}."
    if word == "after":
        return f"This is right if it can wait until after {rest}."
    return f"This is right {'until' if word == 'till' else word} {rest}."


def _holds(text: str, why: str) -> bool:
    """Is the reason a whole statement that is not denied and not about the mentor?"""
    ahead = text[: text.find(why)] if why in text else text
    return (
        bool(re.match(rf"{_SUBJECT}(?:\s|['’]|,)", why, re.I))
        and not re.search(r"\bnot (?:just |only )?(?:because|so that)\s*$", ahead, re.I)
        and not re.search(r"\bso that\s*$|,\s*since\s*$", ahead, re.I)
        and not _SELF.search(why)
        and not re.search(r"\b(?:and|or|but|the|a|an|of|because|that)$", why, re.I)
        and not re.search(r"[.?!“”\"]", why)
        and len(why.split()) <= 18
    )


def _generic(own: str, other: str, kind: ConflictKind) -> str:
    return {
        ConflictKind.QUANTITATIVE: f"This is right if the amount in “{own}” suits your time and "
        f"goal better than "
        f"that in “{other}”.",
        ConflictKind.TEMPORAL: f"This is right if the moment in “{own}” suits your plan better than that in "
        f"“{other}”.",
        ConflictKind.PRIORITY: f"This is right if “{own}” cannot wait and “{other}” can.",
        ConflictKind.CONDITIONAL: f"This is right if your situation is the one meant by “{own}” and "
        f"not the one "
        f"meant by “{other}”.",
        ConflictKind.DIRECT: f"This is right if “{own}” brings you closer to your goal than “{other}” would.",
    }[kind]


def _question(a: str, b: str, kind: ConflictKind, values: tuple[Amount, Amount] | None) -> str:
    """A question to put to a mentor that would settle it; at most 45 words."""
    if kind is ConflictKind.QUANTITATIVE and values and not (values[0].said in a and values[1].said in b):
        return (
            f"“{values[0].said}” or “{values[1].said}”: which fits my case, "
            "and what would show me early that it is wrong?"
        )
    if is_order(a) and is_order(b) and not (_NOT.match(a) or _NOT.match(b)):
        one, other = _mine(a), _mine(b)
        if one and other:
            return f"Should I {one}{',' if ',' in one + other else ''} or {other}{_ENDS[kind]}"
    return _STARTS[kind].format(pick=f"“{a}” or “{b}”")


_ENDS = {
    ConflictKind.QUANTITATIVE: ", and what would show me early that the amount is wrong?",
    ConflictKind.TEMPORAL: ", and what would I lose by waiting?",
    ConflictKind.PRIORITY: ", if I can do only one of them in the next weeks?",
    ConflictKind.CONDITIONAL: ", and what about my situation decides that?",
    ConflictKind.DIRECT: "? What would you need to know about me to choose?",
}
_STARTS = {
    ConflictKind.QUANTITATIVE: "How much is right for me, {pick}, and what would show me early that "
    "it is wrong?",
    ConflictKind.TEMPORAL: "Which comes first for me, {pick}, and what would I lose by waiting?",
    ConflictKind.PRIORITY: "If I can do only one of these in the next weeks, {pick}, which one, and why?",
    ConflictKind.CONDITIONAL: "What about my situation decides between the two answers I got, {pick}?",
    ConflictKind.DIRECT: "I was told both things, {pick}: what would you need to know about me to choose?",
}
_TO_ME = (
    (r"\byour\b", "my"),
    (r"\byours\b", "mine"),
    (r"\byourself\b", "myself"),
    (r"\byou['’]re\b|\byou are\b", "I am"),
    (r"\byou were\b", "I was"),
    (r"\byou['’]ve\b", "I have"),
    (r"\byou['’]ll\b", "I will"),
    (r"\byou['’]d\b", "I would"),
    (r"\b(to|for|with|from|of|about|give|tell|show|send|help|get|let|makes?|gives?) you\b", r"\1 me"),
    (r"\byou$", "me"),
    (r"\byou\b", "I"),
)


def _mine(order: str) -> str:
    """An order as the one who got it would say it after "should I"; "" where that would not read well."""
    if re.search(r"\bI\b|[.?!:;]|\b(?:me|my|us|our)\b", order):
        return ""
    text = re.sub(r"^(?:please|just|then|also|maybe|perhaps),?\s+", "", order, flags=re.I)
    for pattern, mine in _TO_ME:
        text = re.sub(pattern, mine, text, flags=re.I)
    return text[:1].lower() + text[1:]
