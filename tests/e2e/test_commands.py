"""The commands as people and scripts use them, on the real parts."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import Command
from small_programme import SPOKEN, TXT, VTT, write_programme

COMMANDS = ("import", "match", "coach", "agenda", "recap", "conflicts", "serve", "doctor", "reindex", "demo")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(command: Command, name: str) -> None:
    ran = command(name, "--help")
    assert ran.status == 0
    assert f"mentor-copilot {name}" in " ".join(ran.out.split())


def test_help_is_quick() -> None:
    """0.4 s is what people are promised; loading anything heavy would take seconds."""
    spent = []
    for _ in range(5):
        start = time.process_time_ns(), time.monotonic()
        subprocess.run([sys.executable, "-m", "copilot", "--help"], check=True, capture_output=True)
        spent.append(time.monotonic() - start[1])
    assert min(spent) < 2.0, spent


def test_import_again_changes_nothing(command: Command, data: Path, tmp_path: Path) -> None:
    folder = write_programme(tmp_path / "again")
    ran = command("import", folder, "--data", data, "--json")
    assert ran.status == 0
    assert ran.json["people"] == {"created": 0, "updated": 0, "unchanged": 3}
    assert ran.json["sessions"]["unchanged"] == 2


def test_match_gives_quoted_reasons(command: Command, data: Path) -> None:
    ran = command("match", "how do I ask for a raise", "--mentee", "e1", "--data", data, "--json")
    assert ran.status == 0
    best = ran.json["matches"][0]
    assert best["mentor"] == "m1"
    assert any("ask for a raise" in reason["quote"] for reason in best["reasons"])
    assert best["overlap_hours"] is not None


def test_match_abstains_when_nobody_fits(command: Command, data: Path) -> None:
    ran = command("match", "training a hunting falcon", "--data", data, "--json")
    assert ran.status == 0
    assert ran.json["abstained"] is True
    assert ran.json["matches"] == []
    assert ran.json["note"]


def test_coach_asks_three_questions(command: Command) -> None:
    ran = command("coach", "get payed more", "--minutes", 30, "--json")
    assert ran.status == 0
    assert ran.json["original"] == "get payed more"
    assert ran.json["specific"] is False
    assert ran.json["missing"]
    assert len(set(ran.json["questions"])) == 3


@pytest.mark.parametrize("minutes", [15, 20, 37, 60])
def test_agenda_minutes_add_up(command: Command, data: Path, minutes: int) -> None:
    ran = command(
        "agenda",
        "--goal",
        "ask for a raise",
        "--mentor",
        "m1",
        "--minutes",
        minutes,
        "--data",
        data,
        "--json",
    )
    assert ran.status == 0
    assert sum(item["minutes"] for item in ran.json["items"]) == ran.json["minutes"] == minutes


def test_recap_of_a_file_quotes_it_letter_for_letter(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "call.vtt"
    file.write_text(VTT, encoding="utf-8")
    ran = command(
        "recap",
        file,
        "--started-at",
        "2026-03-02T15:00:00+01:00",
        "--speaker",
        "Greta Holm=mentor",
        "--speaker",
        "Mila Novak=mentee",
        "--json",
    )
    assert ran.status == 0
    quotes = [
        item["quote"] for kind in ("advice", "actions", "decisions", "questions") for item in ran.json[kind]
    ]
    assert quotes
    assert all(quote in SPOKEN for quote in quotes)
    assert ran.json["coverage"] == 1.0
    letter = next(action for action in ran.json["actions"] if "email" in action["quote"])
    assert (letter["owner"], letter["due"]) == ("mentee", "2026-03-06")
    assert file.read_text(encoding="utf-8") == VTT


@pytest.mark.parametrize("form", [(), ("--markdown",), ("--json",)])
def test_each_notice_of_a_recap_is_told_once(command: Command, tmp_path: Path, form: tuple[str, ...]) -> None:
    file = tmp_path / "call.vtt"
    file.write_text(VTT, encoding="utf-8")
    ran = command("recap", file, *form)
    assert ran.out.count("worked out") == 1
    assert ran.err.count("worked out") == ("--json" in form)


def test_the_whole_story_is_idempotent(command: Command, data: Path) -> None:
    first = command("recap", "--all", "--approve", "--data", data, "--json")
    again = command("recap", "--all", "--approve", "--data", data, "--json")
    assert first.status == again.status == 0
    assert first.json == again.json
    assert {recap["status"] for recap in first.json.values()} == {"approved"}
    found = command("conflicts", "--data", data, "--json")
    assert found.status == 0
    assert found.json["pairs_considered"] > 0
    assert command("conflicts", "--data", data, "--json").json == found.json
    for conflict in found.json["conflicts"]:
        assert {conflict["a"]["session"], conflict["b"]["session"]} == {"s1", "s2"}
        assert all(conflict[name] for name in ("when_a", "when_b", "settle", "kind"))
        assert conflict["a"]["quote"] in SPOKEN + TXT


def test_a_dismissed_conflict_never_returns_and_leaves_the_agenda(command: Command, data: Path) -> None:
    command("recap", "--all", "--approve", "--data", data)
    found = command("conflicts", "--data", data, "--json").json["conflicts"]
    assert found, "the two mentors plainly differ on naming the first number"
    one = found[0]["id"]
    ran = command("triage", one, "dismissed", "--reason", "different bosses", "--data", data)
    assert ran.status == 0
    left = command("conflicts", "--data", data, "--json").json["conflicts"]
    assert one not in [conflict["id"] for conflict in left]
    plan = command(
        "agenda",
        "--goal",
        "pay",
        "--mentor",
        "m1",
        "--mentee",
        "e1",
        "--minutes",
        30,
        "--data",
        data,
        "--json",
    )
    assert len(plan.json["disagreements"]) == len(left)


def test_the_agenda_carries_what_was_approved_before(command: Command, data: Path) -> None:
    before = command("agenda", "s2", "--data", data, "--json").json
    assert before["open_actions"] == []
    command("recap", "--session", "s1", "--approve", "--data", data)
    after = command("agenda", "s2", "--data", data, "--json").json
    assert any("Friday" in action or "email" in action for action in after["open_actions"])


def test_unapproved_recaps_feed_nothing(command: Command, data: Path) -> None:
    command("recap", "--all", "--data", data)
    assert command("conflicts", "--data", data, "--json").json["pairs_considered"] == 0
    assert command("agenda", "s2", "--data", data, "--json").json["open_actions"] == []


def test_agenda_as_markdown_and_calendar(command: Command, data: Path) -> None:
    assert command("agenda", "s1", "--markdown", "--data", data).out.startswith("# ")
    calendar = command("agenda", "s1", "--ics", "--data", data).out
    assert calendar.startswith("BEGIN:VCALENDAR")
    assert "DURATION:PT30M" in calendar


def test_judged_pairs_do_not_depend_on_order(command: Command, tmp_path: Path) -> None:
    rows = [
        {"id": "1", "a": "Always name the first number.", "b": "Never name the first number; let them."},
        {"id": "2", "a": "Never name the first number; let them.", "b": "Always name the first number."},
        {"id": "3", "a": "Sleep well before the interview.", "b": "Buy a second screen for your desk."},
    ]
    file = tmp_path / "pairs.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    ran = command("conflicts", "--pairs", file, "--json")
    assert ran.status == 0
    scores = {row["id"]: row["score"] for row in ran.json["results"]}
    assert scores["1"] == pytest.approx(scores["2"], abs=1e-4)
    assert scores["1"] > scores["3"]


def test_a_deleted_index_is_healed_and_told(command: Command, data: Path) -> None:
    import shutil

    shutil.rmtree(data / "index")
    query = ("match", "how do I ask for a raise", "--data", data, "--json")
    healed = command(*query)
    assert healed.status == 0
    assert healed.json["matches"][0]["mentor"] == "m1"
    assert "index" in healed.json["note"]
    assert command(*query).json["note"] is None
    assert command("reindex", "--data", data, "--json").json["embedded"] == 0


def test_doctor_says_that_nothing_leaves_the_machine(command: Command, data: Path) -> None:
    ran = command("doctor", "--data", data, "--json")
    assert ran.status == 0
    assert ran.json["leaves_this_machine"] == "nothing"
    assert ran.json["problems"] == []
