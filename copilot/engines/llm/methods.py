"""Which way of asking for JSON an endpoint understands: tried once, then remembered."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

from copilot.text import content_hash

LADDER = ("json_schema", "tool", "json_object", "plain")
"""Best first: a schema that the endpoint enforces, a function call, any JSON, and the prompt alone."""


def call_options(method: str, name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of a chat completion that ask for JSON in this way."""
    if method == "json_schema":
        inner = {"name": name, "schema": schema, "strict": True}
        return {"response_format": {"type": "json_schema", "json_schema": inner}}
    if method == "tool":
        function = {"name": name, "description": "Return the answer.", "parameters": schema, "strict": True}
        return {
            "tools": [{"type": "function", "function": function}],
            "tool_choice": {"type": "function", "function": {"name": name}},
        }
    return {"response_format": {"type": "json_object"}} if method == "json_object" else {}


class MethodMemory:
    """Remembers the rung of the ladder for one endpoint and model, in memory and in a small file."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._lock = Lock()
        self._known: dict[str, str] | None = None

    def order(self, base_url: str, model: str) -> tuple[str, ...]:
        """The ladder, starting with what worked last."""
        with self._lock:
            known = self._load().get(content_hash(base_url, model))
        return LADDER if known is None else (known, *(m for m in LADDER if m != known))

    def remember(self, base_url: str, model: str, method: str) -> None:
        with self._lock:
            known = self._load()
            key = content_hash(base_url, model)  # hashed: a URL may hold credentials
            if known.get(key) != method:
                known[key] = method
                self._save(known)

    def _load(self) -> dict[str, str]:
        if self._known is None:
            self._known = {}
            with suppress(OSError, ValueError):  # only a memory: what cannot be read is learnt again
                raw = json.loads(self._file.read_text("utf-8")) if self._file else None
                if isinstance(raw, dict):
                    self._known = {key: method for key, method in raw.items() if method in LADDER}
        return self._known

    def _save(self, known: Mapping[str, str]) -> None:
        if self._file is None:
            return
        fresh = self._file.with_suffix(f".{os.getpid()}.tmp")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(json.dumps(known, indent=1, sort_keys=True), "utf-8")
            fresh.replace(self._file)
        except OSError:  # a folder that cannot be written costs one try at the next start, no more
            with suppress(OSError):
                fresh.unlink(missing_ok=True)
