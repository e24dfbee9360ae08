"""`coach`: a vague goal becomes a specific one that fits the minutes."""

from __future__ import annotations

from typing import Annotated

import typer

from copilot.cli.options import DataOption, EngineOption, JsonOption, build
from copilot.cli.output import console, print_json, print_notice


def register(app: typer.Typer) -> None:
    app.command("coach", epilog='Example: mentor-copilot coach "get better at numbers" --minutes 30')(coach)


def coach(
    text: Annotated[str, typer.Argument(help="The goal as you would type it.", metavar="GOAL")],
    minutes: Annotated[int, typer.Option(help="Length of the session, 15 to 60.")] = 30,
    data: DataOption = None,
    engine: EngineOption = None,
    as_json: JsonOption = False,
) -> None:
    """Sharpen a goal: what is missing, a suggestion, three questions to bring."""
    from copilot.goals import coaching_to_json
    from copilot.workflow.coach import coach as run

    coaching, provenance = run(build(data, engine), text, minutes)
    if provenance.notice:
        print_notice(provenance.notice)
    if as_json:
        print_json(coaching_to_json(coaching, original=text, provenance=provenance))
        return
    from copilot.cli.views import show_coaching

    show_coaching(console(), coaching, text)
