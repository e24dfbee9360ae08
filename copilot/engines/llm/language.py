"""Which language a long text is in, over all scripts: to notice an answer in the wrong one."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_COMMON = {
    "en": "the and you that it is of to in was have with for not this what but your are be they would",
    "de": "der die das und ich nicht ist du es ein eine mit auf sie wir auch dass den dem zu für wie",
    "fr": "le la les et je est pas que un une des vous nous ce dans pour avec sur qui mais au du",
    "es": "el la los las y que de es no un una por con para en se lo como pero más su usted al",
    "pt": "o os as e que de é não um uma por com para em se do da como mas mais você ao no",
    "it": "il lo la gli e che di è non un una per con in si come ma più sono della del anche",
    "nl": "de het een en ik niet is dat je van op met voor zijn maar ook we wat die er te aan",
}
_SETS = {code: frozenset(words.split()) for code, words in _COMMON.items()}
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW", "DEVANAGARI", "HANGUL", "HIRAGANA", "CJK")
_FEWEST = 25
"""Words below which nothing is guessed."""


def language_of(text: str) -> str | None:
    """A language code for Latin script, the script's name for others, None when it is not clear."""
    words = [word.lower() for word in _WORD.findall(text[:50_000])]
    letters = [letter for word in words for letter in word]
    scripts = Counter(_script(letter) for letter in letters[:4_000])
    if not scripts:
        return None
    script, count = scripts.most_common(1)[0]
    if script != "LATIN":
        return script if count >= _FEWEST and count >= 0.6 * len(letters[:4_000]) else None
    if len(words) < _FEWEST:
        return None
    scores = sorted(((sum(w in known for w in words), code) for code, known in _SETS.items()), reverse=True)
    (best, code), (second, _) = scores[0], scores[1]
    return code if best >= 0.12 * len(words) and best >= 1.5 * second else None


def _script(letter: str) -> str:
    name = unicodedata.name(letter, "")
    return next((script for script in _SCRIPTS if name.startswith(script)), "OTHER")
