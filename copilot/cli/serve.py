"""`serve`: the HTTP API on loopback."""

from __future__ import annotations

import sys
from contextlib import suppress
from socket import AF_INET, AF_INET6, SO_REUSEADDR, SOL_SOCKET, socket
from typing import Annotated

import typer

from copilot.cli.options import DataOption, EngineOption, build
from copilot.errors import BadInput

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def register(app: typer.Typer) -> None:
    app.command("serve", epilog="Example: mentor-copilot serve --port 8080")(serve)


def serve(
    host: Annotated[str, typer.Option(help="A loopback address.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8080,
    data: DataOption = None,
    engine: EngineOption = None,
) -> None:
    """Start the HTTP API; GET /health answers when ready, /openapi.json describes it."""
    from secrets import token_urlsafe

    if host not in LOOPBACK:
        raise BadInput(
            f"{host} is not a loopback address.",
            "This API has one token for one person; reach it from elsewhere through an SSH tunnel.",
        )
    listening = _listen(host, port)
    import uvicorn

    from api.app import create_app

    parts = build(data, engine)
    given = parts.settings.api_token
    token = given.get_secret_value() if given else token_urlsafe(24)
    shown = "(from COPILOT_API_TOKEN)" if given else token
    name = f"[{host}]" if ":" in host else host
    where = f"http://{name}:{listening.getsockname()[1]}"
    sys.stderr.write(f"Token for this run: {shown}\nListening on {where} (Ctrl-C stops)\n")
    sys.stderr.flush()
    config = uvicorn.Config(create_app(parts, token), log_level="warning", access_log=False)
    with suppress(KeyboardInterrupt):  # how people stop it
        uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket:
    """A socket of our own: a port that is taken is known before anything is loaded or printed."""
    opened = socket(AF_INET6 if ":" in host else AF_INET)
    opened.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
    try:
        opened.bind((host, port))
        opened.listen(128)
    except OSError as error:
        opened.close()
        raise BadInput(
            f"Port {port} of {host} cannot be used: {error.strerror}.", "Choose another with --port."
        ) from None
    return opened
