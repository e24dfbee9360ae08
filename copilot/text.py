"""Plain text helpers that several steps and engines share: normalising, sentences, words."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

_FOLD = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
    }
)
_ABBREVIATIONS = frozenset("mr mrs ms dr prof st vs etc e.g i.e approx inc ltd".split())
_BREAK = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+(?=[\"'“‘(\[]?[\w¿¡])")
_WORD = re.compile(r"\w+(?:['’]\w+)*")


def fold(text: str) -> str:
    """NFKC, quotes and dashes folded, white space collapsed, case folded: what grounding compares."""
    plain = unicodedata.normalize("NFKC", text).translate(_FOLD)
    return " ".join(plain.split()).casefold()


def is_text(text: str) -> bool:
    """False where there is a NUL or half of a character: no database and no model takes these."""
    return not re.search("[\x00\ud800-\udfff]", text)


def words(text: str) -> list[str]:
    """Words in their own case, inner apostrophes kept."""
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """Sentences of speech or prose, each a substring of `text`, in order, none empty."""
    out: list[str] = []
    start = 0
    for gap in _BREAK.finditer(text):
        last = text[start : gap.start()].rsplit(None, 1)
        if last and last[-1].rstrip(".").lower() in _ABBREVIATIONS:
            continue
        out.append(text[start : gap.end()].strip())
        start = gap.end()
    out.append(text[start:].strip())
    return [s for s in out if s]


def content_hash(*parts: str) -> str:
    """ "sha256:…" over parts, which cannot run into each other."""
    digest = sha256()
    for part in parts:
        data = part.encode()
        digest.update(len(data).to_bytes(8, "big") + data)
    return "sha256:" + digest.hexdigest()
