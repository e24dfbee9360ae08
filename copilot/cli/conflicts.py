"""`conflicts`: the few places where mentors' advice truly collides."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from copilot.cli.options import DataOption, EngineOption, JsonOption, build
from copilot.cli.output import console, print_json, print_notice, progress_bar
from copilot.errors import BadInput


def register(app: typer.Typer) -> None:
    app.command("conflicts", epilog="Example: mentor-copilot conflicts --mentee te1 --per-mentee 3")(
        conflicts
    )


def conflicts(
    mentee: Annotated[str | None, typer.Option(help="One mentee only.", metavar="ID")] = None,
    per_mentee: Annotated[int, typer.Option(help="Flags a mentee at most, 1 to 50.", min=1, max=50)] = 3,
    pairs: Annotated[
        Path | None, typer.Option(help='Judge {"id","a","b"} lines instead.', metavar="FILE.jsonl")
    ] = None,
    data: DataOption = None,
    engine: EngineOption = None,
    as_json: JsonOption = False,
) -> None:
    """Compare the approved advice of each mentee's mentors."""
    parts = build(data, engine)
    if pairs is not None:
        from copilot.workflow.conflicts import judge_lines

        with progress_bar() as progress:
            results = judge_lines(parts, read_pairs(pairs), progress)
        if as_json:
            print_json({"results": results})
        else:
            for row in results:
                typer.echo(f"{row['id']}\t{row['label']}\t{row['score']:.3f}\t{row['kind'] or ''}")
        return
    from copilot.conflicts import conflicts_to_json
    from copilot.workflow.conflicts import scan_programme

    with progress_bar() as progress:
        found = scan_programme(parts, mentee=mentee, per_mentee=per_mentee, progress=progress)
    for notice in found.notices:
        print_notice(notice)
    if as_json:
        print_json(
            conflicts_to_json(found.conflicts, pairs_considered=found.pairs_considered, engine=found.engine)
        )
        return
    from copilot.cli.views import show_conflicts

    show_conflicts(console(), found.conflicts, found.names)


def read_pairs(file: Path) -> list[tuple[str, str, str]]:
    """(id, a, b) of every line; raises BadInput with the line's number."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadInput(f"Cannot read {file}: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise BadInput(f"{file} is not UTF-8 text.") from None
    rows: list[tuple[str, str, str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            rows.append((str(row["id"]), _sentence(row["a"]), _sentence(row["b"])))
        except (ValueError, KeyError, TypeError):
            raise BadInput(
                f'{file.name}, line {number}: not a JSON object with "id", "a" and "b" as texts.'
            ) from None
    if not rows:
        raise BadInput(f"{file} has no pairs.")
    return rows


def _sentence(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError
    return value
