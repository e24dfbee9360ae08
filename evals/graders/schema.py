"""Does the output have the form that the contract promises? Unknown extra keys are allowed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, Field, ValidationError

from evals.values import Case, Grader, Output, Verdict, up, yes


class _Quoted(BaseModel):
    quote: str = Field(min_length=1)
    turns: list[int] = Field(min_length=1)


class _Advice(_Quoted):
    id: str = Field(min_length=1)
    at: str | None = Field(pattern=r"^\d\d:\d\d:\d\d$")
    text: str = Field(min_length=1)
    topic: str
    condition: str | None


class _Action(_Quoted):
    owner: Literal["mentor", "mentee"] | None
    task: str = Field(min_length=1)
    due: date | None


class _Note(_Quoted):
    text: str = Field(min_length=1)


class _Point(BaseModel):
    text: str = Field(min_length=1)
    turns: list[int] = Field(min_length=1)


class _Recap(BaseModel):
    session: str
    status: Literal["draft", "approved", "sent back"]
    coverage: float = Field(ge=0, le=1)
    summary: list[_Point]
    advice: list[_Advice]
    actions: list[_Action]
    decisions: list[_Note]
    questions: list[_Note]
    opportunities: list[_Note]
    thanks: str
    unsupported: int = Field(ge=0)
    provenance: dict[str, Any]


class _Coaching(BaseModel):
    original: str
    specific: bool
    missing: list[Literal["outcome", "measure", "deadline", "context", "scope"]]
    suggestion: str
    questions: list[str]
    fits_minutes: int


class _Item(BaseModel):
    title: str = Field(min_length=1)
    minutes: int = Field(ge=1)
    purpose: str
    prompts: list[str]


class _Agenda(BaseModel):
    session: str | None
    minutes: int
    goal: str
    items: list[_Item] = Field(min_length=1)
    questions: list[str]
    prework: list[str]
    done_when: str
    open_actions: list[str]
    disagreements: list[dict[str, str]]
    provenance: dict[str, Any]


class _Reason(BaseModel):
    quote: str = Field(min_length=1)
    field: str


class _Match(BaseModel):
    mentor: str
    name: str
    score: float = Field(ge=0, le=1)
    reasons: list[_Reason]
    cautions: list[str]
    languages: list[str]
    overlap_hours: float | None


class _Matches(BaseModel):
    query: str
    engine: str
    abstained: bool
    note: str | None
    matches: list[_Match]


def schema(key: str, form: type[BaseModel]) -> Grader:
    """A grader that holds `output[key]` against a form."""

    def grade(case: Case, output: Output) -> Iterator[Verdict]:
        try:
            form.model_validate(output[key])
        except ValidationError as error:
            faults = error.errors(include_url=False, include_input=False)
            yield yes(
                "schema", False, "; ".join(f"{'.'.join(map(str, f['loc']))}: {f['msg']}" for f in faults[:5])
            )
        else:
            yield yes("schema", True)

    return Grader((up("schema", "outputs that have the promised form"),), grade)


RECAP_SCHEMA = schema("recap", _Recap)
COACH_SCHEMA = schema("coaching", _Coaching)
AGENDA_SCHEMA = schema("agenda", _Agenda)
MATCH_SCHEMA = schema("match", _Matches)
