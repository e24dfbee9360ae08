"""Does a model's own wording have anything to do with what was said? A net with wide meshes."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W\d_]{4,}")


def shares_words(text: str, source: str) -> bool:
    """Whether they share a word of four letters or more, by its first five letters.

    A sentence without any is about something else: mostly the answer to an instruction that somebody
    spoke or pasted. Texts without such words, and scripts without spaces, are let through.
    """
    stems = _stems(text)
    return not stems or _unspaced(text) or bool(stems & _stems(source))


def _stems(text: str) -> set[str]:
    return {word[:5] for word in _WORD.findall(unicodedata.normalize("NFKC", text).casefold())}


def _unspaced(text: str) -> bool:
    return any("぀" <= char <= "鿿" or "฀" <= char <= "๿" for char in text)
