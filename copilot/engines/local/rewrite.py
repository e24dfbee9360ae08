"""Spoken advice and promises in short plain wording, by rule where that is safe; else as it was said."""

from __future__ import annotations

import re

from copilot.text import sentences

_I = re.IGNORECASE
_FILLER = re.compile(
    r"(?:,\s*)?\b(?:um+|uh+|erm?|em|you know|i mean|sort of|kind of)\b(?:\s*,|(?=\s|[.?!]|$))|,\s*like(?=,)|"
    r"\[[a-z ]{3,12}\]",
    _I,
)
_STUTTER = re.compile(
    r"\b(i|i'm|i'd|i'll|you|we|they|he|she|the|a|an|to|and|of|in|on|is|was|for|my|your|with|so|but|if|it's|that's)"
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
        (rf"^i(?:['’]d| would) {_SOFT}(?:like|want|love) {_YOU} to\s+", ""),
        (rf"^i want {_YOU} to\s+", ""),
        (
            rf"^what i(?:['’]d| would) {_SOFT}do(?: (?:there|here|instead|first|now))?(?: is|,|"
            rf" ['’]s) (?:to )?(?:i(?:['’]d| would) )?",
            "",
        ),
        (
            rf"^i(?:['’]d| would) {_SOFT}(?!be\b|have\b|love\b|like\b|say\b|hate\b|rather\b|think\b|"
            rf"guess\b|imagine\b|expect\b)",
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
            rf"^{_YOU}(?:['’]ll| will)? {_SOFT}(?:should|must|ought to|need to|want to|have to|gotta|"
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
_PROMISE = re.compile(
    rf"^(?:i(?:['’]?ll| will| shall|['’]m (?:going to|gonna|gunna)| can| could|['’]m)|"
    rf"let me)\s+{_SOFT}(?:go and |try (?:to|and) )?",
    _I,
)


def tidy(said: str) -> str:
    """The words as said without fillers, stutters and opening noises; starts with a capital."""
    text = _FILLER.sub(" ", said.replace("’", "'"))
    text = re.sub(r"\s+([,.;:!?])", r"\1", " ".join(text.split()))
    text = _STUTTER.sub(r"\1", text)
    rest = _OPENING.sub("", text).lstrip(" ,.;:-–—…")
    return _capital(rest if len(rest.split()) >= 2 else text.lstrip(" ,.;:-–—…") or said)


def imperative(said: str) -> str:
    """Advice in the imperative, sentence by sentence, where a rule surely applies, else `tidy(said)`."""
    return " ".join(_imperative(s) for s in sentences(said)) or said


def _imperative(said: str) -> str:
    plain = tidy(said)
    conditional = _CONDITION.match(plain)
    if conditional:
        main = _advise(conditional["main"])
        if main is None:
            return _stop(plain)
        return _stop(_capital(f"{conditional['cond']}, {main[:1].lower()}{main[1:]}"))
    main = _advise(plain)
    if main is None:
        return _stop(plain)
    return _stop(_capital(main.rstrip(" ?") if main.startswith("Consider") else main))


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
    if out == text:
        return None
    first = re.split(r"[.;?!]", out)[0]
    if (
        _FIRST_PERSON.search(first)
        or len(out.split()) < 2
        or re.match(r"(?:do not )?(?:it|that|this|the|a|an)\b", out, _I)
    ):
        return None
    return out


def condition(said: str) -> str | None:
    """The clause under which the advice holds ("if they say no", "until the panel"), as said, or None."""
    for found in _CLAUSE.finditer(said):
        clause = found["cond"].strip()
        if 3 <= len(clause.split()) <= 18 and not re.match(r"if i (?:were|was) you\b", clause, _I):
            return clause
    return None


def task(said: str) -> str:
    """A promise as a task ("Send you the rubric"), else the words as said."""
    plain = tidy(said)
    out = _PROMISE.sub("", plain, count=1)
    if out == plain or len(out.split()) < 2:
        inner = re.search(r"\b(?:i['’]ll|i will|i['’]m going to|i['’]m gonna)\s+(.*)$", plain, _I | re.S)
        out = inner[1] if inner and len(inner[1].split()) >= 2 else plain
    return _stop(_capital(out))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _stop(text: str) -> str:
    text = text.rstrip(" ,;:-–—")
    return text if text[-1:] in ".?!" else text + "."


_PADDING = re.compile(
    r"\b(?:just|really|actually|basically|probably|maybe|perhaps|obviously|honestly|definitely|literally|quite|"
    r"i think|i suppose|i guess|i reckon|i would say|to be honest|or something(?: like (?:this|that))?|"
    r"something like (?:this|that)|and (?:all that|things|stuff)|or whatever|at all|by the way|of course|"
    r"if you like|if you see what i mean|right\?)(?:,\s*|\s+|(?=[.?!]|$))",
    _I,
)
_REASON = re.compile(r",?\s+(?:because|cause|'cause|since you|so that you)\b[^.?!]*", _I)
_PERSON: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(p, _I), r)
    for p, r in (
        (r"\bi['’]m\b", "they are"),
        (r"\bi am\b", "they are"),
        (r"\bi was\b", "they were"),
        (r"\bi['’]ve\b", "they have"),
        (r"\bi['’]ll\b", "they will"),
        (r"\bi['’]d\b", "they would"),
        (r"\bi\b", "they"),
        (r"\bmyself\b", "themselves"),
        (r"\bmine\b", "theirs"),
        (r"\bmy\b", "their"),
        (r"\bme\b", "them"),
    )
)


def dense(text: str) -> str:
    """The same without padding words, and without its reasons where it is long; for summaries."""
    out = _PADDING.sub("", text)
    if len(out.split()) > _LONG:
        out = _REASON.sub("", out)
    out = re.sub(r"\s+([,.;:!?])", r"\1", " ".join(out.split())).replace(",.", ".").strip(" ,")
    out = re.sub(r"(?<=[.?!] )[a-z]", lambda m: m[0].upper(), out)
    return _stop(_capital(out)) if len(out.split()) >= 2 else text


_LONG = 18
"""Words from which on reasons are left out."""


def of_person(text: str) -> str:
    """What somebody said of themselves, told of them: "I'm staying" -> "They are staying"."""
    for pattern, replacement in _PERSON:
        text = pattern.sub(replacement, text)
    return _capital(text)


def lower_first(text: str) -> str:
    """First letter small, unless the first word is "I", a name or an abbreviation in capitals."""
    first = text.split(maxsplit=1)[0] if text.split() else ""
    if re.match(r"I(?:['’]|$)", first) or sum(c.isupper() for c in first) > 1:
        return text
    return text[:1].lower() + text[1:]
