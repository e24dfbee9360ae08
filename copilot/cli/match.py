"""`match`: mentors that fit a request, with quoted reasons."""

from __future__ import annotations

from typing import Annotated

import typer

from copilot.cli.options import DataOption, EngineOption, JsonOption, build
from copilot.cli.output import console, print_json


def register(app: typer.Typer) -> None:
    app.command(
        "match", epilog='Example: mentor-copilot match "how do I ask for a raise" --mentee te4 --limit 3'
    )(match)


def match(
    text: Annotated[str, typer.Argument(help="What you need, as you would type it.", metavar="TEXT")],
    mentee: Annotated[
        str | None, typer.Option(help="Who asks: languages, time zone, career stage.", metavar="ID")
    ] = None,
    limit: Annotated[int, typer.Option(help="Mentors at most, 1 to 50.", min=1, max=50)] = 5,
    minutes: Annotated[int, typer.Option(help="Length of the session, 15 to 60.")] = 30,
    data: DataOption = None,
    engine: EngineOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find mentors who fit and can take the session; says so when nobody does."""
    from copilot.domain import MatchQuery
    from copilot.matching import match_to_json
    from copilot.workflow.match import match as run

    parts = build(data, engine)
    result = run(parts, MatchQuery(text=text, mentee=mentee, limit=limit, minutes=minutes))
    if as_json:
        # Matching is done by vectors and rules whatever engine is configured.
        print_json(match_to_json(result, engine="local"))
        return
    from copilot.cli.views import show_matches

    show_matches(console(), result)
