"""Refuses request bodies that are too large, while they come in."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem_response

MOST_BYTES = 64_000_000
"""A programme folder with its transcripts; single transcripts have a limit of their own."""


class BodyTooLarge(HTTPException):
    """More bytes came than are accepted. Parsers of bodies turn any other error into a 400."""

    def __init__(self, most: int) -> None:
        super().__init__(413, f"The request is larger than {most / 1e6:.0f} MB, the limit.")


class BodyLimit:
    """Counts bytes as they are read: a Content-Length may lie or be missing."""

    def __init__(self, app: ASGIApp, most: int = MOST_BYTES) -> None:
        self.app = app
        self.most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        seen = 0
        started = False

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.most:
                raise BodyTooLarge(self.most)
            return message

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, counted, watched)
        except BodyTooLarge as error:
            if not started:
                answer = problem_response(413, error.detail)
                await answer(scope, receive, send)
