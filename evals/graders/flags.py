"""What a coordinator sees of a mentee: flags found, flags on pairs that fit together, dismissed pairs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from evals.graders.spans import find, overlap, plain
from evals.values import Case, Grader, Output, Verdict, down, share, up, yes


def _ids(side: Mapping[str, Any], case: Case) -> set[str]:
    """Labelled pieces of advice that this side of a flag speaks of."""
    text = plain(case.gold["spoken"].get(side["session"], ""))
    place = find(text, side["quote"])
    return {
        a["id"]
        for a in case.gold["advice"]
        if a["session"] == side["session"] and overlap(place, find(text, a["quote"]))
    }


def _flags(case: Case, output: Output) -> Iterator[Verdict]:
    true = {frozenset(p) for p in case.gold["conflicts"]}
    fitting = {frozenset(p) for p in case.gold["compatible"]}
    found: set[frozenset[str]] = set()
    wrong: list[str] = []
    flags = output["conflicts"]
    hits = 0
    for flag in flags:
        pairs = {frozenset((i, j)) for i in _ids(flag["a"], case) for j in _ids(flag["b"], case) if i != j}
        if pairs & true:
            hits += 1
            found |= pairs & true
        elif pairs & fitting and flag["verdict"] == "conflict":
            wrong.append(f"{flag['a']['text']} / {flag['b']['text']}")
    missed = [" / ".join(sorted(p)) for p in true - found]
    yield from share("flags_recall", len(found), len(true), "; ".join(f"missed {m}" for m in sorted(missed)))
    yield from share(
        "flags_precision", hits, len(flags), f"{len(flags) - hits} flags on pairs not labelled a conflict"
    )
    yield Verdict(name="false_flags", value=float(len(wrong)), why="; ".join(wrong))


def _honest(case: Case, output: Output) -> Iterator[Verdict]:
    """Each flag is between two mentors, within the limit, with words for each side and a question."""
    flags = output["conflicts"]
    yield yes(
        "flag_limit",
        len(flags) <= output["per_mentee"],
        f"{len(flags)} flags, {output['per_mentee']} allowed",
    )
    bad = []
    for flag in flags:
        if flag["a"]["mentor"] == flag["b"]["mentor"]:
            bad.append(f"one mentor against himself: {flag['id']}")
        if not (flag["when_a"] and flag["when_b"] and flag["settle"].rstrip().endswith("?")):
            bad.append(f"no circumstances or no question: {flag['id']}")
        texts = case.gold["spoken"]
        if any(plain(s["quote"]) not in plain(texts.get(s["session"], "")) for s in (flag["a"], flag["b"])):
            bad.append(f"not in this mentee's own sessions: {flag['id']}")
    yield from share(
        "flags_sound", len(flags) - len({b.rsplit(" ", 1)[-1] for b in bad}), len(flags), "; ".join(bad)
    )


def _dismissed(case: Case, output: Output) -> Iterator[Verdict]:
    if output["dismissed"] is not None:
        back = output["dismissed"] in [flag["id"] for flag in output["after"]]
        yield yes("dismissed_stays", not back, f"{output['dismissed']} was dismissed and came back")


FLAGS = Grader(
    (
        up("flags_recall", "labelled conflicts found from the transcripts"),
        up(
            "flags_precision",
            "flags that are labelled conflicts (lower bound)",
            worst=None,
        ),
        down(
            "false_flags",
            '"conflict" said of pairs that fit together, a mentee',
            worst=None,
            perfect=0.0,
        ),
    ),
    _flags,
    lambda case: {"flags_recall": float(len(case.gold["conflicts"]))},
)
HONEST = Grader(
    (
        up("flag_limit", "mentees with no more flags than allowed"),
        up(
            "flags_sound",
            "flags between two mentors, quoted, with a question",
            worst=None,
        ),
    ),
    _honest,
)
DISMISSED = Grader(
    (up("dismissed_stays", "dismissed pairs that do not come back", worst=None),),
    _dismissed,
)
