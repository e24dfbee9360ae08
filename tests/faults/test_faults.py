"""Can the suite fail? Each planted fault must turn a gate red; without one every gate holds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from copilot.index.embedder import LocalEmbedder
from evals.gates import Finding, State, check, read_gates
from evals.result import Run
from evals.runner import run_suite
from evals.subject import Subject
from evals.suites import suites
from faults.answer_key import AnswerKey
from faults.planted import FAULTS, Fault
from faults.planted_matching import MATCHING

EVERY = [*FAULTS, *MATCHING]
SUITES = sorted({name for fault in EVERY for name in fault.suites})


@pytest.fixture(scope="module")
def key() -> AnswerKey:
    return AnswerKey()


@pytest.fixture(scope="module")
def embedder() -> LocalEmbedder:
    return LocalEmbedder()


@pytest.fixture(scope="module")
def caught() -> Iterator[dict[str, str]]:
    """Fault -> the gate that saw it; the count is printed at the end."""
    found: dict[str, str] = {}
    yield found
    print(f"\nplanted faults caught: {len(found)} of {len(EVERY)}")
    for name, number in found.items():
        print(f"  {name}: {number}")


def _findings(names: tuple[str, ...], key: AnswerKey, embedder: LocalEmbedder) -> list[Finding]:
    """What the gates say of these suites, measured with an engine that knows the labels."""
    subject = Subject(key, embedder=embedder)
    runs = []
    for name in names:
        suite, split = name.split("/")
        runs.append(run_suite(suites()[suite], split, subject))
    run = Run.model_construct(engine="local", model=key.model, repeat=1, recorded=None, suites=runs)
    gates = [g for g in read_gates().local if g.number.rsplit("/", 1)[0] in names]
    assert gates, f"there is no gate on {names}"
    return check(gates, run)


@pytest.mark.parametrize("name", SUITES)
def test_without_a_fault_every_gate_holds(name: str, key: AnswerKey, embedder: LocalEmbedder) -> None:
    trouble = [f for f in _findings((name,), key, embedder) if f.state is not State.PASS]
    assert not trouble, [(f.gate.number, f.says) for f in trouble]


@pytest.mark.parametrize("fault", EVERY, ids=lambda fault: fault.name.replace(" ", "-"))
def test_a_planted_fault_turns_a_gate_red(
    fault: Fault,
    key: AnswerKey,
    embedder: LocalEmbedder,
    caught: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fault.plant(monkeypatch)
    red = [f for f in _findings(fault.suites, key, embedder) if f.state is not State.PASS]
    assert red, f"nobody noticed that {fault.name}"
    caught[fault.name] = f"{red[0].gate.number} ({red[0].says})"


def test_there_are_enough_faults() -> None:
    assert len({fault.name for fault in EVERY}) == len(EVERY) >= 20
