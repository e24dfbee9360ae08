"""Which language a conversation needs: what the mentee speaks, asks for and writes in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from copilot.domain import Person
from copilot.text import fold, words

_NAMES: dict[str, tuple[str, ...]] = {
    "ar": ("Arabic", "arabisch", "árabe", "arabe"),
    "ca": ("Catalan", "catalán", "català"),
    "cs": ("Czech", "čeština"),
    "cy": ("Welsh", "cymraeg"),
    "da": ("Danish", "dansk"),
    "de": ("German", "deutsch", "alemán", "allemand", "alemão"),
    "el": ("Greek",),
    "en": ("English", "englisch", "inglés", "anglais", "inglês"),
    "es": ("Spanish", "spanisch", "español", "castellano", "espagnol", "espanhol"),
    "fi": ("Finnish", "suomi"),
    "fr": ("French", "französisch", "francés", "français", "francês"),
    "ga": ("Irish", "gaeilge"),
    "hi": ("Hindi",),
    "it": ("Italian", "italienisch", "italiano", "italien"),
    "ja": ("Japanese",),
    "ko": ("Korean",),
    "ml": ("Malayalam",),
    "nl": ("Dutch", "nederlands", "niederländisch", "holandés"),
    "no": ("Norwegian", "norsk"),
    "pl": ("Polish", "polski"),
    "pt": ("Portuguese", "portugiesisch", "portugués", "português", "portugais"),
    "ru": ("Russian", "russisch", "ruso", "russe"),
    "sv": ("Swedish", "svenska"),
    "sw": ("Swahili",),
    "ta": ("Tamil",),
    "tr": ("Turkish", "türkçe"),
    "uk": ("Ukrainian",),
    "ur": ("Urdu",),
    "zh": ("Mandarin", "Chinese"),
}
_COMMON: dict[str, frozenset[str]] = {
    "en": frozenset(
        "the and to of for with my how what is are i you need want help from this in on a".split()
    ),
    "es": frozenset(
        "el la los las de que y en un una para por con mi cómo quiero alguien necesito ser me no".split()
    ),
    "fr": frozenset(
        "le la les de des et en un une pour avec mon ma je comment quelqu besoin être que qui dans".split()
    ),
    "de": frozenset(
        "der die das und ich ein eine für mit mein wie zu nicht jemand brauche möchte auf ist".split()
    ),
    "pt": frozenset(
        "o a os as de que e em um uma para por com meu minha como quero alguém preciso não".split()
    ),
    "it": frozenset(
        "il la gli le di che e in un una per con mio mia come voglio qualcuno bisogno non sono".split()
    ),
    "nl": frozenset("de het een en van ik voor met mijn hoe wil iemand niet zijn nodig op naar is".split()),
}
_ASK = (
    r"\b(only |solo |sólo |nur |seulement )?"
    r"(?:in|en|auf|em|speaks?|speaking|habla|hable|spricht|parle)\s+({names})\b"
)
_BY_NAME = {fold(name): code for code, names in _NAMES.items() for name in names}
_ASKED = re.compile(_ASK.format(names="|".join(sorted(map(re.escape, _BY_NAME), key=len, reverse=True))))


@dataclass(frozen=True, slots=True)
class Wanted:
    """`required`: one of these must be shared. `preferred`: better in these, others with a caution."""

    required: tuple[str, ...] = ()
    preferred: tuple[str, ...] = ()


def name_of(code: str) -> str:
    return _NAMES.get(code, (code,))[0]


def written_in(text: str) -> str | None:
    """The language of a query by its small words; None when they do not tell."""
    tokens = [fold(word) for word in words(text)]
    counts = {code: sum(token in small for token in tokens) for code, small in _COMMON.items()}
    best, second = sorted(counts.values(), reverse=True)[:2]
    if best < 2 or best == second:
        return None
    return max(counts, key=lambda code: counts[code])


def wanted_languages(text: str, mentee: Person | None) -> Wanted:
    """What a mentee speaks is required; what is asked for or written in (if not English) is preferred."""
    spoken = mentee.languages if mentee else ()
    hits = list(_ASKED.finditer(fold(text)))
    only = tuple(dict.fromkeys(_BY_NAME[hit[2]] for hit in hits if hit[1]))
    asked = [_BY_NAME[hit[2]] for hit in hits]
    written = written_in(text)
    if not asked and written not in (None, "en"):
        asked = [str(written)]
    return Wanted(required=only or spoken, preferred=tuple(dict.fromkeys(asked)))
