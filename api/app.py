"""Builds the HTTP API: routes over the same use cases as the command line."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware

from api import problems, routes_plan, routes_programme, routes_recap
from api.body import BodyLimit
from copilot import __version__

if TYPE_CHECKING:
    from copilot.bootstrap import Copilot

LOOPBACK = ["127.0.0.1", "localhost", "[::1]", "::1"]
log = logging.getLogger("mentor_copilot.api")


def create_app(parts: Copilot, token: str) -> FastAPI:
    """`token` is what every call under /api/v1 must carry as a bearer token."""
    app = FastAPI(
        title="Mentoring Copilot",
        version=__version__,
        description=(
            "Goals coached, mentors matched, agendas planned, recaps drafted with quotes, conflicts flagged. "
            "For one person on one machine: it listens on loopback only and every call but /health carries "
            "the token that `mentor-copilot serve` prints."
        ),
        lifespan=_warm,
        docs_url=None,
        redoc_url=None,
    )
    app.state.parts = parts
    app.state.token = token
    app.add_middleware(BodyLimit)
    # A page elsewhere on the web can make a browser talk to loopback under a name of its own.
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=[*LOOPBACK, "testserver"])
    problems.install(app)
    for module in (routes_programme, routes_plan, routes_recap):
        app.include_router(module.router, prefix="/api/v1")

    @app.get("/health", tags=["operations"], summary="Answers when the service is ready")
    def health() -> dict[str, Any]:
        return {"status": "ok", "version": __version__, "engine": parts.settings.chosen_engine}

    return app


@asynccontextmanager
async def _warm(app: FastAPI) -> AsyncIterator[None]:
    """Loads the embedder beside the first requests: it takes seconds, and nobody should wait for it."""
    parts: Copilot = app.state.parts
    await asyncio.to_thread(lambda: parts.store)
    warming = asyncio.create_task(asyncio.to_thread(_warm_embedder, parts))
    yield
    await warming


def _warm_embedder(parts: Copilot) -> None:
    from copilot.errors import CopilotError

    try:
        parts.embedder.embed(["ready"])
    except CopilotError as error:
        log.error("The embedder cannot be loaded: %s", error)
