"""How values look in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.padding import Padding

if TYPE_CHECKING:
    from rich.console import Console

    from copilot.domain import Agenda, Coaching, Conflict, Match, MatchResult, Note, Recap


def show_coaching(out: Console, coaching: Coaching, original: str) -> None:
    out.print(f'You wrote: "{escape(original)}"')
    if coaching.specific:
        out.print("[green]This goal is specific enough to work on.[/]")
    else:
        out.print(f"[yellow]Still missing:[/] {', '.join(coaching.missing)}")
    out.print("\n[bold]Suggestion[/]")
    _indented(out, escape(coaching.suggestion))
    out.print("\n[bold]Three questions to bring[/]")
    for number, question in enumerate(coaching.questions, 1):
        _indented(out, f"{number}. {escape(question)}")
    out.print(f"\n[dim]A session of {coaching.fits_minutes} minutes fits this.[/]")


def show_matches(out: Console, result: MatchResult) -> None:
    if result.abstained:
        out.print("[yellow]Nobody here fits this request well.[/]")
    if result.note:
        out.print(escape(result.note))
    for place, match in enumerate(result.matches, 1):
        _show_match(out, place, match)


def _show_match(out: Console, place: int, match: Match) -> None:
    mark = "  [magenta]a different perspective[/]" if match.second_opinion else ""
    out.print(f"\n[bold]{place}. {escape(match.name)}[/] [dim]{escape(match.mentor)}[/]{mark}")
    facts = [f"score {match.score:.2f}", "/".join(match.languages)]
    if match.free_minutes is not None:
        facts.append(f"{match.free_minutes} min free this month")
    if match.overlap_hours is not None:
        facts.append(f"{match.overlap_hours:g} h a day in common")
    _indented(out, f"[dim]{escape(' · '.join(f for f in facts if f))}[/]")
    for reason in match.reasons:
        _indented(out, f'[cyan]"{escape(reason.quote)}"[/] [dim]({escape(reason.field)})[/]')
    for caution in match.cautions:
        _indented(out, f"[yellow]! {escape(caution)}[/]")


def show_agenda(out: Console, agenda: Agenda) -> None:
    out.print(f"[bold]{escape(agenda.goal)}[/] [dim]({agenda.minutes} minutes)[/]")
    start = 0
    for item in agenda.items:
        out.print(
            f"\n[cyan]{start:>2}-{start + item.minutes:<2}[/] [bold]{escape(item.title)}[/] "
            f"({item.minutes} min)"
        )
        _indented(out, f"[dim]{escape(item.purpose)}[/]", 6)
        for prompt in item.prompts:
            _indented(out, f"- {escape(prompt)}", 6)
        start += item.minutes
    _list(out, "Questions to bring", agenda.questions)
    _list(out, "Before the session", agenda.prework)
    _list(out, "Still open from earlier sessions", agenda.open_actions)
    _list(out, "Your mentors differ; ask", [f"{d.topic}: {d.ask}" for d in agenda.disagreements])
    out.print(f"\n[bold]Done when[/] {escape(agenda.done_when)}")


def show_recap(out: Console, recap: Recap) -> None:
    made = recap.provenance
    out.print(
        f"[bold]Recap of {escape(recap.session)}[/] [dim]{recap.status}, version {recap.version}, "
        f"by the {made.engine} engine; {recap.coverage:.0%} of turns read, {recap.unsupported} unsupported[/]"
    )
    for notice in recap.notices:
        out.print(f"[yellow]! {escape(notice)}[/]")
    _list(out, "Summary", [point.text for point in recap.summary])
    if recap.advice:
        out.print("\n[bold]Advice[/]")
    for piece in recap.advice:
        _indented(
            out, f"- {escape(piece.text)}" + (f" [dim]({escape(piece.topic)})[/]" if piece.topic else "")
        )
        _quote(out, piece.quote, piece.at)
    if recap.actions:
        out.print("\n[bold]Actions[/]")
    for action in recap.actions:
        due = f", due {action.due}" if action.due else ""
        _indented(
            out, f"- [green]{action.owner or 'nobody named'}[/]: {escape(action.task.rstrip('.'))}{due}"
        )
        _quote(out, action.quote, action.at)
    for title, notes in (
        ("Decisions", recap.decisions),
        ("Open questions", recap.questions),
        ("Opportunities", recap.opportunities),
    ):
        _show_notes(out, title, notes)
    if recap.thanks:
        out.print("\n[bold]Thank-you note[/]")
        _indented(out, escape(recap.thanks))


def show_conflicts(out: Console, conflicts: Sequence[Conflict], names: dict[str, str]) -> None:
    if not conflicts:
        out.print("No disagreements among the mentors' approved advice.")
    for conflict in conflicts:
        colour = "red" if conflict.verdict == "conflict" else "yellow"
        out.print(
            f"\n[{colour} bold]{conflict.verdict}[/] [dim]{conflict.kind}, "
            f"confidence {conflict.confidence:.2f}, {conflict.status}, "
            f"{escape(names.get(conflict.mentee, conflict.mentee))}, id {conflict.id}[/]"
        )
        for side, when in ((conflict.a, conflict.when_a), (conflict.b, conflict.when_b)):
            _indented(
                out,
                f"[bold]{escape(names.get(side.mentor, side.mentor))}[/] ({escape(side.session)}): "
                f"{escape(side.text)}",
            )
            _quote(out, side.quote, None)
            _indented(out, escape(when), 4)
        _indented(out, f"[green]Ask: {escape(conflict.settle)}[/]")


def _show_notes(out: Console, title: str, notes: Sequence[Note]) -> None:
    if notes:
        out.print(f"\n[bold]{title}[/]")
    for note in notes:
        _indented(out, f"- {escape(note.text)}")
        if note.quote != note.text:
            _quote(out, note.quote, note.at)


def _quote(out: Console, quote: str, at: str | None) -> None:
    _indented(out, f'[cyan]"{escape(quote)}"[/]' + (f" [dim]{at}[/]" if at else ""), 4)


def _list(out: Console, title: str, lines: Sequence[str]) -> None:
    if lines:
        out.print(f"\n[bold]{title}[/]")
    for line in lines:
        _indented(out, f"- {escape(line)}")


def _indented(out: Console, markup: str, columns: int = 2) -> None:
    """Wrapped under its indent in a terminal; one whole line elsewhere, so that nothing is cut."""
    out.print(Padding.indent(markup, columns) if out.is_terminal else " " * columns + markup)
