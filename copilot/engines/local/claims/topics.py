"""What a claim is about: a noun phrase of one to three of its own words, or nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from math import log

from copilot.engines.local.claims.patterns import VERBS
from copilot.orders import NOUN_TOO
from copilot.orders import VERBS as ORDER_VERBS

STOP = frozenset(
    "a an the to of in on for and or but nor so if then than that this these those there here it its it's "
    "he she they we you i me my mine your yours his her hers their theirs our ours him them us who whom "
    "whose which what when where why how is are was were be been being am do does did done doing have has "
    "had having will would can could should may might must shall not no yes with without by at from as "
    "into onto out up down off over under about again all any both each few more most other some such "
    "only own same too very just also even still well oh um uh er okay ok right yeah like really actually "
    "maybe probably get gets got getting go goes going went gone come comes came thing things bit lot "
    "kind sort way one ones two three four five six seven eight nine ten first second next last now today "
    "tomorrow tonight week weeks day days time times monday tuesday wednesday thursday friday saturday "
    "sunday before after until till because since while let make makes made take takes took put puts say "
    "says said tell tells told think thinks thought know knows knew see sees saw want wants wanted need "
    "needs needed good bad better best great nice big small little much many every something anything "
    "nothing everything someone anyone nobody somebody people folk never always ever don doesn didn won "
    "isn aren wasn weren can't don't doesn't didn't won't isn't aren't wasn't i'm i'd i'll i've you're "
    "you'd you'll you've he's she's they're we're that's there's what's let's gonna gotta wanna use used "
    "try trying keep ask asks asked give gives gave look looks looking find finds found send sends sent "
    "write writes wrote start starts started work works worked working actual else enough quite rather "
    "instead back away around through between against myself yourself himself herself themselves sure "
    "please thanks thank sorry hello hi bye god honestly literally basically mean means meant called end "
    "half year years month months hour hours minute minutes morning afternoon evening".split()
) | frozenset(
    v for v in VERBS if v not in {"demo", "fix", "form", "note", "pitch", "plan", "price", "test", "review"}
)
_TOKEN = re.compile(r"[A-Za-z][A-Za-z'-]*[A-Za-z]|[A-Za-z]|[.,;:!?…]")

Rarity = Callable[[str], float]
"""0 for the commonest words of English to 1 for the rare."""


def stem(word: str) -> str:
    word = word.lower()
    return re.sub(r"(?:'s|ies|es|s|ing|ed)$", "", word) if len(word) > 4 else word


def counts(texts: Sequence[str]) -> Counter[str]:
    """In how many of the texts each content word stands, by stem."""
    out: Counter[str] = Counter()
    for text in texts:
        out.update({stem(w) for w in _TOKEN.findall(text) if _content(w)})
    return out


def _content(word: str) -> bool:
    return len(word) > 2 and word.lower() not in STOP and "'" not in word


_DETERMINER = (
    r"(?:the|a|an|your|my|his|her|their|our|its|this|these|those|each|every|any|some|no|another|either|"
    r"both|one|two|three|four|five|six|seven|eight|nine|ten|few|couple of|more|all the)"
)
_PHRASE = re.compile(
    rf"(?<![\w'-])(?:(?P<firm>{_DETERMINER})|of|about|for|with|without|on|in|from|into|at)\s+"
    rf"(?!{_DETERMINER}\s)(?P<words>[a-z][\w-]*(?:\s+[a-z][\w-]*){{0,4}})(?P<end>'s)?",
    re.I,
)
_FIRM = re.compile(
    r"(?<![\w'-])(?:the|a|an|your|my|his|her|their|our|its|each|every|"
    r"another)\s+(?:[a-z][\w-]*\s+)?(?P<noun>[a-z][\w-]*)"
    r"(?=\s*[.,;:!?]|\s+(?:of|is|was|to|for|in|on|at|and|or|that|with|from|before|after|by|when|if|"
    r"it|you|i|they|"
    r"has|will|would|can|should|off|up|out)\b|\s*$)",
    re.I,
)
_ORDINAL = frozenset("first second third last next new old own main final junior senior".split())
_NO_NOUN = frozenset(
    "och aye aw awfy wee bonny hen pal pet love lad lass lads cheers well like yeah yes nah naw eh ah oh hmm "
    "right okay ok sure fine grand lovely nice real wavy sensible honest calm tired scared frightened happy "
    "sad glad sorry angry short long whole entire actual proper single few less least enough less more most "
    "very quite rather rest half dozen hundred thousand million percent couple pair number-one stuff thing "
    "things something bit lot lots kind sort way ways while sake moment minute second hour day night week "
    "fortnight weekend month quarter year time today tomorrow yesterday morning afternoon evening spring "
    "twenty thirty forty fifty sixty seventy eighty ninety "
    "summer autumn winter january february march april june july august september october november december "
    "man woman men women boy girl guy guys person people folk folks everybody everyone somebody someone "
    "anybody nobody friend mate chap bloke one ones other others same different only late early soon later "
    "hard easy soft quick slow quickly slowly straight away apart together alone aloud forever once twice "
    "home there here point end start beginning middle top bottom front back side left true false certain "
    "free full empty open big small little large tiny huge great good bad better best worse worst able "
    "exactly clearly plainly politely quietly gently heart breath mind eye eyes head mouth hand hands foot "
    "feet god hell heaven devil least general particular fact case example instance place paper chance "
    "luck fun joke nonsense rubbish truth reason bother hurry matter trouble life world "
    "idea plate answer answers problem opposite formality desk job jobs work thought thoughts word words "
    "want ask call look find start end state mean kill go come say feel hear "
    "hurts stings happens seems sounds feels sits lives loves hates cares greets cries hears speaks matters "
    "room door window sight touch board course's stake scratch hope laugh cry shame".split()
)
_VERBAL = re.compile(r"(?:n't|'\w+)$|\w{3,}(?:ly|est)$|\w{2,}ed$")
_ING = frozenset(
    "meeting meetings briefing training funding building wiring onboarding pricing rating ratings listing "
    "hiring heading ending opening feeling hearing finding findings filing testing marketing engineering "
    "accounting nursing mentoring coaching networking writing reading handwriting spelling setting settings "
    "drawing drawings painting teaching banking recording recordings timing warning pudding wedding lighting "
    "grading marking cooking catering programming coding interviewing negotiating screening".split()
)
_ORDINAL_NUMBER = re.compile(
    r"(?:\dth|teenth|tieth|fifth|sixth|seventh|eighth|ninth|tenth|elfth|-(?:first|second|third|fourth))$"
)
_END_NOUN = re.compile(
    r"\w{3,}(?:tion|tions|sion|sions|ment|ments|ness|ship|ships|ity|ities|ance|ence|ances|age|ism|"
    r"logy|ure|ures|"
    r"folio|sheet|book|paper|list|plan|card|report|letter|form|site|team|board|desk|line|lines)$"
)
LONGEST = 3
"""Words of a topic at most."""


def nouns(texts: Sequence[str]) -> frozenset[str]:
    """Stems of words that stand where only a noun stands ("your X is", "the X.") in any of the texts."""
    return frozenset(
        stem(found["noun"])
        for text in texts
        for found in _FIRM.finditer(text.replace("’", "'"))
        if _noun(found["noun"]) and not _VERBAL.search(found["noun"])
    )


def name(said: str, call: Counter[str], known: frozenset[str], rarity: Rarity, avoid: frozenset[str]) -> str:
    """The noun phrase of `said` that the call speaks of most, lower case; "" where none is sure.

    call: `counts` of the whole call; known: its `nouns`; avoid: stems that name a person of the call.
    """
    best: dict[str, tuple[float, int]] = {}
    plain = said.replace("’", "'")
    for found in _PHRASE.finditer(plain):
        at, rest = found.start("words"), plain[found.end("words") :]
        phrase = _trimmed(found["words"].split(), rest, bool(found["firm"]), known, avoid)
        if phrase:
            worth = sum(_worth(w, call, rarity) for w in phrase) / len(phrase) ** 0.5
            best.setdefault(" ".join(phrase).lower(), (worth, -at))
    return max(best, key=lambda k: best[k]) if best else ""


def _trimmed(
    said: Sequence[str], rest: str, firm: bool, known: frozenset[str], avoid: frozenset[str]
) -> list[str]:
    """The words up to the noun that ends the phrase; [] where that noun is not sure.

    firm: a determiner stands before them, so that the last of them must be a noun.
    """
    out: list[str] = []
    for word in said:
        low = word.lower()
        if low in {"one", "ones"}:
            return []
        if out and (low.endswith("ed") or (_both(low) and out[-1].lower() not in _ORDINAL)):
            break
        if low in avoid or stem(low) in avoid or not (_part(word) or (low in _ORDINAL and not out)):
            break
        out.append(word)
    owner = len(out) == len(said) and rest.startswith("'s")
    if not out or owner or len(out) > LONGEST or any(w[:1].isupper() and not w.isupper() for w in out):
        return []
    head = out[-1].lower()
    if not _head(head) or not (firm or stem(head) in known or _END_NOUN.search(head)):
        return []
    first = next((i for i, w in enumerate(out) if i == len(out) - 1 or _beside(w, i, known)), 0)
    return out[first:] if all(_beside(w, i, known) for i, w in enumerate(out[first:-1])) else out[-1:]


def _part(word: str) -> bool:
    """May it stand inside a noun phrase?"""
    low = word.lower()
    if low in _NO_NOUN or low.endswith("ly") or len(low) < 3 or _ORDINAL_NUMBER.search(low):
        return False
    return low in NOUN_TOO or _both(low) or (_content(word) and low.removesuffix("s") not in ORDER_VERBS)


def _both(low: str) -> bool:
    """A plural that may as well be a verb: "questions", "changes"."""
    return low.endswith("s") and low.removesuffix("s") in NOUN_TOO


def _beside(word: str, at: int, known: frozenset[str]) -> bool:
    """May it stand before the noun: an ordinal first, or a word that is no verb form?"""
    low = word.lower()
    return (at == 0 and low in _ORDINAL) or stem(low) in known or not re.search(r"(?:ing|ed)$", low)


def _noun(word: str) -> bool:
    low = word.lower()
    return len(low) > 2 and low not in STOP and low not in _NO_NOUN


def _head(low: str) -> bool:
    if not (_noun(low) or low in NOUN_TOO) or low in _ORDINAL or low in _NO_NOUN:
        return False
    if _VERBAL.search(low) and low not in {
        "reply",
        "family",
        "bed",
        "feed",
        "seed",
        "speed",
        "request",
        "test",
    }:
        return False
    return low in _ING if low.endswith("ing") else True


def _worth(word: str, call: Counter[str], rarity: Rarity) -> float:
    """Rare in English and said more than once in this call: what it is about."""
    return (0.3 + rarity(word.lower())) * (0.6 + log(1 + call[stem(word)]))
