"""Whether a text tells somebody to do something, so that "to", "should I" or "I will" may stand before it."""

from __future__ import annotations

import re

VERBS = frozenset(
    "accept add admit adopt agree aim allow answer apologise apologize apply appoint approach argue arrange "
    "ask assume attend avoid back backdate be become begin block book borrow bother break bring brush build "
    "buy calculate call cancel carry challenge change charge chase chat check choose claim clean clear close "
    "collect come commit compare complain consider contact copy count cover cross cut dare decide decline "
    "delay delegate delete deliver demo describe design dig discuss ditch do document double draft draw "
    "drop dump email end enjoy ensure enter establish expect explain explore face feel fight figure file "
    "fill find finish fire fix flag focus follow forget form forward frame get give go grab grow hand hang "
    "have head hear help hire hold ignore imagine improve include insist interview introduce invest invite "
    "join jot keep kill knock know land lead lean learn leave lend let limit line link list listen live log "
    "look lose make manage map mark meet mention mentor message mind mock move name negotiate note offer "
    "open order organise organize outline own pack paint park pass pause pay phone pick ping pitch place "
    "plan play post practise practice prepare present press pretend price print prioritise "
    "prioritize promise "
    "propose protect prove publish pull push put question quit quote raise reach read record redo reduce "
    "refer refuse register rehearse reinstate reject remember remind remove rent repair repeat rephrase "
    "replace reply report request research resign resist respond rest return review revise rewrite ring "
    "rule run save say schedule scrap search see sell send separate serve set settle shadow share shorten "
    "shout show shut sign sit sketch skip sleep slow smile sort speak spell spend split stand start state "
    "stay stick stop strip study submit suggest suppose swap tab take talk teach tell test text thank "
    "think tick tidy tie time touch track train travel treat trim trust try turn type update use visit "
    "volunteer wait walk warn watch wear weigh withdraw wonder work worry wrap write yell carve cook cycle "
    "drive fly dress cite code deploy debug refactor merge measure sand saw paint phrase apply gather steer "
    "drag lift load lower pour press roll shift snip spread stack stretch sweep switch throw trade turn "
    "holla buzz nip pop hop fetch gie gonnae haud hae whack shoot brief sound poke squeeze nudge reckon "
    "strike trial translate upload download attach book budget benchmark hunt network reconnect rebuild "
    "restart retake resit sponsor tackle target topple tweak undo unpack upgrade value verify vote "
    "re-read reread re-write re-do double-check".split()
)
"""Base forms that people give advice and make promises with."""
NOUN_TOO = frozenset(
    "aim answer block book budget call challenge change charge check claim code copy count cover cut demo "
    "design draft drop email end face file fire fix form frame hand head help interview land lead line link "
    "list log look map mark mention mentor message mind move name note offer order outline place plan play "
    "post practice price print promise question quote report request research rest return review ring rule "
    "run search shadow share show sign split stand start state stop study talk test text thank time touch "
    "track train trial turn update use value visit wait walk watch work worry network target brief sound "
    "point trade trust back load brush pitch record question people switch".split()
)
"""Verbs of VERBS that are nouns as often."""
_AFTER_NOUN = frozenset(
    "of is are was were isn't aren't has had would will can could 's and or in matters means counts".split()
)
_LEAD = re.compile(
    r"^(?:(?:do not|don['’]t|never|always|only|just|please|then|also|first|either|maybe|perhaps|definitely|"
    r"really|actively|quietly|simply|gently|politely|kindly|at least|instead),?\s+)+",
    re.I,
)
_CLAUSE_AHEAD = re.compile(
    r"^(?:if|when|once|unless|until|till|before|after|as soon as|whenever|where|while|for|in|on|by|at|from|"
    r"with|during|next|this|every|every time|each|instead of|tonight|tomorrow)\b[^.?!;]{2,160}?[,:]\s+"
    r"(?:then,?\s+)?(?P<main>.+)$",
    re.I | re.S,
)


def is_order(text: str) -> bool:
    """Does it start like an imperative ("Ask her first", "Do not sign yet")? No clause ahead is allowed."""
    return _verb_first(text.strip(" \"'“”"))


def orders(text: str) -> bool:
    """As `is_order`, or with its circumstances ahead: "If they say no, ask for a date"."""
    text = text.strip(" \"'“”")
    if _verb_first(text):
        return True
    return any(_verb_first(rest) for rest in _after_clauses(text))


def without_clause(text: str) -> str:
    """The order alone where its circumstances stand ahead of it, else the text."""
    text = text.strip()
    if is_order(text):
        return text
    main = next((rest for rest in _after_clauses(text) if _verb_first(rest)), "")
    return main[:1].upper() + main[1:] if main else text


def _after_clauses(text: str) -> list[str]:
    out: list[str] = []
    found = _CLAUSE_AHEAD.match(text)
    while found and len(out) < 4:
        out.append(found["main"])
        ahead = re.match(r"[^.?!;,:]{1,60}[,:]\s+(?P<main>.+)$", found["main"], re.S)
        found = ahead
    return out


def _verb_first(text: str) -> bool:
    led = _LEAD.match(text)
    rest = text[led.end() :] if led else text
    first = re.match(r"[A-Za-z]+(?:-[a-z]+)?(?!['’])\b", rest)
    if not first or first[0].lower() not in VERBS:
        return False
    verb, after = first[0].lower(), rest[first.end() :].split()
    if led and re.match(r"(?:do not|don['’]t|never|please)\b", text, re.I):
        return True
    if verb in NOUN_TOO and after and after[0].lower().strip(",.:;") in _AFTER_NOUN:
        return False
    return not (verb in NOUN_TOO and rest[first.end() : first.end() + 1] in {",", ":"})
