"""The whole chain for one mentee: transcripts, recaps, approval, scan, triage, scan again."""

from __future__ import annotations

from collections.abc import Sequence

from evals.graders.flags import DISMISSED, FLAGS, HONEST
from evals.subject import Subject
from evals.suites.held import held_programme
from evals.suites.programmes import Programme
from evals.values import Case, Output, Suite

PER_MENTEE = 3


def _cases(split: str) -> Sequence[Case]:
    programme = Programme(split)
    if not programme.exists:
        return []
    found, sessions = programme.table("conflicts"), programme.table("sessions")
    cases = []
    for mentee in programme.table("mentees"):
        mine = [s for s in sessions if s["mentee"] == mentee["id"]]
        gold = {
            key: [[c["a"], c["b"]] for c in found[key] if c["mentee"] == mentee["id"]]
            for key in ("conflicts", "compatible")
        }
        cases.append(
            Case(
                id=mentee["id"],
                split=split,
                title=f"what {mentee['name']}'s mentors disagree about",
                input={"programme": split, "mentee": mentee["id"], "sessions": [s["id"] for s in mine]},
                gold={
                    **gold,
                    "advice": [{"session": s["id"], **a} for s in mine for a in s["gold"]["advice"]],
                    "spoken": {s["id"]: " ".join(text for _, text in programme.spoken(s)) for s in mine},
                },
            )
        )
    return cases


def _task(subject: Subject, case: Case) -> Output:
    from copilot.conflicts import conflicts_to_json
    from copilot.domain import Triage
    from copilot.workflow.conflicts import scan_programme, triage

    mentee = case.input["mentee"]
    parts = held_programme(subject, case.split, [mentee])
    first = scan_programme(parts, mentee=mentee, per_mentee=PER_MENTEE)
    shown = conflicts_to_json(first.conflicts, first.pairs_considered, first.engine)
    dismissed, after = None, []
    if first.conflicts:
        dismissed = first.conflicts[0].id
        triage(parts, dismissed, Triage.DISMISSED, reason="both can be done", by="coordinator")
        again = scan_programme(parts, mentee=mentee, per_mentee=PER_MENTEE)
        after = conflicts_to_json(again.conflicts, again.pairs_considered, again.engine)["conflicts"]
    return {**shown, "per_mentee": PER_MENTEE, "dismissed": dismissed, "after": after}


SUITE = Suite(
    name="conflicts",
    says="From transcripts to at most three flags a mentee; the first is dismissed and must stay away",
    cases=_cases,
    task=_task,
    graders=(FLAGS, HONEST, DISMISSED),
)
