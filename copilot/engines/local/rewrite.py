"""Spoken advice and promises in short plain wording, by rule where that is safe; else as it was said."""

from __future__ import annotations

import re

from copilot.orders import is_order, orders
from copilot.text import sentences

_I = re.IGNORECASE
_FILLER = re.compile(
    r"(?:,\s*)?\b(?:um+|uh+|erm?|em|you know|i mean|sort of|kind of)\b(?:\s*,|(?=\s|[.?!]|$))|,\s*like(?=,)|"
    r"\[[a-z ]{3,12}\]",
    _I,
)
_STUTTER = re.compile(
    r"\b(i|i'm|i'd|i'll|you|we|they|he|she|the|a|an|to|and|of|in|on|is|was|for|my|your|with|so|but|"
    r"if|it's|that's)"
    r"(?:,? \1\b)+",
    _I,
)
_OPENING = re.compile(
    r"^(?:(?:so|well|okay|ok|right|and|but|no(?=[,.])|yeah|yes|yep|aye|ah|oh|och|look|listen|honestly|anyway|"
    r"then|also|see|sure|fine|actually|basically|obviously|personally|frankly|genuinely|i think|i guess|"
    r"i suppose|i(?:['’]d| would) say|to be honest|if you ask me|if i (?:were|was) you|for me|in my view|"
    r"the (?:main |other |first |second |last )?thing is|what i mean is|"
    r"my (?:honest )?(?:advice|view|tip|rule|suggestion)(?: is| would be)?(?: to)?|the trick is(?: to)?|"
    r"plus|cause|because|again|exactly|good|great|cool|lovely|hm+|mm+|now|mind you)\b[\s,.:;…—–-]*)+",
    _I,
)
_SOFT = (
    r"(?:(?:probably|just|really|definitely|always|still|honestly|maybe|personally|strongly|actually|also|"
    r"certainly|seriously)\s+)*"
)
_YOU = r"(?:you|ye|youse|y['’]all)"
_ADVISE: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(p, _I), r)
    for p, r in (
        (r"^if i (?:were|was) you,? ?", ""),
        (rf"^i(?:['’]d| would) {_SOFT}(?:not|never)\s+", "Do not "),
        (rf"^i (?:wouldn['’]?t|shouldn['’]?t) {_SOFT}", "Do not "),
        (rf"^i(?:['’]d| would) {_SOFT}(?:suggest|recommend|advise)(?: that)? {_YOU}\s+", ""),
        (rf"^i(?:['’]d| would) {_SOFT}(?:like|want|love) {_YOU} to\s+(?!have \w+(?:ed|en|ent|one)\b)", ""),
        (rf"^i want {_YOU} to\s+", ""),
        (
            rf"^i(?:['’]d| would) {_SOFT}(?:be (?:inclined|tempted) to|aim to|try (?:to|and)|go and|"
            rf"away and)\s+",
            "",
        ),
        (r"^(?:away|go) and\s+", ""),
        (rf"^{_YOU} could do worse than(?: to)?\s+", ""),
        (
            r"^(?:it would(?:n['’]t| not)|there(?:['’]d| would) be no) (?:hurt|harm) (?:to\s+|"
            r"in\s+(?=\w+ing))",
            "",
        ),
        (r"^there(?:['’]s| is) no harm in\s+(?=\w+ing)", "Consider "),
        (
            rf"^{_YOU}(?:['’]re| are|['’]d be| would be) (?:better(?: off)?|best(?: off)?|as "
            rf"well)\s+(?=\w+ing)",
            "Consider ",
        ),
        (rf"^{_YOU}(?:['’]re| are) (?:better|best)(?: off)? to\s+", ""),
        (rf"^(?:better|best)(?: if)? (?:{_YOU}|to)\s+", ""),
        (rf"^(?:the )?best (?:thing|way)(?: {_YOU} can do)?(?: is|['’]s) to\s+", ""),
        (
            rf"^what {_YOU}(?:['’]ll| will)? (?:want to |need to |should )?do(?: \w+){{0,2}}? is,? "
            rf"(?:{_YOU} |to )?",
            "",
        ),
        (r"^(?:perhaps|maybe|just|go ahead and)[, ]\s*", ""),
        (
            rf"^what i(?:['’]d| would) {_SOFT}do(?: \w+){{0,4}}?(?: is,?|,| ['’]s) "
            r"(?:to )?(?:(?:i(?:['’]d| would)|you(?:['’]d)?) )?",
            "",
        ),
        (
            rf"^i(?:['’]d| would) {_SOFT}(?!be\b|have\b(?! (?:a|an|the|your)\b)"
            r"|love\b|like\b|say\b|hate\b|rather\b|think\b|guess\b|"
            r"imagine\b|expect\b|\w+(?:ed|own|ght|oken|itten)\b|(?:been|gone|got|had|made|sent|lost|"
            r"left|told|"
            r"said|done|given|taken|seen|met|kept|never|spent|won|paid|heard|known|begun)\b)",
            "",
        ),
        (
            rf"^{_YOU} (?:shouldn['’]?t|should not|mustn['’]?t|must not|should never|don['’]t want to|"
            rf"can['’]t afford to)\s+",
            "Do not ",
        ),
        (rf"^{_YOU}(?:['’]d| had)? better not\s+", "Do not "),
        (rf"^{_YOU}(?:['’]d| had)? better\s+", ""),
        (rf"^{_YOU}(?:['’]ve| have)(?: got)? to\s+", ""),
        (
            rf"^{_YOU}(?:['’]ll| will)? {_SOFT}(?:should|must|ought to|need to|want to|have to|"
            rf"gotta|oughta|might could|"
            rf"might want to|may want to|could)\s+{_SOFT}(?!be able|see\b|find that)",
            "",
        ),
        (
            rf"^(?:have {_YOU} (?:thought about|considered)|how about|what about|consider)\s+(?=\w+ing\b)",
            "Consider ",
        ),
        (rf"^(?:why don['’]?t {_YOU}|why not)\s+", "Consider: "),
        (r"^(?:do not|don['’]?t|dont)\s+(?:you (?!\w+ing))?", "Do not "),
        (r"^please,?\s+", ""),
        (r"^(?:it['’]s|it is) worth\s+(?=\w+ing)", "Consider "),
        (r"^(?:make sure)(?: that)?\s+", "Make sure "),
    )
)
_CONDITION = re.compile(
    r"^(?P<cond>(?:if|when|once|unless|until|before|after|as soon as|whenever|where)\b[^,.?!]{4,120}?),?\s+"
    r"(?:then,?\s+)?(?P<main>(?:i(?:['’]d| would| wouldn['’]?t| shouldn['’]?t)|you (?:should|"
    r"shouldn['’]?t|must|need to|"
    r"have to|want to|could|ought to)|you(?:['’]d| had)? better|don['’]?t|do not|just)\b.*)$",
    _I | re.S,
)
_CLAUSE = re.compile(
    r"\b(?P<cond>(?:only |even |but )?(?:if|when|once|unless|until|till|before|after|as soon as|"
    r"as long as|whenever|"
    r"in case|provided)\s+(?:you|your|it|they|he|she|the|that|there|anyone|anybody|someone|somebody|"
    r"people|i|we|"
    r"this|nobody|everyone|a|an|any|the)\b[^,.;?!]*)",
    _I,
)
_FIRST_PERSON = re.compile(r"\b(?:i|i['’](?:m|d|ll|ve)|my|mine|myself|we|our|us)\b", _I)


def tidy(said: str) -> str:
    """The words as said without fillers, stutters and opening noises; starts with a capital."""
    text = _FILLER.sub(" ", said.replace("’", "'"))
    text = re.sub(r"\s+([,.;:!?])", r"\1", " ".join(text.split()))
    text = _STUTTER.sub(r"\1", text)
    rest = _OPENING.sub("", text).lstrip(" ,.;:-–—…")
    return capital(rest if len(rest.split()) >= 2 else text.lstrip(" ,.;:-–—…") or said)


_FOR_YOU = re.compile(
    r"^(?:for your part|for my part|in your (?:place|shoes|position|case)|with that|in that case|on "
    r"(?:my|your) "
    r"side|at your stage|as for (?:me|that)|from my side|same goes for \w+),?\s+",
    _I,
)
"""Says nothing but that advice follows."""
_AHEAD = re.compile(
    r"^(?P<pre>(?:the (?:first|last|next)|for|in|from|by|on|at|after|before|during|with|"
    r"until|once a|next|this|"
    r"every)\b[^,.?!;]{2,60}?),?\s+"
    r"(?P<main>(?:i(?:['’]d| would| wouldn['’]t)|you (?:should|must|need to|have to|want to))\b.+)$",
    _I | re.S,
)
_STORY = re.compile(
    r"^(?:if i (?:could (?:choose|do|go|start|have)|had\b|hadn['’]t|were (?:young|starting|back)|"
    r"was (?:young|"
    r"starting|back))|when i was|back then|looking back|knowing what i|if i['’]d)\b",
    _I,
)
_MORE = re.compile(rf"(?<=[,;])(?P<and> (?:and |or |but )?(?:then )?)i(?:['’]d| would) {_SOFT}(?=\w+)", _I)
_AND = re.compile(
    rf"\b(?P<and>(?:and|or|but)(?: then)? )i(?:['’]d| would) {_SOFT}(?!\w+(?:ed|own|ght)\b)", _I
)
_YOU_DO = re.compile(
    rf"^(?:then )?{_YOU} (?P<rest>(?:always |never |just )?(?!put\b|cut\b|set\b|read\b|let\b|quit\b|"
    rf"shut\b|hit\b|"
    r"get\b|know\b|think\b|feel\b|see\b|need\b|lose\b|find\b|have\b|hear\b|become\b|come\b|look\b|"
    r"sound\b|work\b|live\b|seem\b|expect\b|suppose\b|mean\b|start\b)[a-z]+\b.*)$",
    _I | re.S,
)
_SARCASM = re.compile(
    r"^(?:oh|aye|yeah|yes|sure|brilliant|lovely|great|och|right)\b,?\s*(?:yes|yeah|aye|sure|right|do)?\b", _I
)
_SERIOUSLY = re.compile(
    r"^(?:no|nah|naw|but no)[,.]\s+\w|^(?:seriously|joking aside|jokes aside|kidding|i['’]m "
    r"(?:joking|kidding)|"
    r"no,? really|be sensible|in earnest)\b",
    _I,
)
_BE = re.compile(r"^be (?:sensible|serious|honest|real|fair)\W*$", _I)
WORDS = 30
"""Words of advice after which no further sentence is taken along."""


def advice(said: str) -> str:
    """What to do, short: the first sentence that tells it, and what follows while it fits WORDS.

    As `imperative` where no sentence tells somebody to do something.
    """
    told = [(s, _imperative(s)) for s in meant(sentences(said))]
    first = next((i for i, (_, text) in enumerate(told) if orders(text)), None)
    if first is None:
        return _fitting([text for _, text in told]) or imperative(said)
    before = told[first - 1][0] if first else ""
    if re.match(r"(?:do not|don't|not) .*", tidy(before), _I) and len(before.split()) <= 10:
        first -= 1
    return _fitting([text for _, text in told[first:]])


def meant(said: list[str]) -> list[str]:
    """Without what was said in jest before "No, …"."""
    for i, one in enumerate(said):
        if i and _SERIOUSLY.match(one) and _SARCASM.match(said[0]):
            rest = said[i:]
            while len(rest) > 1 and _BE.match(tidy(rest[0]).rstrip(".!")):
                rest = rest[1:]
            return rest
    return said


def _fitting(told: list[str]) -> str:
    out: list[str] = []
    for text in told:
        if out and sum(len(t.split()) for t in [*out, text]) > WORDS:
            break
        if out and _ASIDE.match(text):
            break
        out.append(text)
    return " ".join(out)


_ASIDE = re.compile(
    r"^(?:i|i['’]\w+|my|we|nobody|it['’]s|that['’]s|they['’]\w+|he['’]s|she['’]s|there['’]s|because)\b", _I
)
"""Opens a sentence that gives a reason or tells of the speaker: not needed to act."""


def imperative(said: str) -> str:
    """Advice in the imperative, sentence by sentence, where a rule surely applies, else `tidy(said)`."""
    return " ".join(_imperative(s) for s in sentences(said)) or said


def _imperative(said: str) -> str:
    plain = tidy(said)
    if _STORY.match(plain):
        return stop(plain)
    told = _FOR_YOU.sub("", plain)
    ahead = _CONDITION.match(told) or _AHEAD.match(told)
    if ahead:
        groups = ahead.groupdict()
        circumstances, main = groups.get("cond") or groups["pre"], _advise(ahead["main"])
        if main is None or not is_order(main):
            return stop(plain)
        return stop(capital(f"{circumstances}, {main[:1].lower()}{main[1:]}"))
    main = _advise(told)
    if main is None:
        return stop(capital(told) if told != plain and orders(told) else plain)
    return stop(capital(main.rstrip(" ?") if main.startswith("Consider") else main))


def _advise(text: str) -> str | None:
    """The imperative form, or None where the rules would leave a wrong or first-person sentence."""
    out = text
    for _ in range(3):
        before = out
        for pattern, replacement in _ADVISE:
            out = pattern.sub(replacement, out, count=1)
        out = re.sub(rf"^{_SOFT}", "", out, count=1, flags=_I) if out != before else out
        if out == before:
            break
    habit = _YOU_DO.match(out)
    if habit and is_order(habit["rest"]) and not re.search(r"^\w+ and (?:it|he|she|they)\b", habit["rest"]):
        out = re.sub(rf"(, (?:and |then )*){_YOU} (?=[a-z]+ )", r"\1", habit["rest"], flags=_I)
    if out == text:
        return None
    out = _AND.sub(r"\g<and>", _MORE.sub(r"\g<and>", out))
    first = re.split(r"[.;?!]", out)[0]
    if _FIRST_PERSON.search(first) or len(out.split()) < 2 or _NO_ORDER.match(out):
        return None
    return out


_NO_ORDER = re.compile(
    r"(?:do not )?(?:it|that|this|the|a|an|there|he|she|they|you|your|some|if|when|not|as|to|is|are|"
    r"was)\b(?!['’]t)",
    _I,
)


def condition(said: str) -> str | None:
    """The clause under which the advice holds ("if they say no", "until the panel"), as said, or None."""
    for found in _CLAUSE.finditer(said):
        clause = found["cond"].strip()
        if 3 <= len(clause.split()) <= 18 and not re.match(r"if i (?:were|was) you\b", clause, _I):
            return clause
    return None


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def stop(text: str) -> str:
    text = text.rstrip(" ,;:-–—")
    return text if text[-1:] in ".?!" else text + "."
