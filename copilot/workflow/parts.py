"""What every use case is given: the real parts, chosen once in `copilot.bootstrap`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from copilot.index.guarded import GuardedIndex
    from copilot.ports import Clock, Embedder, Engine
    from copilot.store import Store

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and how many there are."""


def silent(what: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


class Parts(Protocol):
    """Built lazily: a command that does not embed never loads the embedder."""

    @property
    def programme(self) -> str: ...
    @property
    def store(self) -> Store: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def embedder(self) -> Embedder: ...
    @property
    def index(self) -> GuardedIndex: ...
    @property
    def engine(self) -> Engine: ...
    @property
    def local(self) -> Engine:
        """The engine that needs no model key: what others fall back to."""
