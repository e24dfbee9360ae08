"""A crash loses nothing and doubles nothing: commands are killed and run again."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import Command


def _rows(data: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(data / "copilot.db") as connection:
        return connection.execute(query).fetchall()


def _kill_after(data: Path, arguments: list[str], query: str, count: int) -> None:
    """Start a command and kill -9 it as soon as `query` gives at least `count` rows."""
    command = [sys.executable, "-m", "copilot", *arguments, "--data", str(data)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        while running.poll() is None and len(_rows(data, query)) < count:
            time.sleep(0.002)
        running.send_signal(signal.SIGKILL)
    assert len(_rows(data, query)) >= count


@pytest.mark.parametrize("drafted", [1, 2])
def test_recaps_killed_between_sessions_are_drafted_once(command: Command, data: Path, drafted: int) -> None:
    _kill_after(data, ["recap", "--all", "--approve"], "SELECT id FROM recap", drafted)
    for _ in range(2):
        assert command("recap", "--all", "--approve", "--data", data).status == 0
    stored = _rows(data, "SELECT session_id, version, status FROM recap ORDER BY session_id")
    assert stored == [("s1", 1, "approved"), ("s2", 1, "approved")]
    advice = _rows(data, "SELECT id, recap_id FROM advice")
    assert len(advice) == len(set(advice))


def test_a_scan_killed_and_run_again_flags_each_pair_once(command: Command, data: Path) -> None:
    command("recap", "--all", "--approve", "--data", data)
    _kill_after(data, ["conflicts"], "SELECT * FROM pair_verdict", 1)
    once = command("conflicts", "--data", data, "--json").json
    assert command("conflicts", "--data", data, "--json").json == once
    pairs = _rows(data, "SELECT pair FROM conflict")
    assert len(pairs) == len(set(pairs)) == len(once["conflicts"])


def test_reindexing_killed_leaves_right_answers(command: Command, data: Path) -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "copilot", "reindex", "--data", str(data)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(1.5)
    running.kill()
    running.wait()
    found = command("match", "how do I ask for a raise", "--mentee", "e1", "--data", data, "--json")
    assert found.json["matches"][0]["mentor"] == "m1"
