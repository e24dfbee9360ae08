"""`serve`: the HTTP API on loopback."""

from __future__ import annotations

import sys
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
    import uvicorn

    from api.app import create_app

    parts = build(data, engine)
    given = parts.settings.api_token
    token = given.get_secret_value() if given else token_urlsafe(24)
    shown = "(from COPILOT_API_TOKEN)" if given else token
    sys.stderr.write(f"Token for this run: {shown}\nListening on http://{host}:{port} (Ctrl-C stops)\n")
    sys.stderr.flush()
    uvicorn.run(create_app(parts, token), host=host, port=port, log_level="warning", access_log=False)
