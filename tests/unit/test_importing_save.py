"""Importing into a store: again updates, nothing doubles, one bad row changes nothing."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from copilot.domain import Role, SessionState, Speaker
from copilot.importing import BadProgramme
from copilot.store import Store
from copilot.workflow.import_programme import ImportReport, import_programme

EXAMPLE = Path(__file__).parents[2] / "examples" / "programme"


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    """A copy of the sample programme, to be changed."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "programme"))


def change(folder: Path, noun: str, place: int, **fields: Any) -> None:
    path = folder / f"{noun}.json"
    rows = json.loads(path.read_text())
    rows[place].update(fields)
    path.write_text(json.dumps(rows))


def told(report: ImportReport) -> dict[str, tuple[int, int, int]]:
    return {name: (one.created, one.updated, one.unchanged) for name, one in report.counts().items()}


def test_the_sample_programme_is_saved_once(store: Store) -> None:
    first = import_programme(store, EXAMPLE, "p")
    assert told(first) == {
        "people": (28, 0, 0),
        "profiles": (24, 0, 0),
        "goals": (12, 0, 0),
        "sessions": (9, 0, 0),
        "transcripts": (9, 0, 0),
    }
    again = import_programme(store, EXAMPLE, "p")
    assert {counts[:2] for counts in told(again).values()} == {(0, 0)}
    with store.read("p") as unit:
        assert len(unit.people.all(Role.MENTOR)) == 24
        assert unit.people.all(Role.MENTEE)[0].name == "Femi Adeyinka"
        assert {one.state for one in unit.sessions.all()} == {SessionState.HELD}
        for session in unit.sessions.all():
            read = unit.transcripts.latest(session.id)
            assert read is not None
            assert {turn.speaker for turn in read.turns} >= {Speaker.MENTOR, Speaker.MENTEE}
            raw = (EXAMPLE / "transcripts" / str(session.transcript_file)).read_bytes()
            assert unit.transcripts.raw(session.id) == raw


def test_a_change_updates_that_and_nothing_else(store: Store, programme: Path) -> None:
    import_programme(store, programme, "p")
    change(programme, "mentors", 0, bio="Something new.", capacity_minutes_per_month=20)
    change(programme, "sessions", 1, started_at="2025-09-24T19:00:00+02:00")
    file = programme / "transcripts" / "ts1.vtt"
    file.write_text(
        file.read_text() + "\n\n00:59:00.000 --> 00:59:02.000\n<v Ishbel Macrae>One more thing.\n"
    )
    assert told(import_programme(store, programme, "p")) == {
        "people": (0, 0, 28),
        "profiles": (0, 1, 23),
        "goals": (0, 0, 12),
        "sessions": (0, 1, 8),
        "transcripts": (0, 1, 8),
    }
    with store.read("p") as unit:
        profile = unit.profiles.get("tm01")
        assert (profile.bio, profile.capacity_minutes) == ("Something new.", 20)
        latest = unit.transcripts.latest("ts1")
        assert latest is not None
        assert latest.turns[-1].text.endswith("One more thing.")


def test_the_offset_of_a_session_counts_as_a_change(store: Store, programme: Path) -> None:
    change(programme, "sessions", 0, started_at="2025-09-16T12:30:00+01:00")
    import_programme(store, programme, "p")
    change(programme, "sessions", 0, started_at="2025-09-16T11:30:00+00:00")
    assert told(import_programme(store, programme, "p"))["sessions"] == (0, 1, 8)


def test_corrected_speakers_make_new_turns_of_the_same_file(store: Store, programme: Path) -> None:
    import_programme(store, programme, "p")
    rows = json.loads((programme / "sessions.json").read_text())
    swapped = {
        label: "mentee" if role == "mentor" else "mentor" for label, role in rows[0]["speakers"].items()
    }
    change(programme, "sessions", 0, speakers=swapped)
    with store.read("p") as unit:
        before = unit.transcripts.latest("ts1")
    assert told(import_programme(store, programme, "p"))["transcripts"] == (0, 1, 8)
    with store.read("p") as unit:
        after = unit.transcripts.latest("ts1")
    assert before is not None
    assert after is not None
    assert [turn.text for turn in after.turns] == [turn.text for turn in before.turns]
    assert all(one.speaker is not other.speaker for one, other in zip(after.turns, before.turns, strict=True))


def test_what_people_did_here_survives_an_import(store: Store, programme: Path) -> None:
    rows = json.loads((programme / "sessions.json").read_text())
    future = {key: rows[0][key] for key in ("mentor", "mentee", "planned_minutes", "started_at")}
    rows.append({"id": "next", **future})
    (programme / "sessions.json").write_text(json.dumps(rows))
    import_programme(store, programme, "p")
    with store.write("p") as unit:
        assert unit.sessions.get("next").state is SessionState.ACCEPTED
        unit.sessions.put(replace(unit.sessions.get("next"), state=SessionState.CANCELLED))
        mentor = unit.people.get("tm01")
        unit.people.put(
            replace(mentor, roles=mentor.roles | {Role.COORDINATOR}, active=False, email="i@example.org")
        )
    change(programme, "mentors", 0, name="Ishbel M.")
    import_programme(store, programme, "p")
    with store.read("p") as unit:
        assert unit.sessions.get("next").state is SessionState.CANCELLED
        person = unit.people.get("tm01")
        assert person.roles == {Role.MENTOR, Role.COORDINATOR}
        assert (person.name, person.active, person.email) == ("Ishbel M.", False, "i@example.org")


def test_one_bad_row_changes_nothing(store: Store, programme: Path) -> None:
    import_programme(store, EXAMPLE, "p")
    change(programme, "mentors", 0, bio="Something new.")
    change(programme, "mentees", 3, timezone="Mars/Base")
    with pytest.raises(BadProgramme, match=r"mentees\.json, item 4, timezone"):
        import_programme(store, programme, "p")
    with store.read("p") as unit:
        assert unit.profiles.get("tm01").bio != "Something new."
    with pytest.raises(BadProgramme):
        import_programme(store, programme, "new")
    assert store.programmes() == ["p"]


def test_a_refused_transcript_is_a_bad_row_of_sessions(store: Store, programme: Path) -> None:
    (programme / "transcripts" / "ts3.txt").write_bytes(b"\x7fELF\x00\x01\x02 not a transcript")
    with pytest.raises(BadProgramme) as caught:
        import_programme(store, programme, "p")
    problem = caught.value.problems[0]
    assert (problem.file, problem.row, problem.column) == ("sessions.json", 3, "transcript")
    assert "ts3.txt" in problem.reason
    assert store.programmes() == []
    report = import_programme(store, programme, "p", skip_bad=True)
    assert report.sessions.created == 8
    assert report.transcripts.created == 8
    assert report.refused == (problem,)
    assert report.to_json()["refused"] == [problem.to_json()]
    assert any("1 bad row was left out" in line for line in report.lines())
    with store.read("p") as unit:
        assert unit.sessions.find("ts3") is None


def test_a_programme_of_many_rows_reports_all_in_json_and_some_in_lines(
    store: Store, programme: Path
) -> None:
    for place in range(24):
        change(programme, "mentors", place, timezone="Mars/Base", shoe_size=place)
    report = import_programme(store, programme, "p", skip_bad=True)
    json_report = report.to_json()
    assert len(json_report["refused"]) == 24 + 9, "their sessions rest on them"
    assert json_report["unknown_columns"] == [{"file": "mentors.json", "column": "shoe_size", "rows": 24}]
    lines = report.lines()
    assert "33 bad rows were left out:" in lines
    assert "  and 13 more (all of them with --json)" in lines
    assert told(report)["people"] == (4, 0, 0)
