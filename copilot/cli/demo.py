"""`demo`: the main job on a sample programme, start to end, in the terminal."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from copilot.cli.options import EngineOption
from copilot.cli.output import console, progress_bar
from copilot.errors import BadInput

if TYPE_CHECKING:
    from rich.console import Console

    from copilot.bootstrap import Copilot
    from copilot.domain import Goal, Person, Session
    from copilot.workflow.conflicts import ScanReport

SAMPLE = Path("examples/programme")


def register(app: typer.Typer) -> None:
    app.command("demo", epilog="Example: mentor-copilot demo examples/programme --mentee te1")(demo)


def demo(
    folder: Annotated[Path, typer.Argument(help="A programme folder.")] = SAMPLE,
    mentee: Annotated[
        str | None, typer.Option(help="Whom to show. Default: most sessions.", metavar="ID")
    ] = None,
    engine: EngineOption = None,
) -> None:
    """Show the main job for one mentee; works in a temporary folder and keeps nothing."""
    from copilot.bootstrap import Copilot, read_settings

    if not folder.is_dir():
        raise BadInput(
            f"{folder} is not a folder.", "Run this in a checkout of the project, or name a programme."
        )
    chosen = {"engine": engine.value} if engine else {}
    with TemporaryDirectory(prefix="copilot-demo-") as data:
        settings = read_settings(data=Path(data), database_url=None, chroma_url=None, **chosen)
        _show(Copilot(settings), folder, mentee)


def _show(parts: Copilot, folder: Path, mentee: str | None) -> None:
    from copilot.workflow.conflicts import scan_programme
    from copilot.workflow.import_programme import import_programme
    from copilot.workflow.recap import recap_session
    from copilot.workflow.reindex import refresh_index

    out = console()
    import_programme(parts.store, folder, parts.programme)
    person, goal, held = _whom(parts, mentee)
    _stand_after(parts, held)
    with progress_bar() as progress:
        refresh_index(parts, progress=progress)
        for done, session in enumerate(held, 1):
            recap_session(parts, session.id, approve=True)
            progress("Recaps drafted and approved", done, len(held))
    met = len({session.mentor for session in held})
    out.print(f"[bold]{person.name}[/], {person.career_stage or 'mentee'}, has met {met} mentors.")
    found = scan_programme(parts, mentee=person.id)
    _before(out, parts, person, goal)
    _after(out, parts, person, held[-1], found)


def _whom(parts: Copilot, mentee: str | None) -> tuple[Person, Goal, list[Session]]:
    """The mentee to show, the first goal, and the sessions in order of time (at least one)."""
    from copilot.domain import SessionState

    with parts.store.read(parts.programme) as unit:
        held = [s for s in unit.sessions.all(state=SessionState.HELD) if s.started_at is not None]
        held.sort(key=lambda s: (s.started_at is not None and s.started_at.timestamp(), s.id))
        if not held:
            raise BadInput("This programme has no session that was held, so there is nothing to show.")
        counts = {s.mentee: sum(o.mentee == s.mentee for o in held) for s in held}
        chosen = mentee or max(sorted(counts), key=lambda person: counts[person])
        person = unit.people.get(chosen)
        goals = unit.goals.of_mentee(chosen)
    own = [s for s in held if s.mentee == chosen]
    if not goals or not own:
        raise BadInput(f"{chosen} has no goal or no held session.", "Choose another with --mentee ID.")
    return person, goals[0], own


def _stand_after(parts: Copilot, held: list[Session]) -> None:
    """A sample programme plays in the past: look at it from the day after the last session."""
    from copilot.testing import FixedClock

    last = held[-1].started_at
    if last is not None:
        parts.stand_at(FixedClock(last + timedelta(days=1)))


def _before(out: Console, parts: Copilot, person: Person, goal: Goal) -> None:
    from copilot.cli.views import show_agenda, show_coaching, show_matches
    from copilot.domain import MatchQuery
    from copilot.workflow.agenda import agenda_for_goal
    from copilot.workflow.coach import coach
    from copilot.workflow.match import match

    out.rule("1. The goal, coached", align="left")
    show_coaching(out, coach(parts, goal.text)[0], goal.text)
    out.rule("2. Mentors that fit", align="left")
    result = match(parts, MatchQuery(text=goal.text, mentee=person.id, limit=3))
    show_matches(out, result)
    nearest = (*result.matches, *([result.nearest] if result.nearest else []))
    if nearest:
        out.rule(f"3. An agenda for 30 minutes with {nearest[0].name}", align="left")
        show_agenda(out, agenda_for_goal(parts, goal.text, nearest[0].mentor, 30, person.id))


def _after(out: Console, parts: Copilot, person: Person, session: Session, found: ScanReport) -> None:
    from copilot.cli.views import show_conflicts, show_recap
    from copilot.workflow.recap import recap_session

    out.rule("4. The recap of the latest session", align="left")
    show_recap(out, recap_session(parts, session.id))
    out.rule(f"5. Where {person.name}'s mentors differ", align="left")
    show_conflicts(out, found.conflicts, found.names)
