"""An HTTP client that stops reading an answer that is too large, and follows nobody elsewhere."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import cache
from ssl import SSLContext

import httpx2

from copilot.errors import EngineFailed


def bounded_client(timeout: float, most: int) -> httpx2.AsyncClient:
    """`timeout` in seconds for each wait on the network, `most` in bytes for each answer.

    No redirects: people's text goes to the endpoint that the operator named and nowhere else. No
    compression: a small compressed answer could unpack to gigabytes.
    """

    async def plain(request: httpx2.Request) -> None:
        request.headers["Accept-Encoding"] = "identity"

    async def limited(response: httpx2.Response) -> None:
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            raise EngineFailed("The endpoint compresses its answer unasked.", "malformed")
        if int(response.headers.get("content-length") or 0) > most:
            raise _too_large(most)
        if isinstance(response.stream, httpx2.AsyncByteStream):
            response.stream = _Limited(response.stream, most)

    return httpx2.AsyncClient(
        timeout=timeout,
        verify=trusted(),
        follow_redirects=False,
        event_hooks={"request": [plain], "response": [limited]},
    )


@cache
def trusted() -> SSLContext:
    """The certificates that httpx trusts, read once: that takes longer than a call to a near server."""
    return httpx2.create_ssl_context()


class _Limited(httpx2.AsyncByteStream):
    def __init__(self, inner: httpx2.AsyncByteStream, most: int) -> None:
        self._inner = inner
        self._most = most

    async def __aiter__(self) -> AsyncIterator[bytes]:
        seen = 0
        async for chunk in self._inner:
            seen += len(chunk)
            if seen > self._most:
                raise _too_large(self._most)
            yield chunk

    async def aclose(self) -> None:
        await self._inner.aclose()


def _too_large(most: int) -> EngineFailed:
    return EngineFailed(f"The model's answer is larger than {most // 1000} kB.", "too-large")
