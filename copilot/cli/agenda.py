"""`agenda`: a plan that fills the slot to the minute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from copilot.cli.options import DataOption, EngineOption, JsonOption, build
from copilot.cli.output import console, print_json, print_notice
from copilot.errors import BadInput

if TYPE_CHECKING:
    from copilot.domain import Agenda

EXAMPLE = (
    "Examples: mentor-copilot agenda ts2 --markdown · "
    'mentor-copilot agenda --goal "ask for a raise" --mentor tm10 --minutes 30'
)


def register(app: typer.Typer) -> None:
    app.command("agenda", epilog=EXAMPLE)(agenda)


def agenda(
    session: Annotated[str | None, typer.Argument(help="A stored session.", metavar="SESSION_ID")] = None,
    goal: Annotated[str | None, typer.Option(help="A goal, where no session is booked yet.")] = None,
    mentor: Annotated[str | None, typer.Option(help="The mentor, with --goal.", metavar="ID")] = None,
    mentee: Annotated[
        str | None, typer.Option(help="The mentee, with --goal: carries what is open.", metavar="ID")
    ] = None,
    minutes: Annotated[int | None, typer.Option(help="15 to 60, with --goal.")] = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown.")] = False,
    ics: Annotated[bool, typer.Option("--ics", help="Print a calendar entry (SESSION_ID only).")] = False,
    data: DataOption = None,
    engine: EngineOption = None,
    as_json: JsonOption = False,
) -> None:
    """Plan a session: time-boxed items, questions, what is still open, where mentors differ."""
    if (session is None) == (goal is None):
        raise BadInput("Give a SESSION_ID, or --goal TEXT with --mentor ID and --minutes N.")
    if sum((markdown, ics, as_json)) > 1:
        raise BadInput("Choose one of --markdown, --ics and --json.")
    parts = build(data, engine)
    if goal is not None:
        if mentor is None or minutes is None:
            raise BadInput("--goal needs --mentor ID and --minutes N.")
        if ics:
            raise BadInput("A calendar entry needs a session with a start time.", "Give a SESSION_ID.")
        from copilot.workflow.agenda import agenda_for_goal

        _show(agenda_for_goal(parts, goal, mentor, minutes, mentee), markdown, as_json)
        return
    from copilot.agenda import agenda_to_ics
    from copilot.workflow.agenda import agenda_for_session

    plan, held, mentor_person, mentee_person = agenda_for_session(parts, session or "")
    if ics:
        typer.echo(
            agenda_to_ics(
                plan,
                starts_at=held.started_at,
                now=parts.clock.now(),
                mentor_name=mentor_person.name,
                mentee_name=mentee_person.name,
            ),
            nl=False,
        )
        return
    _show(plan, markdown, as_json)


def _show(plan: Agenda, markdown: bool, as_json: bool) -> None:
    from copilot.agenda import agenda_to_json, agenda_to_markdown

    if plan.provenance.notice:
        print_notice(plan.provenance.notice)
    if as_json:
        print_json(agenda_to_json(plan))
    elif markdown:
        typer.echo(agenda_to_markdown(plan))
    else:
        from copilot.cli.views import show_agenda

        show_agenda(console(), plan)
