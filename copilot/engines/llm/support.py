"""Does a model's own wording have anything to do with what was said? A net with wide meshes."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W\d_]{4,}")
_LAST_SPACED = "\u052f"
"""End of Latin, Greek and Cyrillic: scripts whose words are long enough to compare."""


def shares_words(text: str, source: str) -> bool:
    """Whether they share a word of four letters or more, by its first five letters.

    A sentence without any is about something else: mostly the answer to an instruction that somebody
    spoke or pasted. Scripts in which words cannot be compared like that are let through.
    """
    letters = [char for char in text if char.isalpha()]
    if letters and sum(char > _LAST_SPACED for char in letters) > len(letters) / 2:
        return True
    return bool(_stems(text) & _stems(source))


def _stems(text: str) -> set[str]:
    return {word[:5] for word in _WORD.findall(unicodedata.normalize("NFKC", text).casefold())}
