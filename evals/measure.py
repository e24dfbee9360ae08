"""From names of suites to a measured run: builds the copilot under test and goes through the suites."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from copilot.errors import BadInput
from copilot.thresholds import thresholds_hash
from evals.datasets import SPLITS
from evals.result import Run
from evals.runner import Tick, run_suite
from evals.subject import Subject
from evals.suites import suites
from evals.values import Suite

if TYPE_CHECKING:
    from copilot.settings import Settings
    from evals.cassette import Cassette, Player

PARALLEL = 4
"""Cases of a model engine at the same time; the local engine has the machine to itself."""


def chosen(names: Sequence[str], engine: str, *, recorded: bool = False) -> list[Suite]:
    """Suites by name, in the order of a run; all that fit where none is named. Raises BadInput."""
    known = suites()
    unknown = [name for name in names if name not in known]
    if unknown:
        raise BadInput(f"There is no suite {unknown[0]!r}.", f"Suites: {', '.join(known)}.")
    wanted = [s for s in known.values() if not names or s.name in names]
    return [s for s in wanted if engine in s.engines and (s.recorded or names or not recorded)]


def local_subject() -> Subject:
    """The local engine, as shipped."""
    from copilot.bootstrap import Copilot
    from copilot.settings import Settings

    parts = Copilot(Settings(engine="local", _env_file=None))
    return Subject(parts.local, embedder=parts.embedder)


def model_subject(settings: Settings, record: Cassette | None = None) -> Subject:
    """The configured model, without a fallback. With `record` its answers are kept."""
    from copilot.engines.llm import LlmConfig, LlmEngine
    from copilot.engines.llm.openai_chat import OpenAIChat
    from evals.cassette import Recorder

    config = LlmConfig.from_settings(settings)
    transport = OpenAIChat(config)
    if record is not None:
        return Subject(LlmEngine(config, Recorder(transport, record)), parallel=PARALLEL)
    return Subject(LlmEngine(config, transport), parallel=PARALLEL)


def replayed_subject(cassette: Cassette, model: str | None = None) -> tuple[Subject, Player]:
    """The model engine on recorded answers. Raises BadInput unless it is clear whose they are."""
    from copilot.engines.llm import LlmConfig, LlmEngine
    from evals.cassette import Player

    models = cassette.models
    if model is None and len(models) != 1:
        raise BadInput(
            f"{cassette.file.name} holds answers of {len(models)} models.", "Say which with --model."
        )
    config = LlmConfig(model=model or models[0])
    player = Player(cassette, config.model)
    return Subject(LlmEngine(config, player)), player


def measure(
    subject: Subject,
    wanted: Sequence[Suite],
    *,
    splits: Sequence[str] = SPLITS,
    repeat: int = 1,
    now: datetime,
    recorded: str | None = None,
    tick: Tick = lambda *_: None,
) -> Run:
    """Every wanted suite on every wanted split that it has."""
    started = time.perf_counter()
    run = Run(
        made=now,
        engine=subject.engine.name,
        model=subject.engine.model,
        repeat=repeat,
        thresholds=thresholds_hash(),
        prompts=prompt_hashes(),
        recorded=recorded,
    )
    for suite in wanted:
        for split in splits:
            run.suites.append(run_suite(suite, split, subject, repeat=repeat, tick=tick))
    run.seconds = time.perf_counter() - started
    return run


def prompt_hashes() -> dict[str, str]:
    """Prompt file -> 12 hex digits over its bytes."""
    folder = files("prompts")
    found = {entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml")}
    return {name: sha256(folder.joinpath(name).read_bytes()).hexdigest()[:12] for name in sorted(found)}
