"""Which language a short text is in, from its small words: enough to answer in the same one."""

from __future__ import annotations

import re
import unicodedata

_SMALL: dict[str, frozenset[str]] = {
    "en": frozenset(
        """the a an i i'm im my me we is are am to of in on for with and or but not how what when should
        would could want need help get be have has do don't dont can at by from this that it
        more better into about as""".split()
    ),
    "de": frozenset(
        """ich mein meine meinen meiner mir mich wir der die das dem den des ein eine einen einem und oder
        aber nicht wie was wann soll sollte möchte moechte will würde wuerde mehr besser bei von
        mit für fuer auf zu zum zur bis im ist bin habe werden kann weiß weiss ob als nach""".split()
    ),
    "es": frozenset(
        """yo mi mis me el la los las un una unos y o pero no cómo como qué que cuándo quiero necesito
        quisiera debo debería más mejor con por para de del al en antes hasta es soy estoy tengo
        mi ser sé si trabajo""".split()
    ),
    "fr": frozenset(
        """je j'ai j'aimerais mon ma mes me le la les un une des et ou mais ne pas comment quoi quand veux
        voudrais dois plus mieux avec pour de du au aux en dans avant d'ici vous ce cette quel quelle qui
        qu'est-ce qu'est est suis être sais
        si travail mon sur""".split()
    ),
    "pt": frozenset(
        """eu meu minha meus minhas me o a os as um uma e ou mas não nao como que quando quero preciso
        gostaria devo mais melhor com por para de do da dos das em no na antes até ate é sou
        estou tenho ser sei se""".split()
    ),
}
_TELLING = {
    "de": re.compile(r"[äöß]|\b(?:ich|nicht|für|und)\b"),
    "es": re.compile(r"[ñ¿¡]|\b(?:quiero|necesito|cómo|el|los|mi|una?)\b|ción\b"),
    "fr": re.compile(r"[èêœ]|\b(?:je|j'|mon|une|d'ici|pour|et)\b"),
    "pt": re.compile(r"[ãõ]|\b(?:não|quero|meu|minha|uma|até)\b|ção\b"),
}
_LATIN = frozenset("äöüßéèêëàçñãõáíóúâôœîûïùº")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def guess_language(text: str) -> str | None:
    """ "en", "de", "es", "fr" or "pt"; None where the text looks like none of them.

    A text without any small word ("python interview prep") counts as English if its letters are plain.
    """
    low = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    words = _WORD.findall(low)
    letters = [c for c in low if c.isalpha()]
    if not letters:
        return None
    scores = {tag: float(sum(w in small for w in words)) for tag, small in _SMALL.items()}
    for tag, pattern in _TELLING.items():
        scores[tag] += 0.75 * len(pattern.findall(low))
    best = max(scores, key=lambda tag: (scores[tag], tag == "en"))
    if any(not c.isascii() and c not in _LATIN for c in letters):
        return None
    if scores[best] == 0:
        return "en" if len(words) <= 4 and all(c.isascii() for c in letters) else None
    if len(words) >= 6 and scores[best] < 0.12 * len(words):
        return None
    return best
