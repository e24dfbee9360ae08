"""Options that every command shares, and the parts that they choose."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from copilot.bootstrap import Copilot


class EngineName(StrEnum):
    LOCAL = "local"
    LLM = "llm"


DataOption = Annotated[
    Path | None,
    typer.Option("--data", help="Where the database and the index live. Default: .copilot", metavar="DIR"),
]
EngineOption = Annotated[
    EngineName | None,
    typer.Option("--engine", help="Who thinks. Default: llm where a model is configured, else local."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def build(data: Path | None = None, engine: EngineName | None = None) -> Copilot:
    """The real parts for one command; raises BadInput when settings do not fit together."""
    from copilot.bootstrap import Copilot, read_settings

    chosen: dict[str, Any] = {}
    if data is not None:
        chosen["data"] = data
    if engine is not None:
        chosen["engine"] = engine.value
    return Copilot(read_settings(**chosen))
