"""A goal text taken apart: its core phrase and form, the things and people it names, and what it lacks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from copilot.domain.language import guess_language
from copilot.domain.plain import for_people
from copilot.engines.local import goal_signs as signs
from copilot.engines.local.goal_kinds import cues, kind_of, mend
from copilot.text import sentences

_WISH = re.compile(
    r"^(?:(?:hi|hello|hey|dear \w+|so|well|ok|okay|um|basically|honestly|please|and|but|also|my (?:main "
    r"|big )?(?:goal|aim|hope|plan) "
    r"(?:is|would be)|the goal is|goal:?)[\s,!.:-]+)*"
    r"(?:i(?:'m| am)? (?:just |really |also |only |would |do |still |am )*(?:want(?:ing)?|need|hop(?:e"
    r"|ing)|lik(?:e)|love|wish"
    r"|plan(?:ning)?|try(?:ing)?|look(?:ing)?|aim(?:ing)?|intend|have|going|got)(?: to| for)?"
    r"|i'd (?:really )?(?:like|love)(?: to)?|i'll|i will|want to|need(?: to)?|wish to|hoping to"
    r"|looking to|looking for|trying to"
    r"|my (?:main |big )?(?:goal|aim) is(?: to)?|how (?:do|can|should|could|would) (?:i|we)|how to"
    r"|what(?:'s| is) the best way to"
    r"|i (?:don't|do not|never) (?:really )?know how to|(?:i'm )?not sure how to|i (?:can't|cannot"
    r"|struggle to|find it hard to))\s+"
    r"(?:to\s+)?",
    re.IGNORECASE,
)
_HELP = re.compile(
    r"^(?:(?:some|a bit of|any|your|get|getting|please)\s+)*(?:help|advice|guidance|support|tips"
    r"|feedback|ideas|input)\s+"
    r"(?P<how>with|on|about|for|to|in|me(?: to)?|regarding)\s+(?:how to\s+)?",
    re.IGNORECASE,
)
_DECIDE = re.compile(
    r"^(?:should i|do i|whether (?:i should |to )?|(?:i )?(?:don't know|not sure) (?:if"
    r"|whether) (?:i should )?)\s*",
    re.I,
)
_TAIL = re.compile(
    r"(?:[\s,;.!]*\b(?:please|thanks?(?: you)?(?: so much| a lot| in advance)?|asap|help|cheers|x+|lol"
    r"|any (?:tips|ideas|advice)"
    r"|what should i do|where do i start|can you help(?: me)?)\b)+[\s.!?]*$",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"\s*(?:[,;:.!?(\n]|\s-+\s|\s[–—]\s|\b(?:by|before|until|till|within|because|since|so that|so i|but"
    r"|although|however|"
    r"and i|and my|who|which|that|when|while|if|after|without|this|next|in the next|in order|asap"
    r"|and then|instead|i'm|i am|i|i've)\b).*$",
    re.IGNORECASE | re.DOTALL,
)


@cache
def _verbs() -> frozenset[str]:
    return frozenset(cues()["verbs"].split())


def _gerunds() -> dict[str, str]:
    return dict(cues()["gerunds"])


@dataclass(frozen=True, slots=True)
class Reading:
    """`form` says how `core` fits a sentence: "verb" after "I will", "noun" after "in", else "statement"."""

    text: str
    language: str | None
    kind: str
    core: str
    form: str
    outcome: bool
    measure: bool
    deadline: bool
    context: bool
    needs_minutes: int
    several: bool
    slots: dict[str, str] = field(default_factory=dict)

    @property
    def specific(self) -> bool:
        return self.outcome and self.measure and (self.deadline or signs.for_this_session(self.text))

    def missing(self, minutes: int) -> tuple[str, ...]:
        """What a mentor would still have to ask, in the order of the questions."""
        lacks = {
            "outcome": not self.outcome,
            "measure": not self.measure,
            "deadline": not (self.deadline or signs.for_this_session(self.text)),
            "context": not self.context and not self.specific,
            "scope": self.several or self.needs_minutes > minutes,
        }
        return tuple(name for name, absent in lacks.items() if absent)


def read_goal(text: str, background: str = "") -> Reading:
    """The reading of a goal as typed; sentences that address a language model are set aside."""
    said = for_people(text)
    language = guess_language(said)
    said = mend(said) if language == "en" else said
    core, form = _core(said) if language == "en" else (_tidy(said), "statement")
    kind = kind_of(said)
    several = _several(said)
    whole = f"{said} {core}" if core.startswith("decide whether") else said
    return Reading(
        text=said,
        language=language,
        kind=kind,
        core=core,
        form=form if core else "none",
        outcome=signs.outcome(whole) or (form == "verb" and signs.change(core) and signs.measure(whole)),
        measure=signs.measure(whole),
        deadline=signs.deadline(said),
        context=signs.context(said, background),
        needs_minutes=_minutes(said, kind, several),
        several=several,
        slots=find_slots(said, kind, core, form) if language == "en" else {},
    )


_AT_A_LOSS = re.compile(
    r"[\s,;-]*\b(?:but|and|though|yet)?[\s,]*(?:i )?(?:have )?(?:no (?:idea|clue)|(?:really )?(?:don't"
    r"|do not) (?:really )?know"
    r"|(?:am |i'm )?(?:just )?(?:not|un)\s?sure)(?: (?:where|how|what|if|whether)\b.*)?$",
    re.IGNORECASE,
)


def at_a_loss(clause: str) -> bool:
    """ "no idea where to start", "dont know how to ask"."""
    return bool(_AT_A_LOSS.match(clause)) or bool(_AT_A_LOSS.match(" " + clause))


def _tidy(text: str) -> str:
    return " ".join(_TAIL.sub("", text).split()).strip(" \t,;:-–.!?")


_BUT = re.compile(
    r"[\s,;-]+but (?:my|i|i'm|i've|it|the|there|they|he|she|we)\b.*$"
    r"|[,;]\s*(?:scared|afraid|worried|nervous|anxious|terrified|feeling)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_WANTS = ("want", "need", "like", "love", "wish for", "looking for", "hoping for")


def _core(text: str) -> tuple[str, str]:
    """The sentence that says the wish, without its opening words, and its form."""
    if not text:
        return "", "none"
    parts = sentences(text)
    wishes = [
        p
        for p in parts
        if _WISH.match(p)
        or re.search(r"\b(?:my goal|want to|would like|how (?:do|can) i|should i)\b", p, re.I)
    ]
    best = (wishes or parts)[0]
    inner = re.search(
        r"(?:,|\band\b|\bbut\b|\bso\b|;|-)\s+((?:(?:i )?(?:want|need|would like|hope|plan) to|i'd like to"
        r"|how (?:do|can|should) i)\s.*)$",
        best,
        re.I,
    )
    if inner and not _WISH.match(best):
        best = inner[1]
    choice = _DECIDE.match(best)
    wish = _WISH.match(best)
    core = _tidy(best[choice.end() :] if choice else best[wish.end() :] if wish else best)
    core = _tidy(_BUT.sub("", _AT_A_LOSS.sub("", core))) or core
    if (
        wish
        and re.match(r"(?:an?|some|more|the|my own)\s", core, re.I)
        and wish[0].rstrip().lower().endswith(_WANTS)
    ):
        return f"get {core}", "verb"
    if choice and core:
        return f"decide whether to {re.sub(r'^i ', '', core, flags=re.I)}", "verb"
    helped = _HELP.match(core)
    if helped:
        core = core[helped.end() :]
        if helped["how"].lower() in ("to", "me to", "me"):
            return core, "verb"
    return _shape(core)


def _shape(core: str) -> tuple[str, str]:
    first, _, rest = core.partition(" ")
    if first[:1].isdigit():
        return core, "statement"
    low = first.lower()
    if low == "to" and rest:
        return _shape(rest)
    if low in _gerunds():
        return f"{_gerunds()[low]} {rest}".strip(), "verb"
    if low in _verbs() and rest:
        return low + " " + rest, "verb"
    if low in ("finally", "really", "just", "also", "actually", "successfully", "confidently") and rest:
        inner, form = _shape(rest)
        return (f"{low} {inner}" if form == "verb" else core), form
    if low in ("more", "less") and len(rest.split()) <= 5:
        return f"be {core}", "verb"
    if re.match(
        r"(?:i|i'm|i've|i'd|my \w+ (?:is|are|keeps?|does|doesn't|never|always|won't|wants?|has)|we|it"
        r"|there|they|he|she|people|everyone"
        r"|nobody|no one|why|what|where|who|is|am|are|can|if|don't|not)\b",
        core,
        re.I,
    ):
        return core, "statement"
    # Two thoughts run together ("my calendar I'm overwhelmed") get the comma that was meant.
    core = re.sub(r"(?<=[a-z]) (?=I(?:'m|'ve| am| have| don't| can't| feel)\b)", ", ", core)
    return core, "noun" if len(core.split()) <= 12 else "statement"


def _several(text: str) -> bool:
    """Three or more things wanted at once, or a list."""
    asks = re.split(r"[,;\n]|\band\b|\bplus\b|\balso\b|\b[1-5][.)]\s", text.lower())
    verbs = [a for a in asks if (w := a.split()) and any(x in _verbs() or x in _gerunds() for x in w[:3])]
    return len(verbs) >= 3 or len(re.findall(r"\balso\b", text, re.I)) >= 2


def _minutes(text: str, kind: str, several: bool) -> int:
    if signs.for_this_session(text):
        base = 30
    else:
        base = cues()["minutes"][kind]
        small = re.search(
            r"\b(?:review|feedback on|rehearse|practi[cs]e|look (?:over|at)|check|one question|quick"
            r"|script|draft"
            r"|mock|wording|e-?mail|cv|cover letter|short)\b",
            text,
            re.I,
        )
        base = 20 if small and kind not in ("career_change", "start") else base
    large = re.search(
        r"\b(?:ceo|founder|fluent|startup|company|business|from scratch|whole (?:career"
        r"|life)|my life|change"
        r" the world|million\w*|expert|entire)\b",
        text,
        re.I,
    )
    return max(15, min(60, base + (15 if several else 0) + (15 if large and base >= 30 else 0)))


_SLOTS: dict[str, str] = {
    "target": r"\b(?:into|role in|job in|work in|position in|career in|promot(?:ed|ion) to|move to"
    r"|step up to|switch to"
    r"|transition to|pivot to)\s+(?P<x>.+)",
    "role": r"\b(?:become|becoming|be|role as|job as|work as|position as|career as)\s+(?P<x>an? .+)",
    "origin": r"\bfrom (?:being )?(?:an? )?(?P<x>(?:(?!\bto\b|\binto\b).)+?)(?=\s+(?:to|into)\b)",
    "person": r"\b(?P<x>(?:my|the|our|a) (?:\w+ )?(?:manager|boss|supervisor|colleagues?|co-?workers?"
    r"|advisor|lead|director|client|team(?:mate)?s?"
    r"|ceo|head|mentor|teacher|principal|stakeholders?|co-?founder|partner|reports?))\b",
    "option_a": r"\b(?:whether (?:to|i should) |between |should i )(?P<x>.+?)(?=\s+(?:or|and|vs\.?"
    r"|versus)\s)",
    "option_b": r"\b(?:whether|between|should i|torn)\b.+?\s(?:or|and|vs\.?|versus)\s+(?:to\s+)?(?P<x>.+)",
    "skill": r"\b(?:learn(?:ing)?(?: how)?(?: to)?|better at|good at|improve (?:my|our)?|skills? in"
    r"|practi[cs]e|master(?:ing)?|struggle with|trouble with"
    r"|confident (?:in|with|at|about)|pass(?:ing)? (?:my|the)?|afraid of|scared of|nervous (?:in|about"
    r"|when))\s+(?P<x>.+)",
    "venture": r"\b(?:start(?:ing)?|launch(?:ing)?|open(?:ing)?|found(?:ing)?|set(?:ting)? up"
    r"|build(?:ing)?|grow(?:ing)?) (?P<x>(?:my|an?|our|the|own)\s+.+)",
    "place": r"\b(?P<x>(?:in|during|at) (?:big |large |team |client |board |all-hands |weekly "
    r"|leadership )?(?:meetings?|interviews?|presentations?|calls?|stand-?ups?"
    r"|reviews?|events?|conferences?|front of \w+(?: \w+)?|groups?|english|class|workshops?))\b"
    r"|\b(?P<y>(?:in|during|at) (?:every|all|our|my|any|each) [a-z-]+"
    r"(?: (?!and|but|or|by|with|for|to)[a-z-]+)?)",
}  # fmt: skip
_HOLLOW = re.compile(
    r"(?:be|it|its|this|that|something|anything|things?|stuff|what|more|better|who|how)\b|\d", re.IGNORECASE
)
_SLOT_RE = {name: re.compile(p, re.IGNORECASE) for name, p in _SLOTS.items()}


def find_slots(text: str, kind: str, core: str, form: str) -> dict[str, str]:
    """Short phrases in the mentee's own words, without article where one follows in the templates."""
    slots: dict[str, str] = {}
    for name, pattern in _SLOT_RE.items():
        m = pattern.search(text)
        phrase = _short(m["x"] or m[0]) if m else ""
        if phrase and not _HOLLOW.match(phrase):
            phrase = (
                m["x"].split()[0].lower() + " " + phrase
                if m and name in ("role", "venture") and m["x"].lower().startswith(("a ", "an "))
                else phrase
            )
            foreign = name == "person" and m and re.match(r"(?:an?|the|our)\s", m["x"], re.I)
            slots[name] = f"this {phrase}" if foreign else phrase
    phrase = _short(core, 9)
    if form == "verb" and " " in phrase:
        slots["doing"] = phrase
    if form == "noun" and phrase:
        slots["topic"] = phrase
    return slots


_LINKS = frozenset("to for with at on in from of and or well enough about during across so as".split())


def _short(phrase: str, most: int = 6) -> str:
    cut = _CLAUSE_END.sub("", phrase.strip()).strip(" ,;:.!?-'\"")
    cut = re.sub(r"^(?:the|an?)\s+(?=\S)", "", cut, flags=re.I) if most < 9 else cut
    words = cut.split()
    if len(words) <= most:
        return cut
    ends = [n for n, w in enumerate(words[: most + 1]) if n and w.lower() in _LINKS]
    return " ".join(words[: ends[-1]]) if ends else ""
