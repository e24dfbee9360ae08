"""An engine's own wording, made fit to show: no markup, no links, no numbers or names nobody said."""

from __future__ import annotations

import re
import unicodedata

from copilot.text import fold, words
from copilot.thresholds import RECAP

_LINK = re.compile(r"\b(?:https?|ftp|file|javascript|data|mailto):\S+|\bwww\.\S+", re.IGNORECASE)
_BARE_LINK = re.compile(
    r"\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|ai|dev|app|co|uk|de|eu|info|me|ly)\b(?:/\S*)?", re.I
)
_MAIL = re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+")
_HANDLE = re.compile(r"(?<!\w)@\w{2,}")
_PHONE = re.compile(r"\+?\d(?:[\s().-]{0,2}\d){6,}")
_MD_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->", re.DOTALL)
_MARKS = re.compile(r"\*\*|__|~~|`+|^\s{0,3}(?:#{1,6}\s+|>\s+|[-*+]\s+)", re.MULTILINE)
_TENS = {w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_SMALL = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
        " sixteen seventeen eighteen nineteen".split()
    )
}
_ORDINAL = {
    w: n
    for n, w in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
        " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
} | {"thirtieth": 30, "half": 2, "once": 1, "twice": 2, "a": 1, "an": 1}
_BIG = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
_UNCOUNTED = frozenset("a an one first second half once".split())
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_MONTHS = frozenset(
    "january february march april june july august september october november december".split()
)
_NO_NAMES = frozenset(
    """i i'm i'll i'd i've a an the this that these those he she they it we you his her their its our your
    and but so then also both neither either each all some most no not if when while after before until
    once since because although though as at by for from in into of on to with without about how what
    which who why where mentor mentee""".split()
)


def cleaned(text: str, said: str) -> str:
    """`text` in one line without control characters, markup, and links that `said` does not have."""
    plain = "".join(
        " " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C"
    )
    if len(text) > 20 * RECAP.thanks_characters:
        return ""
    for pattern in (_TAG, _MD_LINK):
        plain = pattern.sub(lambda m: m[1] if m.re is _MD_LINK else " ", plain)
    spoken = fold(said)
    for pattern in (_MAIL, _LINK, _BARE_LINK):
        plain = pattern.sub(lambda m: m[0] if fold(m[0]) in spoken else " ", plain)
    return " ".join(_MARKS.sub("", plain).split())


def has_address(text: str) -> bool:
    """True where an e-mail address or a number to call stands in it."""
    plain = unicodedata.normalize("NFKC", text)
    return bool(_MAIL.search(plain) or _PHONE.search(plain))


def has_contact(text: str) -> bool:
    """Whether an address, a link, a handle or a telephone number stands in the text."""
    return any(p.search(text) for p in (_MAIL, _LINK, _BARE_LINK, _HANDLE, _PHONE))


def numbers(text: str) -> set[str]:
    """Numbers as digits, however written: "twenty-first", "21st" and "21" are the same."""
    found: set[str] = set()
    held: int | None = None
    for token in re.findall(r"\d+(?:[.,]\d+)*|[a-z]+", fold(text)):
        if token[0].isdigit():
            found.add(re.sub(r",(?=\d{3}\b)", "", token).rstrip("."))
            held = None
            continue
        value = _SMALL.get(token, _ORDINAL.get(token))
        if token in _TENS:
            held = _TENS[token]
            found.add(str(held))
        elif value is not None:
            found.add(str(held + value) if held is not None and 0 < value < 10 else str(value))
            held = None if held is not None else value if token in _SMALL else None
        elif token in _BIG and found:
            held = (held or 1) * _BIG[token]
            found.add(str(held))
        else:
            held = None
    return found


def stray_number(text: str, said: str) -> bool:
    """Whether `text` counts something that `said` does not; "a", "one" and "first" count nothing."""
    counted = " ".join(w for w in re.findall(r"[\w.,'-]+", text) if fold(w).strip(".,'-") not in _UNCOUNTED)
    return bool(numbers(counted) - numbers(said))


def stray_name(text: str, said: str, *also: str) -> bool:
    """Whether `text` names a person, thing, day or month that is neither in `said` nor in `also`."""
    known = {t for source in (said, *also) for w in words(fold(source)) for t in _forms(w)}
    letters = "".join(w[0] for w in words(fold(said)))
    opening = True
    tokens = re.findall(r"[\w'’-]+|[.!?:]", text)
    for at, token in enumerate(tokens):
        opens, opening = opening, not token[0].isalnum()
        if opening:
            continue
        low = fold(token)
        if low in _NO_NAMES or any(f in known for f in _forms(low)):
            continue
        if low in _DAYS or low in _MONTHS:
            return True
        if not token[0].isupper() or (token.isupper() and low in letters):
            continue
        after = tokens[at + 1] if at + 1 < len(tokens) else ""
        follows = after[:1].isupper() and fold(after) not in _NO_NAMES
        if not opens or follows or low.endswith("'s") or (token.isupper() and len(token) > 1):
            return True
    return False


def _forms(word: str) -> set[str]:
    """A word and what it is without a possessive, a plural or a hyphen."""
    bare = re.sub(r"'s?$", "", word)
    return {word, bare, bare.removesuffix("s"), *bare.split("-")}
