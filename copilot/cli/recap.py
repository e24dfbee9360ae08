"""`recap`: from a transcript to a grounded draft."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from copilot.cli.options import DataOption, EngineOption, JsonOption, build
from copilot.cli.output import console, print_json, print_notice, progress_bar
from copilot.errors import BadInput

if TYPE_CHECKING:
    from copilot.bootstrap import Copilot
    from copilot.domain import Recap, Speaker

EXAMPLE = (
    "Examples: mentor-copilot recap call.vtt --started-at 2026-03-02T15:00:00+01:00 · "
    "mentor-copilot recap --session ts1 --approve"
)


def register(app: typer.Typer) -> None:
    app.command("recap", epilog=EXAMPLE)(recap)


def recap(
    file: Annotated[Path | None, typer.Argument(help="A transcript: vtt, srt, txt, docx or md.")] = None,
    session: Annotated[str | None, typer.Option(help="A stored session.", metavar="ID")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every stored transcript.")] = False,
    approve: Annotated[
        bool, typer.Option("--approve", help="Approve as the mentor (one-person trial).")
    ] = False,
    started_at: Annotated[
        str | None, typer.Option(help="ISO time, for relative dates.", metavar="ISO")
    ] = None,
    speaker: Annotated[list[str] | None, typer.Option(help='"LABEL=mentor" or "LABEL=mentee".')] = None,
    goal: Annotated[str | None, typer.Option(help="The goal of the call, for FILE.")] = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown.")] = False,
    data: DataOption = None,
    engine: EngineOption = None,
    as_json: JsonOption = False,
) -> None:
    """Draft a recap; every line is backed by the words it came from."""
    if sum((file is not None, session is not None, every)) != 1:
        raise BadInput("Give one of: a FILE, --session ID, or --all.")
    if file is None and (started_at or speaker or goal):
        raise BadInput("--started-at, --speaker and --goal go with a FILE; stored sessions have their own.")
    if file is not None and approve:
        raise BadInput("Only the recap of a stored session can be approved.", "Import the programme first.")
    parts = build(data, engine)
    if every:
        _print_all(parts, approve, markdown, as_json)
    elif file is not None:
        _print_one(_from_file(parts, file, started_at, speaker or [], goal), markdown, as_json)
    else:
        from copilot.workflow.recap import recap_session

        _print_one(recap_session(parts, session or "", approve=approve), markdown, as_json)


def _from_file(
    parts: Copilot, file: Path, started_at: str | None, labels: list[str], goal: str | None
) -> Recap:
    from copilot.thresholds import LIMITS
    from copilot.workflow.recap import recap_file

    speakers = dict(parse_speaker(label) for label in labels)
    moment = parse_moment(started_at) if started_at else None
    try:
        with file.open("rb") as opened:
            content = opened.read(LIMITS.transcript_bytes + 1)
    except OSError as error:
        raise BadInput(f"Cannot read {file}: {error.strerror}.", "Give the path of a transcript.") from None
    drafted, _ = recap_file(parts, content, file.name, started_at=moment, speakers=speakers, goal=goal)
    return drafted


def parse_speaker(text: str) -> tuple[str, Speaker]:
    """ "Ana P.=mentor" -> ("Ana P.", Speaker.MENTOR)."""
    from copilot.domain import Speaker

    label, equals, role = text.rpartition("=")
    if not equals or not label.strip() or role.strip().lower() not in ("mentor", "mentee"):
        raise BadInput(f'--speaker "{text}" is not "LABEL=mentor" or "LABEL=mentee".')
    return label.strip(), Speaker(role.strip().lower())


def parse_moment(text: str) -> datetime:
    """ISO 8601 with an offset; raises BadInput otherwise."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput(f'"{text}" is not an ISO time.', "Example: 2026-03-02T15:00:00+01:00") from None
    if moment.tzinfo is None:
        raise BadInput(f'"{text}" has no offset from UTC.', "Example: 2026-03-02T15:00:00+01:00")
    return moment


def _print_one(drafted: Recap, markdown: bool, as_json: bool) -> None:
    from copilot.recap import recap_to_json, recap_to_markdown

    if as_json:  # the text and Markdown forms show the notices themselves
        for notice in drafted.notices:
            print_notice(notice)
        print_json(recap_to_json(drafted))
    elif markdown:
        typer.echo(recap_to_markdown(drafted))
    else:
        from copilot.cli.views import show_recap

        show_recap(console(), drafted)


def _print_all(parts: Copilot, approve: bool, markdown: bool, as_json: bool) -> None:
    from copilot.recap import recap_to_json
    from copilot.workflow.recap import recap_all, sessions_with_transcripts

    ids = sessions_with_transcripts(parts)
    if not ids:
        raise BadInput("No stored session has a transcript.", "Run: mentor-copilot import FOLDER")
    drafts: dict[str, Recap] = {}
    with progress_bar() as progress:
        progress("Recaps", 0, len(ids))
        for session_id, drafted in recap_all(parts, approve=approve):
            drafts[session_id] = drafted
            progress("Recaps", len(drafts), len(ids))
    if as_json:
        print_json({session_id: recap_to_json(drafted) for session_id, drafted in drafts.items()})
        return
    for drafted in drafts.values():
        _print_one(drafted, markdown, False)
        typer.echo("")
