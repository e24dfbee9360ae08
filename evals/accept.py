"""Writes what a run reached into gates.yaml, and says plainly which numbers were lowered.

python -m evals.accept eval-report/report.json

The gates stay the same numbers; accepted value, tolerance and run are those of the report. A gate that
must always hold (tolerance 0) is not loosened here: a run that does not hold it is refused.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from pathlib import Path

from copilot.errors import BadInput, CopilotError
from evals.gates import FILE, Gate, GateFile, read_gates
from evals.result import Number, Run, load

LEAST, MOST = 0.005, 0.1
"""Bounds of a tolerance, as a share."""
CONTINUOUS = {"ece": 0.02, "average_precision": 0.02, "load_share": 0.02}
"""Numbers that move without any item changing sides, and their least tolerance."""


def tolerance(name: str, number: Number) -> float:
    """Twice the standard deviation over repeats, and at least one item of the suite."""
    item = min(MOST, 1 / max(1.0, number.items))
    wanted = max(2 * number.spread, item, LEAST, CONTINUOUS.get(name, 0.0))
    return math.ceil(1000 * wanted - 1e-9) / 1000


def accepted(gates: Sequence[Gate], run: Run) -> tuple[list[Gate], list[str]]:
    """The gates as of this run, and one line for each that got worse. Raises BadInput."""
    numbers = dict(run.numbers())
    what = f"{run.made:%Y-%m-%d} {run.recorded or f'{run.engine} {run.model}'} x{run.repeat}"
    out, lowered = [], []
    for gate in gates:
        number = numbers.get(gate.number)
        if number is None:
            raise BadInput(f"The run has no {gate.number}.", "Accept a run of all suites and splits.")
        value = round(number.value, 4)
        worse = value < gate.accept if gate.better == "higher" else value > gate.accept
        if gate.tolerance == 0 and worse:
            raise BadInput(
                f"{gate.number} must always hold; this run has {number.value:.4g}.", "Mend it first."
            )
        if worse:
            lowered.append(f"{gate.number}: {gate.accept:.4g} → {number.value:.4g}")
        room = 0.0 if gate.tolerance == 0 else tolerance(gate.number.rsplit("/", 1)[-1], number)
        out.append(gate.model_copy(update={"accept": value, "tolerance": room, "run": what}))
    return out, lowered


def accept(run: Run, file: Path = FILE) -> list[str]:
    """Rewrite the section of the file that this run is about; the comment at its head stays."""
    gates = read_gates(file)
    if run.recorded:
        section, lowered = accepted(gates.recorded.get(run.recorded, []), run)
        gates.recorded[run.recorded] = section
    else:
        gates.local, lowered = accepted(gates.local, run)
    head = [line for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    file.write_text("\n".join([*head, *_lines(gates)]) + "\n", encoding="utf-8")
    return lowered


def _lines(gates: GateFile) -> list[str]:
    out = ["local:", *(f"  - {_line(gate)}" for gate in gates.local), "recorded:"]
    for name, section in gates.recorded.items():
        out += [f"  {name}:", *(f"    - {_line(gate)}" for gate in section)]
    return out


def _line(gate: Gate) -> str:
    why = f', why: "{gate.why}"' if gate.why else ""
    numbers = f"accept: {gate.accept:g}, tolerance: {gate.tolerance:g}"
    return f'{{number: {gate.number}, better: {gate.better}, {numbers}, run: "{gate.run}"{why}}}'


if __name__ == "__main__":
    try:
        for line in accept(load(Path(sys.argv[1]))):
            sys.stdout.write(f"lowered {line}\n")
    except CopilotError as error:
        sys.exit(f"error: {error}")
