"""Hand-written disputes as dense ledgers: `kind | a | b | c`; a and b conflict, c fits both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from training.conflicts.data import HERE, KINDS


def disputes(folder: Path = HERE / "disputes") -> list[dict[str, Any]]:
    """One ledger for each block that starts with `#`: mentors A, B and C say the a, b and c of all lines."""
    out: list[dict[str, Any]] = []
    for path in sorted(folder.glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith("#"):
                situation, goal = (x.strip() for x in line[1:].split("|"))
                out.append(
                    {
                        "id": f"{path.stem}/{number}",
                        "situation": situation,
                        "goal": goal,
                        "advice": [],
                        "conflicts": [],
                        "tempting": [],
                    }
                )
            elif line.strip():
                _add(out[-1], line, f"{path.name}:{number}")
    return out


def _add(ledger: dict[str, Any], line: str, where: str) -> None:
    kind, *said = (x.strip() for x in line.split("|"))
    if kind not in KINDS or len(said) != 3:
        raise ValueError(f"{where}: want `kind | a | b | c`")
    first = len(ledger["advice"])
    for n, (mentor, text) in enumerate(zip("ABC", said, strict=True)):
        ledger["advice"].append({"id": first + n, "mentor": mentor, "text": text, "form": "norm"})
    ledger["conflicts"].append([first, first + 1, kind])
    ledger["tempting"] += [[first, first + 2], [first + 1, first + 2]]
