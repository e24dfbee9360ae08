"""One imported programme for the tests of commands; each test works on a copy."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from small_programme import write_programme

from copilot.cli import run

VARIABLES = ("ENGINE", "MODEL", "DATABASE_URL", "CHROMA_URL", "DATA", "NOW", "DEBUG", "API_TOKEN")


@dataclass(frozen=True, slots=True)
class Ran:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Command = Callable[..., Ran]


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of whoever runs the tests, and no `.env` of the checkout, reaches a command."""
    for name in (*(f"COPILOT_{v}" for v in VARIABLES), "OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the small programme in it."""
    base = tmp_path_factory.mktemp("imported")
    folder = write_programme(base / "programme")
    assert run(["import", str(folder), "--data", str(base / "data")]) == 0
    return base / "data"


@pytest.fixture
def data(imported: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(imported, tmp_path / "data"))


@pytest.fixture
def command(capfd: pytest.CaptureFixture[str]) -> Command:
    """Runs a command in this process; gives exit status, standard output and standard error."""

    def _run(*arguments: object) -> Ran:
        capfd.readouterr()
        status = run([str(argument) for argument in arguments])
        captured = capfd.readouterr()
        return Ran(status, captured.out, captured.err)

    return _run
