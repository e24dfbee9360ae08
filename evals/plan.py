"""What to measure, with whose answers; and doing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from copilot.errors import BadInput
from evals import measure
from evals.cassette import Cassette
from evals.datasets import SPLITS
from evals.result import Run
from evals.runner import Tick
from evals.subject import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One `eval` command."""

    suites: Sequence[str] = ()
    """None named = all that fit the engine."""
    engine: str = "local"
    model: str | None = None
    split: str | None = None
    repeat: int = 1
    record: Path | None = None
    replay: Path | None = None
    attacks: Path | None = None
    """A folder of attack strings, placed at run time in a suite of their own."""

    def check(self) -> None:
        """Raises BadInput for what does not go together."""
        if self.engine not in {"local", "llm"}:
            raise BadInput(f"There is no engine {self.engine!r}.", "Engines: local, llm.")
        if self.split not in {None, *SPLITS}:
            raise BadInput(f"There is no split {self.split!r}.", "Splits: dev, test.")
        if self.record and self.replay:
            raise BadInput("Choose one of --record and --replay.")
        if self.engine == "local" and self.record:
            raise BadInput("--record keeps a model's answers.", "Use it with --engine llm.")


def carry_out(plan: Plan, *, now: datetime, tick: Tick = lambda *_: None) -> Run:
    """Measure. Raises BadInput, also where a recording does not fit what is asked today."""
    plan.check()
    if plan.replay:
        return _replayed(plan, plan.replay, now, tick)
    if plan.engine == "local":
        return _run(plan, measure.local_subject(), now, tick)
    from copilot.bootstrap import read_settings

    chosen = {"model": plan.model} if plan.model else {}
    recording = Cassette(plan.record) if plan.record else None
    run = _run(plan, measure.model_subject(read_settings(**chosen), recording), now, tick)
    if recording is not None:
        recording.write()
    return run


def _replayed(plan: Plan, file: Path, now: datetime, tick: Tick) -> Run:
    cassette = Cassette.read(file)
    subject, player = measure.replayed_subject(cassette, plan.model)
    run = _run(plan, subject, now, tick, recorded=file.name)
    if player.stale:
        more = f" ({len(player.stale) - 1} more of this kind)" if len(player.stale) > 1 else ""
        raise BadInput(player.stale[0] + more, "Record again with --record, or take the change back.")
    return run


def _run(plan: Plan, subject: Subject, now: datetime, tick: Tick, recorded: str | None = None) -> Run:
    wanted = measure.chosen(plan.suites, subject.engine.name, recorded=recorded is not None)
    if plan.attacks:
        from evals.suites.attacks import attacks_suite

        wanted = [attacks_suite(plan.attacks)] if not plan.suites else [*wanted, attacks_suite(plan.attacks)]
    splits = [plan.split] if plan.split else ["test"] if plan.attacks else list(SPLITS)
    return measure.measure(
        subject, wanted, splits=splits, repeat=plan.repeat, now=now, recorded=recorded, tick=tick
    )
