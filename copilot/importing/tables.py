"""A JSON or CSV file as rows, before anybody asks what they mean."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from copilot.errors import BadInput, TooLarge
from copilot.importing.problems import Problem
from copilot.thresholds import PROGRAMME


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    file: str
    number: int
    values: dict[str, Any]
    """Column -> cell: text in a CSV, any JSON value in a JSON file. A missing key was not given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows of one file, and those that are no rows at all."""

    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_table(folder: Path, noun: str, required: Collection[str]) -> Table | None:
    """`noun`.json or `noun`.csv in the folder; None if there is neither.

    Raises BadInput if there are both, or if the file as a whole cannot be read.
    """
    found = [folder / f"{noun}.{ending}" for ending in ("json", "csv")]
    found = [path for path in found if path.exists() or path.is_symlink()]
    if not found:
        return None
    if len(found) > 1:
        raise BadInput(f"There are both {noun}.json and {noun}.csv.", "Remove the one that is out of date.")
    text = _text(read_bytes(folder, found[0], PROGRAMME.file_bytes), found[0].name)
    if found[0].suffix == ".json":
        return _json(text, found[0].name)
    return _csv(text, found[0].name, required)


def read_bytes(folder: Path, path: Path, most: int) -> bytes:
    """A regular file inside the folder, links followed; raises BadInput, or TooLarge above `most`."""
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(folder.resolve()):
            raise BadInput(f"{path.name} leads out of the programme folder.", "Put a copy into the folder.")
        if not real.is_file():
            raise BadInput(f"{path.name} is not a file.")
        with real.open("rb") as stream:
            data = stream.read(most + 1)
    except (OSError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "its links go in circles"
        raise BadInput(f"{path.name} cannot be read: {reason}.") from None
    if len(data) > most:
        raise TooLarge(f"{path.name} has more than {most:,} bytes.", "Split the programme.")
    return data


def _text(data: bytes, name: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadInput(f"{name} is UTF-16.", "Save it as UTF-8.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadInput(f"{name}, line {line}, is not UTF-8.", "Save the file as UTF-8.") from None


def _no_number(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON number")


def _json(text: str, name: str) -> Table:
    try:
        items = json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        where = f"{name}, line {error.lineno}, column {error.colno}"
        raise BadInput(f"{where}: {error.msg}.", "This is no valid JSON.") from None
    except RecursionError:
        raise BadInput(f"{name} is nested too deeply.") from None
    except ValueError as error:
        raise BadInput(f"{name}: {error}.") from None
    if not isinstance(items, list):
        raise BadInput(f"{name} does not hold a list.", 'It should look like [{"id": …}, …].')
    _check_rows(len(items), name)
    rows: list[Row] = []
    problems: list[Problem] = []
    for number, item in enumerate(items, 1):
        if isinstance(item, dict):
            rows.append(Row(file=name, number=number, values=item))
        else:
            problems.append(Problem(file=name, row=number, column="", reason="this is not an object {…}"))
    return Table(rows=tuple(rows), problems=tuple(problems))


def _csv(text: str, name: str, required: Collection[str]) -> Table:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        lines = list(reader)
    except csv.Error as error:
        said = str(error)
        if said == "unexpected end of data":
            said = "a quotation mark is opened and never closed"
        raise BadInput(
            f"{name}, line {reader.line_num}: {said}.", "Save it as comma-separated CSV."
        ) from None
    _check_rows(len(lines), name)
    header = [cell.strip() for cell in lines[0]] if lines else []
    _check_header(header, name, required)
    rows: list[Row] = []
    problems: list[Problem] = []
    for number, cells in enumerate(lines[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            reason = f"this row has {len(cells)} cells, the header has {len(header)}"
            problems.append(Problem(file=name, row=number, column="", reason=reason))
            continue
        rows.append(Row(file=name, number=number, values=dict(zip(header, cells, strict=True))))
    return Table(rows=tuple(rows), problems=tuple(problems))


def _check_header(header: list[str], name: str, required: Collection[str]) -> None:
    twice = sorted({column for column in header if header.count(column) > 1})
    if twice:
        raise BadInput(f"{name} has the column {twice[0]!r} twice.", "Rename or remove one.")
    missing = [column for column in required if column not in header]
    if not any(header):
        raise BadInput(f"{name} has nothing in its first row.", f"Name the columns: {', '.join(required)}…")
    if missing:
        names = ", ".join(repr(column) for column in missing)
        got = ", ".join(header)
        raise BadInput(f"{name} has no column {names} in its first row.", _header_hint(got, missing))


def _header_hint(got: str, missing: list[str]) -> str:
    if ";" in got or "\t" in got:
        return "Separate columns by commas."
    if set(missing) <= set(got.lower().split(", ")):
        return "Write column names in small letters."
    return f"It has: {got if len(got) <= 100 else got[:99] + '…'}."


def _check_rows(count: int, name: str) -> None:
    if count > PROGRAMME.rows:
        raise TooLarge(f"{name} has {count:,} rows; the limit is {PROGRAMME.rows:,}.", "Split the programme.")
