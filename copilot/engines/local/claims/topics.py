"""A name of two to four words for what a stretch of talk is about, from its own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from math import log

from copilot.engines.local.claims.patterns import VERBS

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


def runs(text: str) -> list[tuple[str, ...]]:
    """Runs of content words that stand together, in order."""
    out: list[tuple[str, ...]] = []
    run: list[str] = []
    plain = re.sub(r"'s\b", "", text.replace("’", "'"))
    for token in [*_TOKEN.findall(plain), "."]:
        if _content(token):
            run.append(token)
        elif run:
            out.append(tuple(run))
            run = []
    return out


def name(said: str, around: Sequence[str], call: Counter[str], rarity: Rarity, avoid: frozenset[str]) -> str:
    """Two to four words, lower case except names; "" where the talk has no content words.

    said: the claim itself; around: what was said just before and after; call: `counts` of the whole
    call; avoid: stems that name a person of the call.
    """
    best: dict[tuple[str, ...], float] = {}
    for text, weight in ((said, 1.0), *((t, 0.55) for t in around)):
        for run in runs(text):
            for size in (1, 2, 3):
                for at in range(len(run) - size + 1):
                    part = run[at : at + size]
                    if any(stem(w) in avoid for w in part):
                        continue
                    if weight < 1 and any(call[stem(w)] < 2 for w in part):
                        continue
                    value = weight * sum(_worth(w, call, rarity) for w in part) / size**0.5
                    key = tuple(w.lower() for w in part)
                    best[key] = max(best.get(key, 0.0), value) + 0.1 * best.get(key, 0.0)
    ranked = sorted(best, key=lambda k: (-best[k], k))
    if not ranked:
        return ""
    first = ranked[0]
    if len(first) >= 2:
        return " ".join(first)
    partner = next((k for k in ranked[1:] if not {stem(w) for w in k} & {stem(w) for w in first}), None)
    return " ".join((*first, *partner)[:4]) if partner else first[0]


def _worth(word: str, call: Counter[str], rarity: Rarity) -> float:
    """Rare in English and said more than once in this call: what it is about."""
    return (0.3 + rarity(word.lower())) * (0.6 + log(1 + call[stem(word)]))
