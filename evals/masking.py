"""Replaces names and contacts before words of real people become a case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_PHONE = re.compile(r"\+?\d[\d ()/-]{7,}\d")
_CONTACTS = ((_MAIL, "name@example.org"), (_LINK, "https://example.org"), (_PHONE, "555 0100"))
_DATES = frozenset({"started_at", "due"})
_STAND_INS = "Robin Alex Sam Kim Noa Jules Kit Sasha Remy Toni Luca Mika".split()


class Mask:
    """The same name gets the same stand-in throughout; `count` is how many were replaced."""

    def __init__(self, names: Iterable[str]) -> None:
        parts = {part for name in names for part in [name, *name.split()] if len(part) > 2}
        ordered = sorted(parts, key=lambda part: (-len(part), part))
        self._pattern = (
            re.compile("|".join(rf"\b{re.escape(part)}\b" for part in ordered), re.IGNORECASE)
            if ordered
            else None
        )
        self._known: dict[str, str] = {}
        self._seen: set[str] = set()

    @property
    def count(self) -> int:
        return len(self._seen)

    def text(self, text: str) -> str:
        for pattern, stand_in in _CONTACTS:
            for found in set(pattern.findall(text)):
                text = text.replace(found, self._replaced(found, stand_in))
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda m: self._replaced(m[0], self._stand_in(m[0])), text)

    def value(self, value: Any) -> Any:
        """Every text inside a value of JSON; keys stay."""
        if isinstance(value, Mapping):
            return {k: inner if k in _DATES else self.value(inner) for k, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(inner) for inner in value]
        return self.text(value) if isinstance(value, str) else value

    def _stand_in(self, name: str) -> str:
        key = name.casefold()
        if key not in self._known:
            nth = len(self._known)
            again = "" if nth < len(_STAND_INS) else str(nth // len(_STAND_INS) + 1)
            self._known[key] = _STAND_INS[nth % len(_STAND_INS)] + again
        return self._known[key]

    def _replaced(self, old: str, new: str) -> str:
        self._seen.add(old.casefold())
        return new
