"""`import`, `reindex` and `doctor`: the programme's data and the machine it lies on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from copilot.cli.options import DataOption, EngineOption, JsonOption, build
from copilot.cli.output import console, print_json, print_notice, progress_bar


def register(app: typer.Typer) -> None:
    app.command("import", epilog="Example: mentor-copilot import examples/programme")(import_folder)
    app.command("reindex", epilog="Example: mentor-copilot reindex --data /srv/copilot")(reindex)
    app.command("doctor", epilog="Example: mentor-copilot doctor --json")(doctor)


def import_folder(
    folder: Annotated[
        Path, typer.Argument(help="Programme folder: mentors, mentees, sessions, transcripts.")
    ],
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Leave bad rows out instead of refusing.")
    ] = False,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Import a programme folder; again updates, nothing doubles; one bad row changes nothing."""
    from copilot.workflow.import_programme import import_programme
    from copilot.workflow.reindex import refresh_index

    parts = build(data)
    report = import_programme(parts.store, folder, parts.programme, skip_bad=skip_bad)
    with progress_bar() as progress:
        refresh_index(parts, progress=progress)
    if as_json:
        print_json(report.to_json())
        return
    out = console()
    for line in report.lines():
        out.print(line, markup=False)


def reindex(data: DataOption = None, as_json: JsonOption = False) -> None:
    """Rebuild the vector index from SQL; only what changed is embedded again."""
    from copilot.workflow.reindex import rebuild_index

    with progress_bar() as progress:
        report = rebuild_index(build(data), progress=progress)
    if as_json:
        print_json(report)
    else:
        console().print(
            f"{report['passages']} passages of {report['mentors']} mentors indexed, "
            f"{report['embedded']} embedded anew."
        )


def doctor(data: DataOption = None, engine: EngineOption = None, as_json: JsonOption = False) -> None:
    """What is configured, where data lies, and what leaves this machine."""
    from copilot.doctor import examine

    report = examine(build(data, engine))
    if as_json:
        print_json(report)
        return
    out = console()
    for name, value in report.items():
        if name != "problems":
            out.print(f"[bold]{name.replace('_', ' '):<22}[/] ", end="")
            out.print(str(value), markup=False)
    for problem in report["problems"]:
        print_notice(problem)
