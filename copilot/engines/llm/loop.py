"""An event loop in a thread of its own: what runs there can be cancelled, whatever the network does."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from threading import Lock, Thread
from typing import Any, TypeVar

from copilot.engines.llm.transport import Deadline

T = TypeVar("T")
_POLL = 0.05
"""Seconds between looks at whether the draft was given up."""


class LoopThread:
    """Starts with the first call and ends with the process."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = Lock()

    def run(self, coroutine: Coroutine[Any, Any, T], seconds: float, deadline: Deadline) -> T:
        """Its result. Raises TimeoutError after `seconds`, or as soon as the deadline is over or cut."""
        future = asyncio.run_coroutine_threadsafe(_limited(coroutine, seconds), self._started())
        try:
            while True:
                try:
                    return future.result(_POLL)
                except TimeoutError:
                    if future.done():
                        return future.result()
                    if deadline.over:
                        raise
        finally:
            future.cancel()

    def _started(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                Thread(target=self._loop.run_forever, name="llm-calls", daemon=True).start()
            return self._loop


async def _limited(coroutine: Coroutine[Any, Any, T], seconds: float) -> T:
    async with asyncio.timeout(seconds):
        return await coroutine
