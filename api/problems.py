"""Every error leaves as problem details (RFC 9457)."""

from __future__ import annotations

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from copilot.errors import BadInput, CopilotError, EngineFailed, NotFound, StaleVersion, TooLarge

log = logging.getLogger("mentor_copilot.api")

STATUS: list[tuple[type[CopilotError], int]] = [
    (NotFound, 404),
    (TooLarge, 413),
    (StaleVersion, 412),
    (BadInput, 422),
    (EngineFailed, 502),
]


def problem_response(status: int, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    content = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return JSONResponse(content, status, headers, media_type="application/problem+json")


def install(app: FastAPI) -> None:
    app.add_exception_handler(CopilotError, _ours)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _unforeseen)


async def _ours(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, CopilotError)  # noqa: S101 - registered for this class only
    status = next((code for kind, code in STATUS if isinstance(error, kind)), 500)
    return problem_response(status, str(error))


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101
    detail = str(error.detail)
    if error.status_code == 400 and "parsing the body" in detail:  # FastAPI's, for what is no UTF-8
        detail = "The body cannot be read. Send UTF-8 JSON, or a form with files."
    return problem_response(error.status_code, detail, dict(error.headers or {}))


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return problem_response(422, f"The body is no JSON: {first['ctx']['error']}.")
    if tuple(first["loc"]) == ("body",):
        return problem_response(422, "The body must be a JSON object, sent as application/json.")
    if "UploadFile" in first["msg"]:
        return problem_response(422, f"{first['loc'][1]}: this must be a file, as curl -F file=@call.vtt")
    where = ".".join(str(part) for part in first["loc"] if part not in ("body", "query"))
    return problem_response(422, f"{where or 'The request'}: {first['msg']}.")


async def _unforeseen(request: Request, error: Exception) -> JSONResponse:
    # The type only: the message of an unforeseen error may hold people's words.
    log.error("Unforeseen %s at %s %s", type(error).__name__, request.method, request.scope["path"])
    return problem_response(500, "Something broke inside; nothing was changed.")
