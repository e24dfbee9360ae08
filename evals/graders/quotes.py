"""Is every quote letter for letter in the turns it names, are all words read, is nothing said twice?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from evals.graders.figures import was_said
from evals.graders.spans import find, overlap, plain
from evals.values import Case, Grader, Output, Verdict, down, share, up, yes

KINDS = ("advice", "actions", "decisions", "questions", "opportunities")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def _items(recap: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for kind in KINDS:
        for item in recap[kind]:
            yield kind, item


def _quotes(case: Case, output: Output) -> Iterator[Verdict]:
    turns = [turn["text"] for turn in output["turns"]]
    bad = []
    items = list(_items(output["recap"]))
    for kind, item in items:
        named = " ".join(turns[i] for i in item["turns"] if 0 <= i < len(turns))
        if item["quote"] not in named:
            bad.append(f"{kind}: not in turns {item['turns']}: {item['quote']}")
    yield from share("verbatim", len(items) - len(bad), len(items), "; ".join(bad))


def _speakers(case: Case, output: Output) -> Iterator[Verdict]:
    """Advice comes from a turn that the independent reading gives to the mentor."""
    who = case.input["speakers"]
    said: list[tuple[str, str]] = [(who.get(label, "other"), text) for label, text in case.input["spoken"]]
    by_mentor = plain(" ".join(text for speaker, text in said if speaker == "mentor"))
    advice = output["recap"]["advice"]
    bad = [item["quote"] for item in advice if find(by_mentor, item["quote"]) is None]
    yield from share(
        "said_by_mentor", len(advice) - len(bad), len(advice), "; ".join(f"not the mentor: {b}" for b in bad)
    )


def _coverage(case: Case, output: Output) -> Iterator[Verdict]:
    said = plain(" ".join(text for _, text in case.input["spoken"])).split()
    read = plain(" ".join(turn["text"] for turn in output["turns"])).split()
    lost = len(said) - len(read)
    yield Verdict(
        name="words_in_turns",
        value=1.0 if said == read else max(0.0, 1 - max(1, abs(lost)) / max(1, len(said))),
        why="" if said == read else f"{len(said)} words were spoken, {len(read)} are in the turns",
    )
    full = output["recap"]["coverage"] == 1.0
    yield yes("coverage", full, f"coverage is {output['recap']['coverage']}")


def _twice(case: Case, output: Output) -> Iterator[Verdict]:
    text = plain(" ".join(turn["text"] for turn in output["turns"]))
    doubles = []
    for kind in ("advice", "actions"):
        places = [(item["quote"], find(text, item["quote"])) for item in output["recap"][kind]]
        for n, (quote, place) in enumerate(places):
            if any(overlap(place, earlier) for _, earlier in places[:n]):
                doubles.append(f"{kind}: {quote}")
    yield Verdict(name="duplicates", value=float(len(doubles)), why="; ".join(doubles))


def _invented(case: Case, output: Output) -> Iterator[Verdict]:
    """No figure in the wording that was not spoken anywhere in the call, in digits or in words."""
    said = plain(" ".join(text for _, text in case.input["spoken"]))
    texts = [(k, str(i.get("text") or i.get("task"))) for k, i in _items(output["recap"])]
    texts += [("summary", p["text"]) for p in output["recap"]["summary"]]
    bad = [f"{k}: {t}" for k, t in texts if any(not was_said(f, said) for f in _NUMBER.findall(t))]
    yield from share("no_new_figures", len(texts) - len(bad), len(texts), "; ".join(bad))


QUOTES = Grader(
    (
        up(
            "verbatim",
            "quotes that stand letter for letter in the turns they name",
        ),
    ),
    _quotes,
)
SPEAKERS = Grader(
    (up("said_by_mentor", "pieces of advice that the mentor said", worst=None),),
    _speakers,
)
COVERAGE = Grader(
    (
        up(
            "words_in_turns",
            "spoken words that reach the turns (independent reading)",
        ),
        up("coverage", "recaps for which every turn was read"),
    ),
    _coverage,
)
TWICE = Grader(
    (down("duplicates", "items shown twice per recap", worst=None, perfect=0.0),),
    _twice,
)
INVENTED = Grader(
    (
        up(
            "no_new_figures",
            "wordings without a figure that nobody spoke",
            worst=None,
        ),
    ),
    _invented,
)
