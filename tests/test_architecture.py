"""The fences of docs/architecture.md: who may import what, and how big a room may be."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(
    p
    for top in ("copilot", "api", "evals")
    for p in (ROOT / top).rglob("*.py")
    if "migrations" not in p.parts
)

ROWS: list[set[str]] = [
    {
        "domain",
        "ports",
        "errors",
        "settings",
        "thresholds",
        "policy",
        "prompting",
        "text",
        "dates",
        "date_days",
        "date_rules",
        "hedges",
        "orders",
        "privacy",
        "quantities",
    },
    {"engines", "index", "store", "testing", "clock"},
    {"transcript", "grounding", "recap", "conflicts", "goals", "matching", "agenda", "importing"},
    {"workflow"},
    {"bootstrap"},
    {"doctor"},
    {"cli", "__main__"},
]

HOMES = {
    "langchain": ("copilot/engines/llm",),
    "langchain_core": ("copilot/engines/llm",),
    "langchain_openai": ("copilot/engines/llm",),
    "openai": ("copilot/engines/llm",),
    "httpx2": ("copilot/engines/llm",),
    "langsmith": ("copilot/engines/llm",),
    "sentence_transformers": ("copilot/index/embedder.py", "copilot/engines/local"),
    "transformers": ("copilot/index/embedder.py", "copilot/engines/local"),
    "torch": ("copilot/index/embedder.py", "copilot/engines/local"),
    "chromadb": ("copilot/index/chroma.py",),
    "sqlalchemy": ("copilot/store",),
    "alembic": ("copilot/store",),
    "fastapi": ("api",),
    "starlette": ("api",),
    "uvicorn": ("copilot/cli", "api"),
    "typer": ("copilot/cli", "evals/commands.py"),
    "rich": ("copilot/cli", "evals"),
    "pydantic_settings": ("copilot/settings.py",),
}

HEAVY = sorted({*HOMES, "numpy", "pydantic", "jinja2", "docx", "icalendar"} - {"typer", "rich"})


def imported(path: Path) -> list[str]:
    """Dotted names of all absolute imports in a file, those inside functions included."""
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names += [node.module or ""]
    return names


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def row_of(module: str) -> int | None:
    parts = module.split(".")
    if parts[0] in ("api", "evals"):
        return len(ROWS) - 1
    if parts[0] != "copilot" or len(parts) < 2:
        return None
    return next((i for i, row in enumerate(ROWS) if parts[1] in row), None)


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_imports_come_from_lower_rows(path: Path) -> None:
    own = relative(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    if own == "copilot":
        return
    row = row_of(own)
    assert row is not None, f"{own} has no row: name it in ROWS and in docs/architecture.md"
    for name in imported(path):
        other = row_of(name)
        same_unit = name.split(".")[:2] == own.split(".")[:2]
        # Faces may use each other (the command line starts the API); steps share values through
        # `domain`, so a step may use another step's public functions only where listed below.
        assert (
            other is None
            or other < row
            or same_unit
            or (other == row and row in (0, len(ROWS) - 1))
            or _allowed(own, name)
        ), f"{own} (row {row}) imports {name} (row {other})"


STEPS_THAT_USE_STEPS = {("recap", "grounding"), ("workflow", "workflow")}
ADAPTERS_THAT_USE_ADAPTERS = {("engines", "index")}


def _allowed(own: str, name: str) -> bool:
    pair = (own.split(".")[1], name.split(".")[1])
    return pair in STEPS_THAT_USE_STEPS | ADAPTERS_THAT_USE_ADAPTERS


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_vendors_stay_in_their_homes(path: Path) -> None:
    where = relative(path)
    for name in imported(path):
        homes = HOMES.get(name.split(".")[0])
        assert homes is None or where.startswith(homes), f"{where} imports {name}; its home is {homes}"


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_environment_and_clock_are_dependencies(path: Path) -> None:
    where = relative(path)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Attribute):
            continue
        dotted = ast.unparse(node)
        if where != "copilot/settings.py":
            assert dotted not in ("os.environ", "os.getenv"), f"{where} reads the environment"
        if where != "copilot/clock.py":
            assert dotted not in (
                "datetime.now",
                "datetime.utcnow",
                "date.today",
                "time.time",
                "datetime.datetime.now",
            ), f"{where} reads the clock: take a Clock (time.monotonic is for measuring)"


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_rooms_are_small_and_say_their_job(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 350, f"{relative(path)} is over 350 lines"
    assert ast.get_docstring(ast.parse(text)), f"{relative(path)} has no docstring"


def test_the_command_line_loads_nothing_heavy() -> None:
    code = (
        "import sys, copilot.cli\nassert copilot.cli.run(['--help']) == 0\n"
        f"print('HEAVY:', sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith("HEAVY: []"), done.stdout[-200:]


def test_every_module_can_be_imported_on_its_own_without_work() -> None:
    """No module writes a file or opens a connection when it is imported."""
    light = [
        p for p in SOURCES if relative(p).startswith(("copilot/domain", "copilot/cli", "copilot/workflow"))
    ]
    modules = [relative(p).removesuffix(".py").removesuffix("/__init__").replace("/", ".") for p in light]
    code = (
        "import sys, importlib\nopened = []\n"
        "sys.addaudithook(lambda e, a: opened.append((e, a)) if e == 'socket.connect' or "
        "(e == 'open' and isinstance(a[1], str) and set(a[1]) & set('wax+')) else None)\n"
        "sys.dont_write_bytecode = True\n"
        f"[importlib.import_module(m) for m in {modules!r}]\nassert not opened, opened"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
