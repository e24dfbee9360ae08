"""`conflicts`: the few places where mentors' advice truly collides."""

from __future__ import annotations

import json
from enum import StrEnum
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
    app.command("triage", epilog='Example: mentor-copilot triage 3f2a dismissed --reason "another phase"')(
        triage
    )


class Decision(StrEnum):
    """What a person may say of a flag."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    BOTH_HOLD = "both-can-hold"
    DISMISSED = "dismissed"
    SETTLED = "settled"


def triage(
    conflict: Annotated[str, typer.Argument(help="The id that `conflicts` shows.", metavar="ID")],
    decision: Annotated[Decision, typer.Argument(help="What you decide.")],
    reason: Annotated[str, typer.Option(help="Why: kept with the decision.")],
    by: Annotated[str, typer.Option(help="Who decides.")] = "coordinator",
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Decide about a flag; a dismissed pair never comes back."""
    from copilot.conflicts import conflict_to_json
    from copilot.domain import Triage
    from copilot.workflow.conflicts import triage as decide

    state = Triage(decision.value.replace("-", " "))
    decided = decide(build(data), conflict, state, reason=reason, by=by)
    if as_json:
        print_json(conflict_to_json(decided))
    else:
        typer.echo(f"{decided.id}: {decided.status}")


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
