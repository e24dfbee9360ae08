"""Every error that the copilot raises on purpose: one line for people, an exit code for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from copilot.domain import Usage


class CopilotError(Exception):
    """Something failed. `message` says what is wrong, `hint` what to do about it."""

    exit_code = 1

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        line = f"{self.message} {self.hint}" if self.hint else self.message
        return " ".join(line.split())


class BadInput(CopilotError):
    """The caller gave something that cannot be used; nothing was changed."""

    exit_code = 2


class TooLarge(BadInput):
    """Above a stated limit."""


class NotFound(BadInput):
    """No such thing in this programme (or not for this person: both look the same)."""


class StaleVersion(BadInput):
    """An edit or approval of a version that is no longer the latest. Carries both texts."""

    def __init__(self, message: str, yours: str, latest: str) -> None:
        super().__init__(message, "Read the latest version and try again.")
        self.yours = yours
        self.latest = latest


class EngineFailed(CopilotError):
    """A model did not give a usable answer. `reason` is a short machine-readable word.

    `usage` is what the failed attempt cost, where that is known.
    """

    def __init__(
        self, message: str, reason: str, hint: str | None = None, usage: Usage | None = None
    ) -> None:
        super().__init__(message, hint)
        self.reason = reason
        self.usage = usage


class IndexUnusable(CopilotError):
    """The vector index is missing, stale or corrupt; exact search over SQL still works."""


class DamagedWeights(CopilotError):
    """Model weights on disk do not have the hash that this release was measured with."""
