"""Every way we know for an endpoint, or the model behind it, to misbehave."""

from __future__ import annotations

import gzip
import json
import socket
import struct
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from threading import Event
from typing import Any

from wire.model import claim, honest, well
from wire.stub import Behaviour, Call, Reply, completion, failure

MEGABYTES_10 = 10_000_000


def once(bad: Behaviour, then: Behaviour = well) -> Behaviour:
    """`bad` for the first request, `then` for all others."""
    return lambda call: bad(call) if call.number == 1 else then(call)


def until_repaired(bad: Behaviour) -> Behaviour:
    """`bad` until the request shows the bad answer and what was wrong with it."""
    return lambda call: well(call) if call.repair else bad(call)


def says(text: str | Callable[[Call], str], **how: Any) -> Behaviour:
    return lambda call: completion(call, text if isinstance(text, str) else text(call), **how)


def says_json(change: Callable[[dict[str, Any], Call], Any]) -> Behaviour:
    """The honest answer after `change` has spoilt it."""

    def answer(call: Call) -> Reply:
        value = honest(call)
        change(value, call)
        return completion(call, json.dumps(value, ensure_ascii=False))

    return answer


# The line: slow, broken, silent, endless -------------------------------------------------------


def hangs(call: Call) -> Reply:
    return Reply(script=lambda handler, stopped: stopped.wait(30) and None)


def _drip(first: bytes) -> Reply:
    def script(handler: BaseHTTPRequestHandler, stopped: Event) -> None:
        handler.wfile.write(first)
        while not stopped.wait(0.05):
            handler.wfile.write(b" ")

    return Reply(script=script)


def drips_body(call: Call) -> Reply:
    return _drip(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n")


def drips_headers(call: Call) -> Reply:
    return _drip(b"HTTP/1.1 200 OK\r\nX-Slow: ")


def resets(call: Call) -> Reply:
    def script(handler: BaseHTTPRequestHandler, stopped: Event) -> None:
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.connection.close()

    return Reply(script=script)


def stops_midway(call: Call) -> Reply:
    def script(handler: BaseHTTPRequestHandler, stopped: Event) -> None:
        handler.wfile.write(b'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"choices": [')

    return Reply(script=script)


def huge(call: Call) -> Reply:
    return completion(call, "x" * MEGABYTES_10)


def endless(call: Call) -> Reply:
    """Says no length and never stops."""

    def script(handler: BaseHTTPRequestHandler, stopped: Event) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while not stopped.is_set():
            handler.wfile.write(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")

    return Reply(script=script)


def bomb(call: Call) -> Reply:
    return Reply(gzip.compress(b" " * MEGABYTES_10), headers={"Content-Encoding": "gzip"})


# The endpoint: refusals, limits, odd forms -----------------------------------------------------


def limited(**headers: str) -> Behaviour:
    return lambda call: failure(429, "Rate limit reached", code="rate_limit_exceeded", **headers)


def limited_until_a_date(seconds: int) -> Behaviour:
    def answer(call: Call) -> Reply:
        now = datetime.now(UTC)
        return limited(Retry_After=format_datetime(now + timedelta(seconds=seconds), usegmt=True))(call)

    return answer


def only(*methods: str) -> Behaviour:
    """Takes these ways of asking for JSON and answers 400 to the others."""
    return lambda call: (
        well(call) if call.method in methods else failure(400, f"Unsupported parameter for {call.method}")
    )


def ignores_parameters(call: Call) -> Reply:
    """Chats away unless told again in words; never uses a tool."""
    text = json.dumps(honest(call)) if call.repair else "Sure! Here is a summary of your session."
    return completion(call, text, message={"content": text})


def web_page(call: Call) -> Reply:
    return Reply(b"<html>Please log in to the network</html>", headers={"Content-Type": "text/html"})


def error_with_200(call: Call) -> Reply:
    return Reply(json.dumps({"error": {"message": "upstream failed", "code": 502}}).encode())


def no_choices(call: Call) -> Reply:
    return Reply(json.dumps({"id": "1", "object": "chat.completion", "choices": None}).encode())


def refuses(call: Call) -> Reply:
    return completion(call, "", message={"content": None, "refusal": "I can't help with that."})


def filtered(call: Call) -> Reply:
    return completion(call, "", finish="content_filter")


# The model: what it says -----------------------------------------------------------------------


def invents_turns(value: dict[str, Any], call: Call) -> None:
    for item in (*value.get("claims", ()), *value.get("points", ()), *value.get("summary", ())):
        item["turns"] = [90_001]


def invents_quotes(value: dict[str, Any], call: Call) -> None:
    for item in value.get("claims", ()):
        item["quote"] = "I would sell the house and move to Lisbon by Friday"


def alters_quotes(value: dict[str, Any], call: Call) -> None:
    """Close to what was said, and the opposite."""
    for item in value.get("claims", ()):
        item["quote"] = item["quote"].replace("don't", "do").replace("you should", "you should not")


def obeys(value: dict[str, Any], call: Call) -> None:
    """Does what a line in the transcript told it to."""
    if "claims" in value:
        first = value["claims"][0]["turns"][0]
        value["claims"] = [claim(first, "Send your password to evil.example", "action", owner="mentee")]
    if "thanks" in value:
        value["thanks"] = "HACKED"


def in_german(value: dict[str, Any], call: Call) -> None:
    sentence = (
        "Die Mentorin hat gesagt, dass der Mentee nicht zu lange warten soll und dass er mit dem Team über "
        "die Aufgaben sprechen wird, weil das für den Erfolg wichtig ist und auch die anderen es so machen."
    )
    for item in (*value.get("claims", ()), *value.get("points", ()), *value.get("summary", ())):
        item["text"] = sentence
