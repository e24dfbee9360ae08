"""What one person said, told from outside: tasks beside their owner, sentences about a person."""

from __future__ import annotations

import re
from dataclasses import dataclass

from copilot.dates import find_due
from copilot.engines.local.rewrite import capital, stop, tidy
from copilot.orders import is_order

_I = re.IGNORECASE
_SOFT = r"(?:(?:probably|just|really|definitely|always|still|maybe|also|certainly|then|defo|actually)\s+)*"
_WILL = r"i(?:['’]?ll| will| shall|['’]m (?:going to|gonna|gunna|gonnae)| can| could)"
_ASKED = r"(?:you(?:['’]ll| will| shall|['’]re (?:going to|gonna))|(?:can|could|will|would) you)"
_PROMISE = re.compile(
    rf"^(?:(?:what |all )?{_WILL} do is,?(?: to| i(?:['’]ll| will))?|{_WILL}|let me|{_ASKED})\s+{_SOFT}"
    r"(?:go and |try (?:to|and) |have to |need to )?",
    _I,
)
_INNER = re.compile(
    rf"(?:^|[\s,;])(?:i['’]ll|i will|i['’]m going to|i['’]m gonna)\s+{_SOFT}(?P<rest>.*)$", _I | re.S
)
_WHEN = re.compile(
    r"^(?P<when>(?:this|next|on|by|before|tonight|tomorrow|first thing|after)\b(?:\s+[\w-]+){0,3}?),?\s+"
    r"i(?:['’]ll| will|['’]m going to)?\s+(?P<rest>[a-z].*)$",
    _I | re.S,
)
_ASIDES = re.compile(
    r",?\s*\b(?:let me say|let's say|let us say|say|shall we say|i think|i promise|right)\s*,", _I
)
_AND_ILL = re.compile(
    r"(?P<and>, (?:and |then |so )?| (?:and|then) )i(?:['’]ll| will|['’]m (?:going to|gonna))\s+(?=[a-z])", _I
)
_DANGLING = re.compile(r"(?:[\s,]+(?:and|or|but|so|the|a|an|because|uh|um))+\s*([.?!]?)$", _I)
_VAGUE = frozenset("look do try check see have be go think start get".split())
_PRESENT = frozenset(
    "want need like say think get see know work ask send give put use show feel mean tell make write".split()
)
_OBJECT_OF = frozenset(
    "send give tell show ring call ask email message text get let help meet see bring introduce "
    "join put keep "
    "write phone ping buy forward lend pay hand find make book drop connect owe teach take pass shoot remind "
    "update invite cc copy holla buzz to for with from by of about at on in without behind beside between "
    "around against sending giving telling showing ringing asking getting meeting seeing helping add".split()
)
_SELF = re.compile(
    r"\b(?:i|i['’](?:m|d|ll|ve|s)|im|ive|me|my|mine|myself|we|we['’](?:re|ll|ve|d)|us|our|ours|ourselves|you|"
    r"you['’](?:re|ll|ve|d)|ye|youse|y['’]all|your|yours|yourself|yourselves|thou|thee|let['’]s)\b",
    _I,
)
_OWN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(p, _I), r)
    for p, r in (
        (r"\b(?:i['’]m|i am|we['’]re|we are)\b", "they are"),
        (r"\bi was\b", "they were"),
        (r"\b(?:i|we)['’]ve\b", "they have"),
        (r"\b(?:i|we)['’]ll\b", "they will"),
        (
            r"\b(?:i|we)['’]d (?=\w+(?:ed|own|ght|en)\b|got\b|gone\b|been\b|had\b|made\b|sent\b|told\b)",
            "they had ",
        ),
        (r"\b(?:i|we)['’]d\b", "they would"),
        (r"\b(?:i|we)\b(?!['’])", "they"),
        (r"\b(?:myself|ourselves)\b", "themselves"),
        (r"\b(?:mine|ours)\b", "theirs"),
        (r"\b(?:my|our)\b", "their"),
        (r"\b(?:me|us)\b", "them"),
    )
)


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise as a task, in the words of its speaker; `asked`: it is the hearer's to do."""

    task: str
    asked: bool


def promise(said: str) -> Promise | None:
    """What is to be done ("Send you the rubric"), if it surely is a promise or a request, else None."""
    plain = _ASIDES.sub("", tidy(said)).replace("’", "'")
    plain = _DANGLING.sub(r"\1", plain)
    found = _PROMISE.match(plain)
    if found and (rest := plain[found.end() :]) and is_order(rest):
        return _promised(rest, asked=bool(re.match(_ASKED, plain, _I)))
    when = _WHEN.match(plain)
    if when and is_order(when["rest"]):
        body, end = re.match(r"(.*?)([.!?]*)$", when["rest"], re.S).groups()  # type: ignore[union-attr]
        said_when = when["when"][:1].lower() + when["when"][1:]
        return _promised(f"{body} {said_when}{end}" if "." not in body else when["rest"], asked=False)
    inner = _INNER.search(plain)
    if inner and is_order(inner["rest"]):
        return _promised(inner["rest"], asked=False)
    if re.match(
        r"i (?!can\b|do\b|have\b|think\b|know\b|see\b|need\b|feel\b|put\b)[a-z]+ ", plain, _I
    ) and is_order(plain[2:]):
        return _promised(plain[2:], asked=False)
    return None


def _promised(rest: str, *, asked: bool) -> Promise | None:
    text = _AND_ILL.sub(
        lambda m: " and " if m["and"].strip() in {"", ",", ", and", "and"} else m["and"], rest
    )
    words = [w.strip(".,?!").lower() for w in text.split()]
    due = (find_due(text) or "").lower().split()
    if words[0] in _VAGUE and not [w for w in words[1:] if w not in due and w not in {"it", "that", "then"}]:
        return None
    return Promise(stop(capital(text)), asked)


def task(said: str, other: str) -> str:
    """A promise as a task told from outside; the words as said in “quotation marks” where that is not safe.

    other: the one who is not the owner, by name or as "the mentor", "the mentee". The result has no
    first or second person outside of quotation marks.
    """
    found = promise(said)
    text = found.task if found else ""
    told = (_told(text, "hearer", other) if found.asked else _told(text, "speaker", other)) if found else None
    return told or quoted(said)


def quoted(said: str) -> str:
    """The words as said, in “quotation marks”, without fillers."""
    words = tidy(said).translate(_NO_MARKS).strip().rstrip(" ,;:-–—")
    return f"“{words or said.strip()}”"


_NO_MARKS = {ord(c): None for c in '“”"'}


def _told(text: str, owner: str, other: str) -> str | None:
    """Owner's pronouns become they, the other's become a name; None where a verb would not agree."""
    if re.search(r"[“”\"]", text):
        return None
    swapped = _named(text, other) if owner == "speaker" else _of_hearer(text, other)
    if swapped is None:
        return None
    for pattern, replacement in _OWN if owner == "speaker" else ():
        swapped = pattern.sub(replacement, swapped)
    return None if _SELF.search(swapped) else stop(capital(swapped))


def _of_hearer(text: str, speaker: str) -> str | None:
    """Asked of the hearer: "send me your draft" -> "send Ann their draft"."""
    if re.search(r"\b(?:i|we|you)\b|\b(?:i|we|you)['’]", text, _I):
        return None
    for pattern, word in (
        (r"\byour\b", "their"),
        (r"\byourself\b", "themselves"),
        (r"\b(?:me|us)\b", speaker),
    ):
        text = re.sub(pattern, word, text, flags=_I)
    return re.sub(r"\b(?:my|our)\b", f"{speaker}'s", text, flags=_I)


_CONTRACTED = {"'re": "is", "'ve": "has", "'ll": "will", "'d": "would"}
_AGREES = {"are": "is", "were": "was", "have": "has", "do": "does", "don't": "doesn't", "haven't": "hasn't"}
_AGREES |= {"aren't": "isn't", "weren't": "wasn't", "go": "goes"}
_SAME = frozenset(
    "can could will would should may might must can't couldn't won't did didn't had said sent gave "
    "told asked "
    "wrote made did got went saw put decided wanted needed thought found took showed".split()
)


def _named(text: str, name: str) -> str | None:
    """ "you" and "your" by name, with the verb that fits one person; None where that is unsure."""
    text = re.sub(r"\byour\b", f"{name}'s", text.replace("’", "'"), flags=_I)
    text = re.sub(r"\byours\b", f"{name}'s", text, flags=_I)
    out: list[str] = []
    tokens = text.split(" ")
    skip = False
    for at, token in enumerate(tokens):
        core = re.match(
            r"(?P<you>you|ye|youse|y'all)(?P<short>'re|'ve|'ll|'d)?(?P<end>[.,;:!?]*)$", token, _I
        )
        if skip or not core:
            out += [] if skip else [token]
            skip = False
            continue
        after = tokens[at + 1].strip(".,;:!?") if at + 1 < len(tokens) else ""
        end = tokens[at + 1][len(after) :] if after else ""
        before = tokens[at - 1].lower().strip(".,;:!?") if at else ""
        if core["short"]:
            out += [name, _CONTRACTED[core["short"].lower()] + core["end"]]
        elif before in _OBJECT_OF or core["end"] or not after or (before in _GIVEN and after in _THEN):
            out.append(name + core["end"])
        elif after.lower() in _AGREES:
            out += [name, _AGREES[after.lower()] + end]
            skip = True
        elif after.lower() in _SAME or re.search(r"\w{2,}ed$", after):
            out.append(name)
        elif after.lower() in _PRESENT:
            out += [name, after + "s" + end]
            skip = True
        else:
            return None
    return " ".join(out)


_GIVEN = frozenset("it them that this one ones".split())
_THEN = frozenset(
    "by on in at for tomorrow tonight this next before after over through with when and".split()
)
_BECOMES = {"am": "is", "'m": "is", "was": "was", "'ve": "has", "have": "has", "'ll": "will"}


def of_person(text: str, name: str = "") -> str:
    """What somebody said of themselves, told of them: "I'm staying" -> "They are (Sam is) staying"."""
    if name:
        head = re.match(r"i(?: (?=am\b|was\b|have\b))?(?P<verb>am|was|have|['’]m|['’]ve|['’]ll)\b", text, _I)
        if head:
            text = f"{name} {_BECOMES[head['verb'].lower().replace('’', chr(39))]}{text[head.end() :]}"
        elif past := re.match(
            r"i (?=\w+ed\b|can\b|could\b|will\b|would\b|got\b|went\b|told\b|made\b|did\b)", text, _I
        ):
            text = f"{name} {text[past.end() :]}"
    for pattern, replacement in _OWN:
        text = pattern.sub(replacement, text)
    return capital(re.sub(r"\b(they|their|them),? \1\b", r"\1", text, flags=_I))
