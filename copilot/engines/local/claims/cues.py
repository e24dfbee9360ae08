"""Words that show what a sentence is not: withdrawn, restated, read aloud, or not in English."""

from __future__ import annotations

import re

from copilot.text import words

_I = re.IGNORECASE

_NOT_OF_MEMORY = r"(?<!never )(?<!n't )(?<!n’t )(?<!to )(?<!you )(?<!i )(?<!ll )"
WITHDRAWAL = re.compile(
    rf"\b(?:scratch that|strike that|scrap that|{_NOT_OF_MEMORY}forget (?:i (?:said|mentioned|asked)|"
    r"(?:that|it)\b(?! (?:bit|part))|what i(?: just)? said)|ignore (?:that|what i(?: just)? said)|"
    r"i(?:['’]ll| will)? (?:take|am taking|['’]m taking) (?:it|that|this) back|"
    r"on second thou?ghts?|disregard that|"
    r"i(?:['’]ve)? changed my mind(?: (?:on|about) (?:that|what))?|i was wrong (?:there|about that|earlier)|"
    r"(?:that|what i said)(?:['’]s| was| is) (?:bad|wrong|terrible|rubbish|stupid) advice)\b",
    _I,
)
"""The speaker takes back what was just said."""
_STATES = (
    r"(?:be|have|feel|see|hear|know|think|meet|eat|cry|sleep|understand|remember|hate|love|want|come|wonder|"
    r"excuse|forgive|do|get|take that)\b"
)
"""After "you must" these tell of how the other is, more often than what to do."""
PLAIN_ADVICE = re.compile(
    r"^\W*(?:(?:so|okay|ok|right|yeah|and|but|well|no|look|then|also|first|honestly|now|maybe)[\s,.]+)*"
    r"(?:you (?:really |definitely |probably |absolutely )?(?:should|ought to|must|need to)"
    rf"(?:n['’]t| not| never)? (?:always |never |really )?(?!{_STATES})|"
    r"i(?:['’]d| would)?(?: strongly| really| always)? (?:recommend|suggest|advise)\b"
    r"(?! (?:it|that|this)?\W*$)|(?:always|never) (?!(?:mind|again|ever|a|an|the|been|had|have|has|was|did|"
    r"in|really|got|knew|thought)\b)(?![a-z]+(?:[^s]s|ed|ing)\b)[a-z]+ |"
    r"my (?:main |only |first )?(?:advice|suggestion|recommendation)(?: (?:to|for) you)? (?:is|would be)\b)"
    r"[^?]{8,}$",
    _I,
)
"""Advice in the plainest words, which the labelled calls hardly have ("always goes down well" only tells)."""
EARLIER = re.compile(
    r"\b(?:(?:what|the (?:thing|bit|part)) (?:that )?i (?:said|told you|mentioned|suggested)|"
    r"i said (?:earlier|before)|"
    r"earlier i (?:said|told)|i told you earlier|what i said (?:earlier|before))\b",
    _I,
)
"""The speaker comes back to something said earlier in the call."""
UNPROMISE = re.compile(
    r"\b(?:(?:actually|oh|no|sorry|hang on|wait)\b[^.?!]{0,40}\bi (?:can(?:no|['’])t|won['’]t|shouldn['’]t|"
    r"probably (?:can['’]t|shouldn['’]t))|i(?:['’]d| had)? better not(?: promise)?|don['’]t hold me to|"
    r"i (?:shouldn['’]t|can(?:no|['’])t|won['’]t) promise|forget i offered|i take that back|"
    r"i(?:['’]m| am) not (?:going to|gonna) (?:be able|promise)|not (?:allowed|supposed) to)\b",
    _I,
)
"""A promise just made is taken back."""
RESTATES = re.compile(
    r"^\W*(?:(?:so|okay|ok|right|yeah|and|wait|sorry|um+|uh+|well|hang on)[\s,.]+)*"
    r"(?:you(?:['’]re| are) (?:saying|telling me)|what you(?:['’]re| are) saying|"
    r"if i(?:['’]ve)? (?:understood|got)|"
    r"you (?:said|mean|think|reckon|want me)|so i (?:should|need to|have to|shouldn['’]t)|"
    r"let me (?:repeat|say (?:it|that) back|play (?:it|that) back|check i)|in other words)\b",
    _I,
)
"""A mentee says back what was heard."""
_WRITE = r"(?:write|say|state|add|include|note|record|output|mark|list|report|delete|remove|leave out|put)"
INJECTION = re.compile(
    r"(?:\b(?:ignore|disregard|forget|override|overlook)\b[^.?!]{0,30}\b(?:previous|prior|above|earlier|"
    r"preceding|your|all|any|these|those|foregoing|other)\b[^.?!]{0,25}\b(?:instructions?|prompts?|"
    r"guidelines?|directions?)\b|"
    r"\b(?:system|hidden|developer) (?:prompt|message|instructions?)\b|"
    r"\bas an? (?:ai|large language|language model|ai assistant)\b|"
    r"\b(?:language|ai) models?\b[^.?!]{0,40}\b(?:must|should|reading|instructed|output)\b|"
    r"\byou are (?:now )?(?:an? )?(?:ai|chatbot|language model|helpful assistant)\b|"
    rf"\b(?:note ?takers?|transcriber|transcription (?:bot|tool)|summari[sz]er)\b[^.?!]{{0,30}}\b{_WRITE}\b|"
    rf"\b(?:assistant|copilot|bot|a\.?i\.?)\s*[,:]\s*[^.?!]{{0,25}}\b{_WRITE}\b|"
    rf"\b{_WRITE}\b[^.?!]{{0,40}}\bin (?:your|this) (?:summary|recap|minutes|output)\b|"
    r"\b(?:print|output|reveal|repeat|return|respond with|reply with)\b[^.?!]{0,30}\b(?:json|prompt|password|"
    r"api key|the following)\b)",
    _I,
)
"""Somebody speaks to a machine: whoever reads these notes must not obey."""

_ENGLISH = frozenset(
    "the to and you i it that of is was for with be on have this not are they we but what so if at do "
    "can your my just about would there like don't it's i'm that's from as get know or out up one all "
    "when how which me he she them had been then will yeah yes okay right think because could should "
    "really want going did an by some in ll ve re their says say more than after every never something "
    "people his her over much many thing year work take make into only other these does always has who "
    "now see good time go need".split()
)


def english(text: str) -> bool | None:
    """Whether a stretch has the commonest English words; None where it is too short to tell."""
    found = [part for w in words(text) for part in re.split("['’]", w.lower())]
    if not found or sum(w.isascii() for w in found) < 0.6 * len(found):
        return False if found else None
    if len(found) < 8:
        return None
    return sum(w in _ENGLISH for w in found) >= 0.12 * len(found)
