"""What is wrong with a row, said so that a person can find it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from copilot.errors import BadInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One reason why one row is refused."""

    file: str
    row: int
    """CSV: the row as a spreadsheet counts it, the header being 1. JSON: the item, the first being 1."""
    column: str
    """Empty where the row as a whole is wrong."""
    reason: str

    def __str__(self) -> str:
        unit = "row" if self.file.endswith(".csv") else "item"
        column = f", {self.column}" if self.column else ""
        return f"{self.file}, {unit} {self.row}{column}: {self.reason}."

    def to_json(self) -> dict[str, str | int]:
        return {"file": self.file, "row": self.row, "column": self.column, "reason": self.reason}


_TOLD = 3
"""Problems in the message; one line must stay readable."""


class BadProgramme(BadInput):
    """A folder with bad rows. `problems` holds all of them, the message tells the first few."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        rows = len({(one.file, one.row) for one in problems})
        told = " ".join(str(problem) for problem in problems[:_TOLD])
        more = f" And {len(problems) - _TOLD} more." if len(problems) > _TOLD else ""
        super().__init__(
            f"{told}{more}",
            f"Nothing was changed: mend {'it' if rows == 1 else f'the {rows} rows'}, or use --skip-bad.",
        )
        self.problems = tuple(problems)
