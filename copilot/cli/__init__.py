"""The command line: thin, no decisions. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import os
import sys

import typer

from copilot.cli.output import print_error
from copilot.errors import CopilotError

app = typer.Typer(
    name="mentor-copilot",
    help="Sharper goals, fitting mentors, agendas that fill the slot, recaps backed by quotes, "
    "and the few places where mentors' advice collides.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


_INTERRUPTED = "Interrupted; nothing half done was kept."


def _register() -> None:
    from copilot.cli import agenda, conflicts, demo, goals, match, programme, recap, serve
    from evals import commands as measuring

    for module in (programme, match, goals, agenda, recap, conflicts, serve, demo, measuring):
        module.register(app)


def main() -> None:
    """Run one command; every error that we raise on purpose is one line and an exit code."""
    _mend_streams()
    sys.exit(run(sys.argv[1:]))


def _mend_streams() -> None:
    """Print "?" for what the terminal's encoding lacks, rather than break; nowhere if output is closed."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - for the process
        elif stream.encoding.lower() not in ("utf-8", "utf8"):
            stream.reconfigure(errors="replace")


def run(arguments: list[str]) -> int:
    """Exit status: 0 success, 1 failure, 2 bad input, 130 interrupted."""
    _register()
    try:
        status = app(args=arguments, standalone_mode=False, prog_name="mentor-copilot")
    except CopilotError as error:
        print_error(str(error))
        return error.exit_code
    except typer.TyperException as error:
        print_error(f"{error.format_message()} (mentor-copilot --help shows how)")
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        print_error(_INTERRUPTED)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except OSError as error:
        return _unforeseen(error, error.strerror)
    except Exception as error:
        return _unforeseen(error)
    if status == 130:  # typer has caught Ctrl-C itself
        print_error(_INTERRUPTED)
    return status if isinstance(status, int) else 0


def _unforeseen(error: Exception, reason: str | None = None) -> int:
    """A fault of ours: one line for people, everything for whoever asks for it."""
    from copilot.settings import debugging

    if debugging():
        raise error
    # The type only: the message may hold people's words.
    told = f"The system says: {reason}" if reason else f"Something broke inside ({type(error).__name__})"
    print_error(f"{told}; COPILOT_DEBUG=1 shows where.")
    return 1
