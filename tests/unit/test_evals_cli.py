"""`eval` and `gate` as people and CI call them: exit statuses, JSON, replays, one-line errors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from copilot.cli import run
from evals.sample_model import FILE


def test_a_run_writes_three_reports_and_prints_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["eval", "grounding", "claims", "--split", "dev", "--report", str(tmp_path), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["state"] == "pass"
    assert printed["numbers"]["grounding/dev/false_refused"] == 1.0
    assert {p.name for p in tmp_path.iterdir()} == {"report.json", "report.md", "report.html"}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    assert run(["eval", "claims", "--report", str(folder), "--json"]) == 0
    return folder / "report.json"


def gates(folder: Path, number: str, accept: float) -> str:
    file = folder / "gates.yaml"
    line = f"{{number: {number}, better: higher, accept: {accept}, tolerance: 0, run: '2026-01-01'}}"
    file.write_text(f"local:\n  - {line}\n")
    return str(file)


@pytest.mark.parametrize(
    ("number", "accept", "status"),
    [
        ("claims/dev/due_right", 0.9, 0),
        ("claims/dev/due_right", 1.1, 1),
        ("claims/dev/nothing", 0.9, 2),
        ("recaps/dev/advice_f1", 0.1, 2),
    ],
)
def test_the_exit_status_of_a_gate_tells_the_three_cases_apart(
    report: Path, tmp_path: Path, number: str, accept: float, status: int
) -> None:
    arguments = ["gate", str(report), "--gates", gates(tmp_path, number, accept), "--json"]
    try:
        found = run(arguments)
    except SystemExit as left:
        found = int(left.code or 0)
    assert found == status


@pytest.mark.parametrize(
    "arguments",
    [
        ["eval", "no-such-suite"],
        ["eval", "--split", "train"],
        ["eval", "--engine", "gpt"],
        ["eval", "--record", "x.jsonl"],
        ["eval", "--replay", "none.jsonl"],
        ["eval", "claims", "--baseline", "none.json"],
        ["eval", "add"],
        ["eval", "add", "--from", "recap", "nobody", "--consent"],
        ["eval", "judge", "summary_faithful"],
        ["eval", "--consent"],
        ["gate", "none.json"],
    ],
)
def test_what_does_not_fit_is_one_clear_line(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == 2
    error = capsys.readouterr().err.strip()
    assert error.count("\n") == 0
    assert len(error) > 20


def test_a_stale_recording_is_refused_and_names_the_prompt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [json.loads(line) for line in FILE.read_text().splitlines()]
    old = [{**take, "prompt": take["prompt"].split("@")[0] + "@000000000000"} for take in lines]
    file = tmp_path / "old.jsonl"
    file.write_text("\n".join(json.dumps(take) for take in old) + "\n")
    status = run(
        ["eval", "coaching", "--split", "dev", "--replay", str(file), "--report", str(tmp_path / "r")]
    )
    assert status == 2
    assert "The prompt coach changed since old.jsonl was recorded" in capsys.readouterr().err


@pytest.mark.slow
def test_the_sample_recording_replays_without_a_key_and_holds_its_gates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Stale after a change of a prompt? python -m evals.sample_model"""
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "COPILOT_MODEL"):
        monkeypatch.delenv(name, raising=False)
    assert run(["eval", "--replay", str(FILE), "--report", str(tmp_path), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["engine"] == "llm"
    assert printed["model"] == "recorded-sample"
    assert [g for g in printed["gates"] if g["state"] != "pass"] == []
