"""Makes docs/demo.svg: what the commands print on the sample programme, shortened to one screen.

python docs/picture.py
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from copilot.bootstrap import Copilot, read_settings
from copilot.cli.views import show_coaching, show_conflicts, show_matches, show_recap
from copilot.domain import MatchQuery
from copilot.workflow.coach import coach
from copilot.workflow.conflicts import scan_programme
from copilot.workflow.import_programme import import_programme
from copilot.workflow.match import match
from copilot.workflow.recap import recap_session
from copilot.workflow.reindex import refresh_index

ROOT = Path(__file__).parent.parent
MENTEE, SESSIONS = "te1", ("ts1", "ts2", "ts3")


def main() -> None:
    out = Console(record=True, width=110, force_terminal=True, highlight=False)
    with TemporaryDirectory() as data:
        parts = Copilot(read_settings(data=Path(data), engine="local", database_url=None, chroma_url=None))
        import_programme(parts.store, ROOT / "examples/programme", parts.programme)
        refresh_index(parts)
        recaps = [recap_session(parts, session, approve=True) for session in SESSIONS]
        found = scan_programme(parts, mentee=MENTEE)
        text = "stop freezing in code reviews"
        out.print(f'[dim]$ mentor-copilot coach "{text}"[/]')
        show_coaching(out, coach(parts, text)[0], text)
        out.print(f'\n[dim]$ mentor-copilot match "{text}" --mentee {MENTEE} --limit 1[/]')
        show_matches(out, match(parts, MatchQuery(text=text, mentee=MENTEE, limit=1)))
        out.print("\n[dim]$ mentor-copilot recap --session ts3[/]")
        short = replace(
            recaps[-1],
            summary=(),
            advice=recaps[-1].advice[:2],
            actions=recaps[-1].actions[:2],
            decisions=(),
            questions=(),
            opportunities=(),
            thanks="",
        )
        show_recap(out, short)
        out.print(f"\n[dim]$ mentor-copilot conflicts --mentee {MENTEE} --per-mentee 1[/]")
        show_conflicts(out, found.conflicts[:1], found.names)
    out.save_svg(str(ROOT / "docs/demo.svg"), title="mentor-copilot")


if __name__ == "__main__":
    main()
