"""The token that every call carries, and the parts that routes work with."""

from __future__ import annotations

from secrets import compare_digest
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.exceptions import HTTPException

if TYPE_CHECKING:
    from copilot.bootstrap import Copilot

_bearer = HTTPBearer(auto_error=False, description="The token that `mentor-copilot serve` prints at start.")


def checked(
    request: Request, given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> None:
    """401 unless the bearer token is the server's."""
    token: str = request.app.state.token
    if given is None or not compare_digest(given.credentials.encode(), token.encode()):
        raise HTTPException(
            401,
            "Send the token that the server printed: Authorization: Bearer TOKEN",
            {"WWW-Authenticate": "Bearer"},
        )


def parts_of(request: Request) -> Copilot:
    parts: Copilot = request.app.state.parts
    return parts
