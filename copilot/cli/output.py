"""What commands print: one JSON object, or text for people; progress and errors on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from copilot.workflow.parts import Progress


def print_json(value: Mapping[str, Any]) -> None:
    """One object, UTF-8, nothing else on standard output."""
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2 if sys.stdout.isatty() else None) + "\n")


def console() -> Console:
    """Coloured where standard output is a terminal, plain text elsewhere."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())


def print_error(line: str) -> None:
    sys.stderr.write("error: " + " ".join(line.split()) + "\n")


def print_notice(line: str) -> None:
    """Something that people should know beside the answer."""
    sys.stderr.write("note: " + " ".join(line.split()) + "\n")


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A progress bar on standard error where that is a terminal; silent elsewhere."""
    if not sys.stderr.isatty():
        yield lambda what, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"))
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Working", total=None)

        def show(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total or None)

        yield show
