"""What the eval suite is made of: cases, verdicts, measures, graders, suites."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from evals.subject import Subject

Better = Literal["higher", "lower"]
Output = Mapping[str, Any]
"""What the copilot gave for a case: plain JSON, as people and scripts get it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case of one suite. `input` and `gold` are plain JSON, as in the dataset's files."""

    id: str
    split: str
    title: str
    input: Mapping[str, Any]
    gold: Mapping[str, Any] = field(default_factory=dict)
    context: Mapping[str, Any] = field(default_factory=dict)
    """What many cases share (all mentors of a programme): used, but not repeated in reports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one grader says of one case.

    Numbers over a suite are the mean of `value` weighted by `weight`, so that a share of items
    (precision, recall, F1) pools over cases as if all items lay in one heap.
    """

    name: str
    value: float
    weight: float = 1.0
    why: str = ""
    """The evidence, in words: what was missing, what was too much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A number that a grader gives. A case without an output counts as `worst`, unless that is None."""

    name: str
    better: Better
    says: str
    """One line for people: what this number is, with its unit."""
    worst: float | None = 0.0
    perfect: float | None = 1.0
    """The value of a case with nothing to complain about; None = the number is only descriptive."""


def up(name: str, says: str, *, worst: float | None = 0.0) -> Measure:
    """A share of what is right: higher is better, 1 is perfect."""
    return Measure(name=name, better="higher", says=says, worst=worst)


def down(name: str, says: str, *, worst: float | None = None, perfect: float | None = 0.0) -> Measure:
    """Lower is better."""
    return Measure(name=name, better="lower", says=says, worst=worst, perfect=perfect)


@dataclass(frozen=True, slots=True)
class Grader:
    """Grades one case at a time, by rule."""

    measures: tuple[Measure, ...]
    grade: Callable[[Case, Output], Iterable[Verdict]]
    stakes: Callable[[Case], Mapping[str, float]] = lambda case: {}
    """Weight of each measure when the case has no output at all; 1 where not given."""

    def without_output(self, case: Case) -> list[Verdict]:
        """Verdicts for a case that failed: the worst value, never left out."""
        stakes = self.stakes(case)
        return [
            Verdict(name=m.name, value=m.worst, weight=stakes.get(m.name, 1.0), why="no output")
            for m in self.measures
            if m.worst is not None
        ]


@dataclass(frozen=True, slots=True)
class WholeGrader:
    """Grades all cases of a suite together (ranking, calibration, load). A failed case has output None."""

    measures: tuple[Measure, ...]
    grade: Callable[[Sequence[tuple[Case, Output | None]]], Iterable[Verdict]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """A dataset, what to do with a case, and who grades the outcome."""

    name: str
    says: str
    cases: Callable[[str], Sequence[Case]]
    """The cases of a split ("dev" or "test"); empty = no such split."""
    task: Callable[[Subject, Case], Output]
    """May raise: then the case has failed, and is counted as such."""
    graders: tuple[Grader, ...]
    prepare: Callable[[Subject, Sequence[Case]], None] = lambda subject, cases: None
    """What is cheaper for all cases together; its failure is the suite's."""
    whole: tuple[WholeGrader, ...] = ()
    engines: frozenset[str] = frozenset({"local", "llm"})
    recorded: bool = False
    """Whether the shipped recording of a model has answers for it."""

    @property
    def measures(self) -> dict[str, Measure]:
        """Every measure of the suite by name, those that each suite has included."""
        every = [m for g in self.graders for m in g.measures]
        every += [m for w in self.whole for m in w.measures]
        return {m.name: m for m in (*every, FAILED)}


FAILED = Measure(name="failed", better="lower", says="share of cases with no output", worst=1.0, perfect=0.0)


def yes(name: str, good: bool, why: str = "") -> Verdict:
    """A verdict on a single requirement: 1 where it holds."""
    return Verdict(name=name, value=1.0 if good else 0.0, why="" if good else why)


def share(name: str, part: float, of: float, why: str = "") -> list[Verdict]:
    """`part` of `of` items; nothing at all where there are no items."""
    return [Verdict(name=name, value=part / of, weight=of, why=why)] if of else []
