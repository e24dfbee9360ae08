"""What a run found, as plain data that is written to report.json and read back for comparisons."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from statistics import pstdev
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from copilot.errors import BadInput

FORMAT = 1


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CaseVerdict(_Data):
    name: str
    value: float
    weight: float = 1.0
    why: str = ""


class CaseRun(_Data):
    """One case in one repeat."""

    id: str
    title: str
    repeat: int = 1
    input: Any = None
    gold: Any = None
    output: Any = None
    output_hash: str = ""
    """Short hash over the output without its provenance; enough to see that it changed."""
    failed: str | None = None
    """One line: why there is no output."""
    seconds: float = 0.0
    calls: int = 0
    cost: float | None = None
    verdicts: list[CaseVerdict] = Field(default_factory=list)


class Number(_Data):
    """One number over a suite and a split: the mean over repeats, with their spread."""

    name: str
    better: Literal["higher", "lower"]
    says: str
    value: float
    items: float
    """How many items the number rests on (sum of weights of one repeat)."""
    repeats: list[float]
    why: str = ""

    @property
    def spread(self) -> float:
        """Standard deviation over repeats; 0 for a single one."""
        return pstdev(self.repeats) if len(self.repeats) > 1 else 0.0


class SuiteRun(_Data):
    name: str
    says: str
    split: str
    numbers: list[Number] = Field(default_factory=list)
    cases: list[CaseRun] = Field(default_factory=list)
    error: str | None = None
    """Why the suite could not be measured at all."""
    seconds: float = 0.0
    p50: float | None = None
    """Seconds a case, over all repeats."""
    p95: float | None = None
    calls: int = 0
    cost: float | None = None

    @property
    def key(self) -> str:
        return f"{self.name}/{self.split}"


class Run(_Data):
    format: int = FORMAT
    made: datetime
    engine: str
    model: str
    repeat: int
    thresholds: str
    prompts: dict[str, str] = Field(default_factory=dict)
    """Prompt file -> hash: a changed prompt shows here."""
    recorded: str | None = None
    """Name of the cassette that answered in the model's place."""
    judge: str | None = None
    """The model that judged, where one was asked."""
    seconds: float = 0.0
    suites: list[SuiteRun] = Field(default_factory=list)

    def numbers(self) -> Iterator[tuple[str, Number]]:
        """("suite/split/name", number) of everything that was measured."""
        for suite in self.suites:
            for number in suite.numbers:
                yield f"{suite.key}/{number.name}", number


def fingerprint(output: Any) -> str:
    """16 hex digits over an output; where it came from (provenance, usage) does not count."""
    text = json.dumps(_bare(output), sort_keys=True, ensure_ascii=False)
    return sha256(text.encode()).hexdigest()[:16]


def _bare(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {k: _bare(v) for k, v in value.items() if k not in {"provenance", "usage"}}
    return [_bare(v) for v in value] if isinstance(value, list | tuple) else value


def save(run: Run, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(run.model_dump_json(indent=1) + "\n", encoding="utf-8")


def save_baseline(run: Run, file: Path) -> None:
    """The run without texts: verdicts and hashes of outputs are all that a comparison needs."""
    slim = run.model_copy(deep=True)
    for suite in slim.suites:
        first = {case.id: case for case in suite.cases if case.repeat == 1}
        suite.cases = [c for c in suite.cases if c.repeat == 1 or not _same(c, first[c.id])]
        for case in suite.cases:
            case.input = case.gold = case.output = None
            case.seconds = 0.0
            for verdict in case.verdicts:
                verdict.why = ""
    data = {"format": FORMAT, **slim.model_dump(mode="json", exclude_defaults=True)}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    file.parent.mkdir(parents=True, exist_ok=True)
    for start in ('{"name":', '{"id":'):
        text = text.replace(start, f"\n{start}")
    file.write_text(text + "\n", encoding="utf-8")


def _same(one: CaseRun, other: CaseRun) -> bool:
    return (one.output_hash, one.failed, one.verdicts) == (other.output_hash, other.failed, other.verdicts)


def load(file: Path) -> Run:
    """Raises BadInput when the file is no report of this format."""
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(
            f"Cannot read {file}: {error.strerror}.", "Give the report.json of an earlier run."
        ) from None
    except ValueError:
        raise BadInput(f"{file} is not JSON.", "Give the report.json of an earlier run.") from None
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise BadInput(
            f"{file} is no report of format {FORMAT}.", "Make a new baseline: mentor-copilot eval --bless"
        )
    try:
        return Run.model_validate(raw)
    except ValidationError as error:
        raise BadInput(f"{file} is damaged: {error.errors()[0]['msg']}.") from None
