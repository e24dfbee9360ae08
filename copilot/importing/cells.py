"""One row's cells as checked values; what is wrong is collected, not raised."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from copilot.importing.problems import Problem
from copilot.importing.tables import Row
from copilot.thresholds import PROGRAMME

_ID = re.compile(r"\w[\w.@+:-]{0,99}")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{2,8})*")
_BARRED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_MOST = PROGRAMME.text_characters
_YES, _NO = {"true", "yes", "1"}, {"false", "no", "0"}


class Cells:
    """Every reader returns a usable value, and an empty one where it noted a problem."""

    def __init__(self, row: Row, prefix: str = "") -> None:
        self.row = row
        self.problems: list[Problem] = []
        self._prefix = prefix

    def problem(self, column: str, reason: str) -> None:
        problem = Problem(
            file=self.row.file, row=self.row.number, column=self._prefix + column, reason=reason
        )
        if problem not in self.problems:  # a cell may be asked for twice
            self.problems.append(problem)

    def has(self, column: str) -> bool:
        """The column was given, be it empty."""
        return column in self.row.values

    def filled(self, column: str) -> bool:
        value = self.row.values.get(column)
        return value is not None and (not isinstance(value, str) or bool(value.strip()))

    def text(
        self,
        column: str,
        *,
        required: bool = False,
        line: bool = False,
        most: int = PROGRAMME.text_characters,
    ) -> str:
        """Stripped text; `line`: a name or headline, without line breaks."""
        value = self.row.values.get(column)
        if not self.filled(column):
            if required:
                self.problem(column, "this is missing" if column not in self.row.values else "this is empty")
            return ""
        if not isinstance(value, str):
            self.problem(column, f"this must be text, not {_kind(value)}")
            return ""
        return self._checked(column, value, line, most)

    def id(self, column: str, *, required: bool = True, hint: str = "") -> str:
        value = self.row.values.get(column)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str) or not value.strip():
            return self.text(column, required=required)
        id = value.strip()
        if _ID.fullmatch(id) and not _BARRED.search(id):
            return id
        self.problem(
            column, f"{_shown(id)} is no id: {hint or 'use up to 100 letters, digits and . _ - @ + :'}"
        )
        return ""

    def whole(self, column: str, least: int, most: int, *, required: bool = False) -> int | None:
        """A whole number, None where nothing is given."""
        value = self.row.values.get(column)
        if not self.filled(column):
            if required:
                self.text(column, required=True)
            return None
        number = _whole(value)
        if number is None:
            self.problem(column, f"{_shown(value)} is no whole number")
        elif not least <= number <= most:
            self.problem(column, f"{number} is not from {least} to {most:,}")
        else:
            return number
        return None

    def flag(self, column: str) -> bool | None:
        """true, yes, 1 or false, no, 0; None where nothing is given."""
        value = self.row.values.get(column)
        if not self.filled(column):
            return None
        said = str(value).strip().lower()
        if said in _YES | _NO and not isinstance(value, float):
            return said in _YES
        self.problem(column, f"{_shown(value)} is neither true nor false")
        return None

    def items(self, column: str) -> tuple[str, ...]:
        """A list of texts; in a CSV, or in one text, they are separated by semicolons. Each once."""
        value = self.row.values.get(column)
        if not self.filled(column):
            return ()
        parts = value.split(";") if isinstance(value, str) else value
        if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
            self.problem(column, f"this must be a list of texts, not {_kind(value)}")
            return ()
        if len(parts) > PROGRAMME.list_items:
            self.problem(column, f"this has {len(parts)} entries; the limit is {PROGRAMME.list_items}")
            return ()
        checked = (
            self._checked(column, part, True, PROGRAMME.name_characters) for part in parts if part.strip()
        )
        return tuple(dict.fromkeys(checked))

    def languages(self, column: str) -> tuple[str, ...]:
        """ISO 639 codes in lower case, without their region."""
        codes: dict[str, None] = {}
        for item in self.items(column):
            found = _LANGUAGE.fullmatch(item)
            if found is None:
                self.problem(column, f"{_shown(item)} is no language code such as 'en'")
            else:
                codes[found[1].lower()] = None
        return tuple(codes)

    def zone(self, column: str) -> str:
        name = self.text(column, required=True)
        try:
            return ZoneInfo(name).key if name else ""
        except (KeyError, ValueError, OSError):  # unknown, a path, a folder of zones
            self.problem(column, f"{_shown(name)} is no time zone such as 'Europe/Lisbon'")
            return ""

    def moment(self, column: str) -> datetime | None:
        """A date and time with its offset from UTC; None where nothing is given."""
        said = self.text(column)
        if not said:
            return None
        try:
            moment = datetime.fromisoformat(said)
            if moment.tzinfo is not None:
                moment.astimezone(UTC)
        except (ValueError, OverflowError):
            self.problem(column, f"{_shown(said)} is no time such as '2026-03-06T14:30:00+01:00'")
            return None
        if moment.tzinfo is None:
            self.problem(column, f"{_shown(said)} lacks its offset from UTC, such as '+01:00' or 'Z'")
            return None
        return moment

    def choice(self, column: str, allowed: Collection[str]) -> str | None:
        said = self.text(column).lower()
        if said and said not in allowed:
            self.problem(column, f"{_shown(said)} is none of {', '.join(allowed)}")
            return None
        return said or None

    def _checked(self, column: str, value: str, line: bool, most: int) -> str:
        text = value.strip()
        barred = _BARRED.search(text)
        if barred:
            self.problem(column, f"this holds the character U+{ord(barred[0]):04X}, which is no text")
        elif line and len(text.splitlines()) > 1:
            self.problem(column, "this must be one line")
        elif len(text) > most:
            self.problem(column, f"this has {len(text):,} characters; the limit is {most:,}")
        else:
            return text
        return ""


def _whole(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        text = re.fullmatch(r"\s*([+-]?[0-9]{1,12})(?:\.0+)?\s*", value)
        return int(text[1]) if text else None
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    return value if isinstance(value, int) else None


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", bool: "true or false", int: "a number", float: "a number"}
    return names.get(type(value), "text")


def _shown(value: Any) -> str:
    """A cell in an error line: short, on one line."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
