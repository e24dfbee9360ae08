"""Nothing half written, nothing orphaned."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import delete, func, select
from store_values import NOW, advice, approve, conflict, people, provenance, recap

from copilot.domain import ActionState, Agenda, Label, PairVerdict, Speaker, Transcript, Triage, Turn
from copilot.errors import CopilotError
from copilot.store import Store, open_store
from copilot.store import database as database_module
from copilot.store.database import connect
from copilot.store.tables import metadata, person, programme, session

KILLED = """
import os, signal, sys
sys.path.insert(0, sys.argv[2])
from store_values import people, recap
from copilot.store import open_store
with open_store(sys.argv[1]).write("p") as unit:
    people(unit)
    for number in range(200):
        unit.recaps.add(recap(input=f"sha256:{number}"))
    print("in the middle", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_killed_in_the_middle_of_a_write_leaves_nothing_of_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'copilot.db'}"
    store = open_store(url)
    with store.write("before") as unit:
        people(unit)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, url, str(Path(__file__).parent)], capture_output=True, check=False
    )
    assert done.returncode == -9, done.stderr
    assert b"in the middle" in done.stdout
    assert store.programmes() == ["before"]
    with store.read("p") as unit:
        assert unit.people.all() == []
        assert unit.recaps.latest("s1") is None
    with store.write("p") as unit:
        people(unit)
        assert unit.recaps.add(recap()).version == 1
    store.close()


def _full(store: Store) -> None:
    """A row in every table."""
    read = Transcript(
        format="vtt",
        raw_hash="sha256:a",
        turns=(Turn(index=0, speaker=Speaker.MENTOR, label="B", text="Hi", start=0.0, end=1.0),),
    )
    with store.write("p") as unit:
        people(unit)
        unit.passages.replace("ben", [("b1", "bio", "Text")])
        unit.transcripts.put("s1", read, b"a", "a.vtt")
        approve(unit, recap("s1", advice("a", "One.")), recap("s2", advice("b", "Two.")))
        unit.actions.set_state("s1-t1", ActionState.DONE)
        first, second = unit.advice.of_mentee("ana")
        verdict = PairVerdict(label=Label.UNRELATED, score=0.0)
        unit.verdicts.put_many("ana", {(first.advice, second.advice): verdict}, "local/1")
        unit.vectors.put_many("advice", "e", [("a", "h", np.ones(3, dtype=np.float32))])
        unit.conflicts.put(conflict(first, second))
        unit.conflicts.triage(conflict(first, second).id, Triage.DISMISSED, None, "cho", NOW)
        empty = {"items": (), "questions": ("Q?",), "prework": (), "open_actions": (), "disagreements": ()}
        unit.agendas.add(
            Agenda(session="s1", minutes=30, goal="g", done_when="d", provenance=provenance(), **empty)
        )


def _rows(url: str) -> dict[str, int]:
    engine = connect(url)
    with engine.connect() as connection:
        counts = {
            name: connection.scalar(select(func.count()).select_from(table)) or 0
            for name, table in metadata.tables.items()
        }
    engine.dispose()
    return {name: count for name, count in counts.items() if count}


def _remove(url: str, statement: object) -> None:
    engine = connect(url)
    with engine.begin() as connection:
        connection.execute(statement)  # type: ignore[call-overload]
    engine.dispose()


def test_a_programme_goes_with_everything_in_it(store: Store, database_url: str) -> None:
    _full(store)
    filled = _rows(database_url)
    assert set(metadata.tables) - set(filled) == {"agenda_item"}
    _remove(database_url, delete(programme).where(programme.c.id == "p"))
    assert _rows(database_url) == {}


def test_a_mentee_goes_with_goals_sessions_and_conflicts(store: Store, database_url: str) -> None:
    _full(store)
    _remove(database_url, delete(person).where(person.c.id == "ana"))
    assert _rows(database_url) == {
        "programme": 1,
        "person": 2,
        "person_role": 3,
        "mentor_profile": 1,
        "passage": 1,
        # Vectors belong to a kind and an owner id, not to a row: whoever erases deletes them by id.
        "vector": 1,
        "vector_revision": 1,
    }


def test_a_mentor_goes_with_the_sessions_and_what_was_said_in_them(store: Store, database_url: str) -> None:
    _full(store)
    _remove(database_url, delete(person).where(person.c.id == "ben"))
    left = _rows(database_url)
    assert {name: left.get(name, 0) for name in ("session", "recap", "advice", "conflict", "turn")} == {
        "session": 1,
        "recap": 1,
        "advice": 1,
        "conflict": 0,
        "turn": 0,
    }
    with store.read("p") as unit:
        assert [side.advice for side in unit.advice.of_mentee("ana")] == ["b"]


def test_a_session_goes_with_its_conflicts_and_decisions(store: Store, database_url: str) -> None:
    _full(store)
    _remove(database_url, delete(session).where(session.c.id == "s2"))
    left = _rows(database_url)
    assert "conflict" not in left
    assert "pair_decision" not in left
    assert left["recap"] == 1


def test_a_status_that_does_not_exist_is_refused_by_the_database(store: Store, database_url: str) -> None:
    _full(store)
    with pytest.raises(Exception, match=r"(?i)check constraint"):
        _remove(database_url, session.update().values(state="forgotten"))


def test_a_reader_is_not_disturbed_by_a_writer(store: Store) -> None:
    with store.write("p") as unit:
        people(unit)
    with store.read("p") as reader:
        before = reader.people.get("ana")
        with store.write("p") as unit:
            unit.people.put(replace(before, name="Changed"))
        assert reader.people.get("ana") == before, "one consistent view"
    with store.read("p") as reader:
        assert reader.people.get("ana").name == "Changed"


def test_a_writer_that_waits_too_long_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_module, "BUSY_SECONDS", 0.2)
    url = f"sqlite:///{tmp_path / 'copilot.db'}"
    first, second = open_store(url), open_store(url)
    with first.write("p"), pytest.raises(CopilotError, match="busy"), second.write("p"):
        pass
    first.close()
    second.close()
