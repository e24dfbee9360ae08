"""What went wrong with a model call, in people's words; whether waiting or asking otherwise may help."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import openai

from copilot.errors import EngineFailed

_TOO_LONG = ("context_length", "context length", "context size", "context window", "prompt is too long")
_QUOTA = ("insufficient_quota", "billing", "credit balance")


class MayPass(Exception):
    """Trying again may help. `wait` is what the server asked for in seconds, None where it did not say."""

    def __init__(self, failure: EngineFailed, wait: float | None = None) -> None:
        super().__init__(failure.reason)
        self.failure = failure
        self.wait = wait


class MethodRefused(Exception):
    """The endpoint does not take this way of asking; another may do."""


def translate(error: Exception) -> Exception:
    """An EngineFailed, a MayPass or a MethodRefused for whatever a call raised.

    Nothing of the server's own words is passed on: they may repeat keys or people's text.
    """
    for link in _chain(error):
        if isinstance(link, EngineFailed):
            return link
    if isinstance(error, openai.APIStatusError):
        return _from_status(error)
    if isinstance(error, TimeoutError | openai.APITimeoutError):
        return EngineFailed("The model did not answer in time.", "timeout")
    if isinstance(error, openai.ContentFilterFinishReasonError):
        return EngineFailed("The model declined to answer: its content filter stepped in.", "refused")
    if isinstance(error, openai.APIConnectionError | OSError):
        return MayPass(EngineFailed("The model's endpoint cannot be reached.", "unreachable"))
    if isinstance(error, openai.APIError) and any(word in str(error).lower() for word in _TOO_LONG):
        return _too_long()
    return EngineFailed("The endpoint's answer is not a chat completion.", "malformed")


def _from_status(error: openai.APIStatusError) -> Exception:
    status, said = error.status_code, f"{error.code} {error}".lower()
    if status in (401, 403):
        return EngineFailed("The endpoint refused the API key.", "unauthorised", "Check OPENAI_API_KEY.")
    if status == 404:
        return EngineFailed(
            "The endpoint knows no such model.", "model-not-found", "Check COPILOT_MODEL and OPENAI_BASE_URL."
        )
    if status == 402 or (status == 429 and any(word in said for word in _QUOTA)):
        return EngineFailed("The model's account has no credit left.", "quota")
    if status == 429:
        busy = EngineFailed("The endpoint allows no more calls for now.", "rate-limited")
        return MayPass(busy, retry_after(error.response.headers))
    if status in (400, 413, 422) and any(word in said for word in _TOO_LONG):
        return _too_long()
    if status in (400, 415, 422, 501):
        return MethodRefused()
    if status in (408, 409, 425) or status >= 500:
        down = EngineFailed(f"The endpoint failed with status {status}.", "server-error")
        return MayPass(down, retry_after(error.response.headers))
    return EngineFailed(f"The endpoint refused the call with status {status}.", "rejected")


def _too_long() -> EngineFailed:
    return EngineFailed(
        "The text is too long for this model.",
        "context-too-long",
        "Set a smaller COPILOT_MODEL_WINDOW_WORDS.",
    )


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that the server asks to wait: from seconds, milliseconds or an HTTP date; None if unsaid.

    A date is read against the server's own Date: its clock and ours may differ. What cannot be read counts
    as unsaid; a date in the past is 0.
    """
    for name, factor in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            seconds = float(headers.get(name, "").strip()) * factor
        except ValueError:
            continue
        if math.isfinite(seconds) and seconds >= 0:
            return seconds
    until, sent = _moment(headers.get("retry-after")), _moment(headers.get("date"))
    return max(0.0, (until - sent).total_seconds()) if until and sent else None


def _moment(header: str | None) -> datetime | None:
    """An HTTP date, which is in UTC by definition."""
    try:
        return parsedate_to_datetime(header or "").replace(tzinfo=UTC)
    except ValueError:
        return None


def _chain(error: BaseException | None) -> list[BaseException]:
    links: list[BaseException] = []
    while error is not None and error not in links:
        links.append(error)
        error = error.__cause__ or error.__context__
    return links
