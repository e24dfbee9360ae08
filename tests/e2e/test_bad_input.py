"""Bad input of every kind: one clear line, exit 2, nothing changed."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path
from socket import socket

import pytest
from conftest import Command
from small_programme import MENTORS, SESSIONS, VTT, write_programme


def content(data: Path) -> str:
    """A hash over every row of the database."""
    with sqlite3.connect(data / "copilot.db") as connection:
        return hashlib.sha256("\n".join(connection.iterdump()).encode()).hexdigest()


BAD_CALLS = {
    "empty goal": (("coach", "  "), "empty"),
    "half a character, coached": (("coach", "a goal \udcff"), "half"),
    "half a character, matched": (("match", "a raise \udcff"), "half"),
    "half a character, planned": (
        ("agenda", "--goal", "x \udcff", "--mentor", "m1", "--minutes", "30"),
        "half",
    ),
    "goal too long": (("coach", "x" * 3000), "2000"),
    "minutes too few": (("coach", "a goal", "--minutes", "5"), "15"),
    "minutes no number": (("coach", "a goal", "--minutes", "many"), "minutes"),
    "no such command": (("dance",), "dance"),
    "no such option": (("coach", "a", "--loud"), "loud"),
    "unknown engine": (("coach", "a", "--engine", "magic"), "magic"),
    "llm without a model": (("coach", "learn to code", "--engine", "llm"), "COPILOT_MODEL"),
    "unknown mentee": (("match", "a raise", "--mentee", "nobody"), "nobody"),
    "match limit": (("match", "a raise", "--limit", "0"), "limit"),
    "empty match": (("match", " "), "empty"),
    "unknown session": (("recap", "--session", "nope"), "nope"),
    "agenda of nothing": (("agenda",), "SESSION_ID"),
    "agenda both ways": (("agenda", "s1", "--goal", "x"), "SESSION_ID"),
    "agenda without mentor": (("agenda", "--goal", "x", "--minutes", "30"), "--mentor"),
    "agenda minutes": (("agenda", "--goal", "x", "--mentor", "m1", "--minutes", "61"), "60"),
    "agenda unknown mentor": (("agenda", "--goal", "x", "--mentor", "zz", "--minutes", "30"), "zz"),
    "recap of nothing": (("recap",), "FILE"),
    "recap of a missing file": (("recap", "missing.vtt"), "missing.vtt"),
    "recap two ways": (("recap", "--session", "s1", "--all"), "one of"),
    "approve a file": (("recap", "x.vtt", "--approve"), "approved"),
    "speaker flag": (("recap", "x.vtt", "--speaker", "Ana=boss"), "Ana=boss"),
    "naive time": (("recap", "x.vtt", "--started-at", "2026-03-02T15:00"), "offset"),
    "no time at all": (("recap", "x.vtt", "--started-at", "yesterday"), "yesterday"),
    "unknown conflict": (("triage", "nope", "dismissed", "--reason", "x"), "nope"),
    "unknown triage": (("triage", "nope", "forget", "--reason", "x"), "forget"),
    "missing pairs": (("conflicts", "--pairs", "missing.jsonl"), "missing.jsonl"),
    "serve to the world": (("serve", "--host", "0.0.0.0"), "loopback"),
    "missing folder": (("import", "no-such-folder"), "no-such-folder"),
}


@pytest.mark.parametrize("name", BAD_CALLS)
def test_bad_calls(command: Command, data: Path, name: str) -> None:
    arguments, clue = BAD_CALLS[name]
    before = content(data)
    takes_data = arguments[0] != "dance"
    ran = command(*arguments, *(("--data", data) if takes_data else ()))
    assert ran.status == 2, ran
    assert ran.out == ""
    assert ran.err.startswith("error: ")
    assert ran.err.count("\n") == 1, ran.err
    assert clue in ran.err
    assert content(data) == before


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", b"<a>" + b" " * 80_000_000)


BAD_FILES = {
    "empty.vtt": b"",
    "binary.txt": bytes(range(256)) * 40,
    "latin.txt": "Ana: café".encode("latin-1"),
    "nul.txt": b"Ana: hello\0there",
    "large.txt": b"Ana: word " * 600_000,
    "long.txt": b"Ana: " + b"a " * 61_000,
    "speech.mp3": b"Ana: hello",
    "header.vtt": b"WEBVTT\n\nNOTE nothing here\n",
    "fake.docx": b"PK\x03\x04 not a zip",
    "silent.srt": b"1\n00:00:01,000 --> 00:00:02,000\n\n",
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_bad_transcripts(command: Command, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(BAD_FILES[name])
    ran = command("recap", file, "--json")
    assert (ran.status, ran.out) == (2, ""), ran
    assert ran.err.startswith("error: ")
    assert ran.err.count("\n") == 1, ran.err
    assert file.read_bytes() == BAD_FILES[name]


def test_a_zip_bomb_is_refused(command: Command, tmp_path: Path) -> None:
    bomb(tmp_path / "bomb.docx")
    ran = command("recap", tmp_path / "bomb.docx")
    assert ran.status == 2
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("line", "clue"),
    [
        ("not json", "line 2"),
        ('{"id": "1", "a": "x"}', "line 2"),
        ('{"id": "1", "a": "x", "b": 3}', "line 2"),
        ('["a"]', "line 2"),
    ],
)
def test_bad_pairs(command: Command, tmp_path: Path, line: str, clue: str) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_text(f'{{"id": "0", "a": "Do.", "b": "Do not."}}\n{line}\n', encoding="utf-8")
    ran = command("conflicts", "--pairs", file)
    assert ran.status == 2
    assert clue in ran.err


def _break(folder: Path, name: str, rows: list[dict[str, object]]) -> None:
    (folder / name).write_text(json.dumps(rows), encoding="utf-8")


def test_one_bad_row_changes_nothing_and_is_named(command: Command, data: Path, tmp_path: Path) -> None:
    folder = write_programme(tmp_path / "bad")
    rows = [*MENTORS, {**MENTORS[0], "id": "m9", "timezone": "Mars/Base"}]
    _break(folder, "mentors.json", rows)
    before = content(data)
    ran = command("import", folder, "--data", data)
    assert ran.status == 2
    assert all(clue in ran.err for clue in ("mentors.json", "3", "timezone"))
    assert content(data) == before
    assert command("import", folder, "--data", data, "--skip-bad").status == 0


def test_a_transcript_that_cannot_be_read_is_a_bad_row(command: Command, data: Path, tmp_path: Path) -> None:
    folder = write_programme(tmp_path / "bad")
    (folder / "transcripts" / "s3.txt").write_bytes(b"Ana: \0")
    _break(folder, "sessions.json", [*SESSIONS, {**SESSIONS[1], "id": "s3", "transcript": "s3.txt"}])
    before = content(data)
    ran = command("import", folder, "--data", data)
    assert ran.status == 2
    assert "s3" in ran.err
    assert content(data) == before


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COPILOT_ENGINE", "magic"),
        ("COPILOT_NOW", "noon"),
        ("COPILOT_NOW", "2026-03-02"),
        ("COPILOT_MODEL_TIMEOUT", "soon"),
    ],
)
def test_bad_settings_are_named(
    command: Command, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    ran = command("coach", "get payed more")
    assert ran.status == 2
    assert name in ran.err
    assert ran.err.count("\n") == 1


def test_an_env_file_that_is_no_text_is_named(command: Command, tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xff\xfe garbage")
    ran = command("coach", "get payed more")
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert ".env" in ran.err


def test_empty_settings_count_as_unset(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("COPILOT_DATA", "COPILOT_ENGINE", "COPILOT_NOW", "OPENAI_BASE_URL"):
        monkeypatch.setenv(name, "")
    assert command("recap", "--session", "s1").status == 2
    assert not (tmp_path / "copilot.db").exists()
    assert (tmp_path / ".copilot" / "copilot.db").exists()


@pytest.mark.parametrize(
    ("encoding", "target", "status", "clue"),
    [("ascii", "pipe", 0, ""), ("latin-1", "pipe", 0, ""), ("utf-8", "/dev/full", 1, "No space left")],
)
def test_output_that_cannot_show_everything(encoding: str, target: str, status: int, clue: str) -> None:
    if target != "pipe" and not Path(target).exists():
        pytest.skip("this system has no /dev/full")
    command = [sys.executable, "-m", "copilot", "coach", "gagner en confiance à l’oral 🎤"]
    with open("out" if target == "pipe" else target, "wb") as out:
        ran = subprocess.run(
            command, stdout=out, stderr=subprocess.PIPE, env={**os.environ, "PYTHONIOENCODING": encoding}
        )
    assert ran.returncode == status
    assert clue in ran.stderr.decode()
    assert ran.stderr.count(b"\n") == status


def test_a_port_that_is_taken_is_told_before_anything_else(command: Command, data: Path) -> None:
    with socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = command("serve", "--port", taken.getsockname()[1], "--data", data)
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "--port" in ran.err


def test_ctrl_c_is_told_in_one_line(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def _interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("copilot.workflow.coach.coach_goal", _interrupt)
    ran = command("coach", "get payed more")
    assert (ran.status, ran.out) == (130, "")
    assert ran.err.strip() == "error: Interrupted; nothing half done was kept."


def test_a_database_that_cannot_be_opened_is_one_line(command: Command, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "copilot.db").write_bytes(VTT.encode() * 50)
    ran = command("match", "a raise", "--data", tmp_path / "data")
    assert ran.status in (1, 2)
    assert ran.err.count("\n") == 1
