"""Written-down claims of an engine: dates, owners, figures, doubles, coverage, uncited points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evals import datasets
from evals.graders.quotes import QUOTES
from evals.graders.schema import RECAP_SCHEMA
from evals.subject import Subject
from evals.suites.scripted import scripted_recap
from evals.values import Case, Grader, Measure, Output, Suite, Verdict, share, up, yes


def _cases(split: str) -> Sequence[Case]:
    content = datasets.read("claims", split)
    return [
        Case(
            id=row["id"],
            split=split,
            title=row["why"],
            input={
                "turns": content["fragments"][row["fragment"]],
                "started_at": content["started_at"],
                **{k: row[k] for k in ("claims", "summary", "covered", "thanks") if k in row},
            },
            gold=row["expect"],
        )
        for row in (content or {}).get("cases", ())
    ]


def _task(subject: Subject, case: Case) -> Output:
    given = case.input
    return scripted_recap(
        given["turns"],
        given.get("claims", ()),
        summary=given.get("summary", ()),
        covered=given.get("covered"),
        thanks=given.get("thanks", ""),
        started_at=given["started_at"],
    )


def _grade(case: Case, output: Output) -> Iterator[Verdict]:
    recap, wanted = output["recap"], case.gold
    if "actions" in wanted:
        got = recap["actions"]
        pairs = list(zip(got, wanted["actions"], strict=False))
        number = len(wanted["actions"])
        yield yes("deduplicated", len(got) == number, f"{len(got)} actions, {number} expected")
        due = [f"{g['task']}: {g['due']}, not {w['due']}" for g, w in pairs if g["due"] != w["due"]]
        yield from share("due_right", number - len(due) - (number - len(pairs)), number, "; ".join(due))
        owner = [f"{g['task']}: {g['owner']}, not {w['owner']}" for g, w in pairs if g["owner"] != w["owner"]]
        yield from share("owner_right", number - len(owner) - (number - len(pairs)), number, "; ".join(owner))
    if "advice" in wanted:
        name = "deduplicated" if wanted["advice"] else "mentor_only"
        yield yes(name, len(recap["advice"]) == wanted["advice"], f"{len(recap['advice'])} pieces of advice")
    if "texts" in wanted:
        texts = [a["text"] for a in recap["advice"]]
        yield yes("wording_honest", texts == wanted["texts"], f"{texts}, not {wanted['texts']}")
    if "coverage" in wanted:
        said = recap["coverage"]
        yield yes("coverage_true", abs(said - wanted["coverage"]) < 0.01, f"{said}, not {wanted['coverage']}")
    if "summary" in wanted:
        yield yes(
            "cited", len(recap["summary"]) == wanted["summary"], f"{[p['text'] for p in recap['summary']]}"
        )
    if "unsupported" in wanted:
        counted = recap["unsupported"]
        yield yes(
            "counted", counted == wanted["unsupported"], f"{counted} unsupported, not {wanted['unsupported']}"
        )
    if "at" in wanted:
        got_at = [a["at"] for a in recap["advice"]]
        yield yes("times", got_at == wanted["at"], f"{got_at}, not {wanted['at']}")
    if "thanks" in wanted:
        yield yes("thanks_clean", recap["thanks"] == wanted["thanks"], recap["thanks"] or "(no note)")


def _says(name: str, says: str) -> Measure:
    return up(name, says)


def _stakes(case: Case) -> dict[str, float]:
    keys = {
        "actions": ("deduplicated", "due_right", "owner_right"),
        "advice": ("deduplicated", "mentor_only"),
        "texts": ("wording_honest",),
        "coverage": ("coverage_true",),
        "summary": ("cited",),
        "unsupported": ("counted",),
        "at": ("times",),
        "thanks": ("thanks_clean",),
    }
    asked = {name for key, names in keys.items() if key in case.gold for name in names}
    return {m.name: float(m.name in asked) for m in MEASURES}


MEASURES = (
    _says("due_right", "due dates resolved as said, and none where none was said"),
    _says("owner_right", "owners as said"),
    _says("deduplicated", "the same words claimed twice are shown once"),
    _says("mentor_only", "claims of advice that the mentee said are dropped"),
    _says("wording_honest", "wordings with a figure nobody said are replaced by the quote"),
    _says("coverage_true", "coverage is the share of turns that were really read"),
    _says("cited", "points of a summary rest on turns that exist and say so"),
    _says("counted", "what was dropped is counted"),
    _says("times", "times are those of the turn"),
    _says("thanks_clean", "thank-you notes have no number or link"),
)
SUITE = Suite(
    name="claims",
    says="What code makes of an engine's claims, before a person sees them",
    cases=_cases,
    task=_task,
    graders=(Grader(MEASURES, _grade, _stakes), QUOTES, RECAP_SCHEMA),
)
