"""An OpenAI-compatible endpoint over real HTTP that behaves as it is told, well or badly."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any

DATA = re.compile(r"<<<DATA (\w+) ([0-9a-f]{16})>>>\n(.*?)\n<<<END \1 \2>>>", re.DOTALL)


@dataclass(frozen=True)
class Call:
    """One request as the endpoint sees it."""

    number: int
    """1 for the first request to this stub."""
    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]

    @property
    def method(self) -> str:
        """Which rung of the ladder this is."""
        if "tools" in self.body:
            return "tool"
        return self.body.get("response_format", {}).get("type", "plain")

    @property
    def repair(self) -> bool:
        return len(self.body["messages"]) > 2

    @property
    def system(self) -> str:
        return self.body["messages"][0]["content"]

    @property
    def data(self) -> dict[str, str]:
        """The fenced inputs of the prompt."""
        return {m[1]: m[3] for m in DATA.finditer(self.body["messages"][1]["content"])}

    @property
    def keys(self) -> frozenset[str]:
        """The top-level keys that the schema in the system message asks for: which prompt this is."""
        schema = json.loads(self.system.rsplit("\n", 1)[-1])
        return frozenset(schema["required"])


@dataclass(frozen=True)
class Reply:
    """What goes back: a whole response, or `script`, which writes to the connection as it likes."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    script: Callable[[BaseHTTPRequestHandler, Event], None] | None = None


Behaviour = Callable[[Call], Reply]


@dataclass
class Stub:
    """A running endpoint. `calls` are the requests so far."""

    url: str
    behaviour: Behaviour
    calls: list[Call] = field(default_factory=list)
    stopped: Event = field(default_factory=Event)
    lock: Lock = field(default_factory=Lock)


@contextmanager
def serve(behaviour: Behaviour) -> Iterator[Stub]:
    """The endpoint on a free port of this machine, until the block ends."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.stub = Stub(f"http://127.0.0.1:{server.server_address[1]}/v1", behaviour)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.stub
    finally:
        server.stub.stopped.set()
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    stub: Stub

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is what many of these tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_POST(self) -> None:
        stub = self.server.stub
        raw = self.rfile.read(int(self.headers.get("content-length", 0)))
        with stub.lock:
            number = len(stub.calls) + 1
            call = Call(number, self.path, dict(self.headers.items()), json.loads(raw))
            stub.calls.append(call)
        reply = stub.behaviour(call)
        if reply.script is not None:
            self.close_connection = True
            reply.script(self, stub.stopped)
            return
        self.send_response(reply.status)
        for name, value in {"Content-Type": "application/json", **reply.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


def completion(
    call: Call,
    text: str,
    *,
    finish: str = "stop",
    message: Mapping[str, Any] | None = None,
) -> Reply:
    """A well-formed chat completion that says `text`, by tool call where a tool was offered."""
    said: dict[str, Any] = {"role": "assistant", "content": text}
    if message is not None:
        said = {"role": "assistant", **message}
    elif call.method == "tool":
        name = call.body["tools"][0]["function"]["name"]
        tool = {"id": "t1", "type": "function", "function": {"name": name, "arguments": text}}
        said = {"role": "assistant", "content": None, "tool_calls": [tool]}
        finish = "tool_calls" if finish == "stop" else finish
    whole: dict[str, Any] = {
        "id": "c1",
        "object": "chat.completion",
        "created": 1,
        "model": call.body["model"],
        "choices": [{"index": 0, "message": said, "finish_reason": finish}],
        "usage": {"prompt_tokens": 1000, "completion_tokens": 100, "total_tokens": 1100},
    }
    return Reply(json.dumps(whole, ensure_ascii=False).encode())


def failure(status: int, message: str, *, code: str | None = None, **headers: str) -> Reply:
    """An error as OpenAI words it; header names with underscores for dashes."""
    body = json.dumps({"error": {"message": message, "type": "error", "code": code}}).encode()
    return Reply(body, status, {name.replace("_", "-"): value for name, value in headers.items()})
