"""Accepted quality: does a run hold what `gates.yaml` asks for? 0 pass, 1 regression, 2 could not measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from copilot.errors import BadInput
from evals.result import Run

FILE = Path(__file__).parent / "gates.yaml"


class State(IntEnum):
    """Also the exit status of a gate run."""

    PASS = 0
    REGRESSION = 1
    UNMEASURED = 2


class Gate(BaseModel):
    """One number that must hold. Fails when it is worse than `accept` by more than `tolerance`."""

    model_config = ConfigDict(extra="forbid")

    number: str = Field(pattern=r"^\w+/(dev|test)/\w+$")
    """suite/split/name"""
    better: Literal["higher", "lower"]
    accept: float
    tolerance: float = Field(ge=0)
    """From the spread over repeats, or one case where repeats do not differ; 0 for what must always hold."""
    run: str = Field(min_length=1)
    """The run that justified it: date, engine, value."""
    why: str = ""


class GateFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    local: list[Gate]
    recorded: dict[str, list[Gate]] = Field(default_factory=dict)
    """For replays, by the name of the recording."""


@dataclass(frozen=True, slots=True)
class Finding:
    gate: Gate
    state: State
    value: float | None
    says: str


def read_gates(file: Path = FILE) -> GateFile:
    """Raises BadInput with the first fault."""
    import yaml

    try:
        raw: Any = yaml.safe_load(file.read_text(encoding="utf-8"))
        return GateFile.model_validate(raw)
    except OSError as error:
        raise BadInput(f"Cannot read {file}: {error.strerror}.") from None
    except yaml.YAMLError:
        raise BadInput(f"{file.name} is not valid YAML.") from None
    except ValidationError as error:
        fault = error.errors()[0]
        raise BadInput(f"{file.name}: {'.'.join(map(str, fault['loc']))}: {fault['msg']}.") from None


def check(gates: Sequence[Gate], run: Run) -> list[Finding]:
    """One finding a gate, in their order."""
    numbers = dict(run.numbers())
    errors = {suite.key: suite.error for suite in run.suites if suite.error}
    errors |= _unproved(gates, run)
    return [_finding(gate, {} if gate.number in errors else numbers, errors) for gate in gates]


def _unproved(gates: Sequence[Gate], run: Run) -> dict[str, str]:
    """Gates on what a model judged, where its agreement with people was not measured or is too low."""
    from evals.judges import cards

    out = {}
    for gate in gates:
        name = gate.number.rsplit("/", 1)[-1]
        if name.startswith("judged_"):
            card = next((c for c in cards() if name == f"judged_{c.name}"), None)
            if card is None or not card.may_gate(run.judge or ""):
                out[gate.number] = "its judge may not gate: " + (card.standing if card else "no card")
    return out


def _finding(gate: Gate, numbers: dict[str, Any], errors: dict[str, str]) -> Finding:
    number = numbers.get(gate.number)
    suite = gate.number.rsplit("/", 1)[0]
    if number is None:
        why = errors.get(gate.number) or errors.get(suite, "this run has no such number")
        return Finding(gate, State.UNMEASURED, None, f"could not be measured: {why}")
    if number.better != gate.better:
        return Finding(
            gate, State.UNMEASURED, number.value, f"the gate says {gate.better}, the measure {number.better}"
        )
    limit = gate.accept - gate.tolerance if gate.better == "higher" else gate.accept + gate.tolerance
    worse = number.value < limit - 1e-9 if gate.better == "higher" else number.value > limit + 1e-9
    sign = "at least" if gate.better == "higher" else "at most"
    says = f"{number.value:.4g}, {sign} {limit:.4g} wanted"
    return Finding(gate, State.REGRESSION if worse else State.PASS, number.value, says)


def findings_for(run: Run, *, whole: bool = True, file: Path = FILE) -> list[Finding]:
    """What the gates say of a run; with `whole` False only of what it measured."""
    accepted = read_gates(file)
    gates = accepted.local if run.engine == "local" else accepted.recorded.get(run.recorded or "", [])
    measured = {suite.key for suite in run.suites}
    return check([g for g in gates if whole or g.number.rsplit("/", 1)[0] in measured], run)


def overall(findings: Sequence[Finding]) -> State:
    """A regression weighs more than what could not be measured; no gate at all is no pass."""
    states = {finding.state for finding in findings}
    if State.REGRESSION in states:
        return State.REGRESSION
    return State.UNMEASURED if State.UNMEASURED in states or not findings else State.PASS
