"""Reads the dataset files. What is wrong in a file is said with its name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from copilot.errors import BadInput

ROOT = Path(__file__).parent / "datasets"
SPLITS = ("dev", "test")


def read(suite: str, split: str, root: Path | None = None) -> Any:
    """The content of SUITE/SPLIT.json or .jsonl; None where there is no such file."""
    base = root or ROOT
    for ending in ("json", "jsonl"):
        file = base / suite / f"{split}.{ending}"
        if file.is_file():
            return _parsed(file)
    return None


def _parsed(file: Path) -> Any:
    try:
        text = file.read_text(encoding="utf-8")
        if file.suffix == ".jsonl":
            return [json.loads(line) for line in text.splitlines() if line.strip()]
        return json.loads(text)
    except ValueError as error:
        raise BadInput(f"{file.parent.name}/{file.name} is not valid JSON: {error}.") from None


def rows(suite: str, split: str) -> Iterator[dict[str, Any]]:
    """The cases of a file that is a list, or that has a list under "cases"."""
    content = read(suite, split)
    if content is None:
        return
    for row in content["cases"] if isinstance(content, dict) else content:
        if not isinstance(row, dict) or not row.get("id"):
            raise BadInput(f"{suite}/{split}: every case needs an id.")
        yield row
