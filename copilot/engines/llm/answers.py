"""The shapes that a model's answers must have."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1_500)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=160)]
Turns = Annotated[list[int], Field(max_length=40)]
Certainty = Literal["certain", "likely", "unsure"]


class _Shape(BaseModel):
    """Unknown keys are passed over; everything else must fit."""

    model_config = ConfigDict(extra="ignore")


class PointAnswer(_Shape):
    text: Line
    turns: Turns


class ClaimAnswer(_Shape):
    turns: Turns
    quote: Note
    kind: Literal["advice", "action", "decision", "question", "opportunity"]
    text: Line
    topic: Short
    condition: Note | None
    owner: Literal["mentor", "mentee"] | None
    due: Short | None
    certainty: Literal["clear", "unclear"]


class WindowAnswer(_Shape):
    """What was found in one part of a transcript."""

    points: Annotated[list[PointAnswer], Field(max_length=30)]
    claims: Annotated[list[ClaimAnswer], Field(max_length=120)]
    withdrawn: Annotated[list[PointAnswer], Field(max_length=30)]


class SummaryAnswer(_Shape):
    summary: Annotated[list[PointAnswer], Field(max_length=20)]
    thanks: Note
    drop: Annotated[list[int], Field(max_length=500)]


class VerdictAnswer(_Shape):
    pair: int
    doing_first: Note
    doing_second: Note
    both: Note
    label: Literal["conflict", "compatible", "unrelated"]
    certainty: Certainty
    kind: Literal["direct", "conditional", "quantitative", "temporal", "priority"] | None
    severity: Literal[1, 2, 3]
    when_first: Note
    when_second: Note
    settle: Note


class SecondVerdictAnswer(_Shape):
    pair: int
    case_for_both: Note
    case_for_conflict: Note
    decider: Note
    label: Literal["conflict", "compatible", "unrelated"]
    certainty: Certainty
    kind: Literal["direct", "conditional", "quantitative", "temporal", "priority"] | None
    severity: Literal[1, 2, 3]
    when_first: Note
    when_second: Note
    settle: Note


class JudgeAnswer(_Shape):
    verdicts: Annotated[list[VerdictAnswer], Field(max_length=200)]


class SecondLookAnswer(_Shape):
    verdicts: Annotated[list[SecondVerdictAnswer], Field(max_length=200)]


class CoachAnswer(_Shape):
    missing: list[Literal["outcome", "measure", "deadline", "context", "scope"]]
    specific: bool
    suggestion: Line
    questions: Annotated[list[Line], Field(min_length=3, max_length=3)]
    fits_minutes: Annotated[int, Field(ge=15, le=60)]


class ItemAnswer(_Shape):
    title: Short
    minutes: Annotated[int, Field(ge=1, le=120)]
    purpose: Line
    prompts: Annotated[list[Line], Field(max_length=8)]


class AgendaAnswer(_Shape):
    items: Annotated[list[ItemAnswer], Field(min_length=2, max_length=8)]
    questions: Annotated[list[Line], Field(min_length=1, max_length=8)]
    prework: Annotated[list[Line], Field(max_length=8)]
    done_when: Line


@cache
def wire_schema(answer: type[BaseModel]) -> Mapping[str, Any]:
    """The JSON Schema as strict endpoints want it: no references, all keys required, no others allowed.

    Bounds are left out: not every endpoint knows them, and our own validation has them anyway.
    """
    raw = answer.model_json_schema()
    schema: dict[str, Any] = _plain(raw, raw.get("$defs", {}))
    return schema


_KEPT = frozenset({"type", "enum", "const", "anyOf", "items", "properties"})


def _plain(node: Mapping[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    if "$ref" in node:
        return _plain(definitions[node["$ref"].rsplit("/", 1)[-1]], definitions)
    out: dict[str, Any] = {key: node[key] for key in node if key in _KEPT}
    if "anyOf" in out:
        out["anyOf"] = [_plain(option, definitions) for option in out["anyOf"]]
    if "items" in out:
        out["items"] = _plain(out["items"], definitions)
    if "properties" in out:
        out["properties"] = {name: _plain(value, definitions) for name, value in out["properties"].items()}
        out["required"] = list(out["properties"])
        out["additionalProperties"] = False
    return out
