"""Matching: nDCG, MRR, precision at 1, abstention, quoted reasons, capacity, load."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from evals.graders.spans import plain
from evals.values import Case, Grader, Output, Verdict, WholeGrader, down, share, up, yes

DEPTH = 5
_NO_RANK = {"ndcg5": 0.0, "mrr": 0.0, "p1": 0.0, "answers": 0.0}


def ndcg(order: Sequence[str], relevant: Mapping[str, int], depth: int = DEPTH) -> float:
    """Gain 2^grade - 1, discount log2(place + 1), against the best order."""
    got = sum((2 ** relevant.get(m, 0) - 1) / math.log2(n + 2) for n, m in enumerate(order[:depth]))
    best = sum(
        (2**g - 1) / math.log2(n + 2) for n, g in enumerate(sorted(relevant.values(), reverse=True)[:depth])
    )
    return got / best if best else 0.0


def _order(output: Output) -> list[str]:
    return [m["mentor"] for m in output["match"]["matches"] if not m.get("second_opinion")]


def _rank(case: Case, output: Output) -> Iterator[Verdict]:
    relevant = case.gold.get("relevant")
    if relevant is None:
        return
    if not relevant:
        quiet = output["match"]["abstained"]
        yield yes("abstains", quiet, f"nobody fits, but {_order(output)[:3]} came first")
        return
    order = _order(output)
    top = max(relevant.values())
    first = next((n for n, m in enumerate(order) if relevant.get(m) == top), None)
    why = f"order {order[:DEPTH]}, wanted {dict(relevant)}"
    value = ndcg(order, relevant)
    yield Verdict(name="ndcg5", value=value, why="" if value == 1 else why)
    yield Verdict(name="mrr", value=0.0 if first is None else 1 / (first + 1), why="" if first == 0 else why)
    yield yes("p1", bool(order) and relevant.get(order[0], 0) == top, why)
    yield yes("answers", not output["match"]["abstained"], f"abstained, though {dict(relevant)} fit")


def _reasons(case: Case, output: Output) -> Iterator[Verdict]:
    profiles = {m["id"]: _profile_text(m) for m in case.context["mentors"]}
    bad, total = [], 0
    for match in output["match"]["matches"]:
        for reason in match["reasons"]:
            total += 1
            if plain(reason["quote"]) not in profiles.get(match["mentor"], ""):
                bad.append(f"{match['mentor']}: {reason['quote']}")
    yield from share("reasons_verbatim", total - len(bad), total, "; ".join(bad))
    bare = [m["mentor"] for m in output["match"]["matches"] if not m["reasons"]]
    yield from share(
        "with_reason", len(output["match"]["matches"]) - len(bare), len(output["match"]["matches"]), str(bare)
    )


def _profile_text(mentor: Mapping[str, object]) -> str:
    tags = mentor.get("expertise")
    listed = " ".join(str(t) for t in tags) if isinstance(tags, Sequence) else ""
    return plain(
        f"{mentor.get('headline', '')} {mentor.get('bio', '')} {listed} {mentor.get('industry', '')}"
    )


def _capacity(case: Case, output: Output) -> Iterator[Verdict]:
    full = {m["id"] for m in case.context["mentors"] if m.get("capacity_per_month") == 0}
    full |= set(case.gold.get("never", ()))
    if full:
        offered = sorted(full & {m["mentor"] for m in output["match"]["matches"]})
        yield yes("no_full_mentor", not offered, f"offered although they cannot take it: {offered}")
    if "not_first" in case.gold:
        first = _order(output)[:1]
        yield yes(
            "disclaimer", first != [case.gold["not_first"]], f"{first} says that they do not help with this"
        )


def _load(rows: Sequence[tuple[Case, Output | None]]) -> Iterator[Verdict]:
    """How large a part of all first places goes to the busiest mentor, on queries that somebody can take."""
    wanted = [(c, o) for c, o in rows if c.gold.get("relevant")]
    firsts = Counter(_order(o)[0] for _, o in wanted if o is not None and _order(o))
    if wanted:
        busiest = firsts.most_common(1)
        name, count = busiest[0] if busiest else ("nobody", len(wanted))
        yield Verdict(
            name="load_share", value=count / len(wanted), weight=len(wanted), why=f"{name}: {count}"
        )


RANKING = Grader(
    (
        up("ndcg5", "nDCG of the first five mentors"),
        up("mrr", "1 / place of the first best mentor"),
        up("p1", "queries whose first mentor is the best grade"),
        up("answers", "queries with a fitting mentor that get an answer"),
        up("abstains", "queries that nobody fits and where nobody is offered"),
    ),
    _rank,
    lambda case: {
        "abstains": float(not case.gold.get("relevant")),
        **({} if case.gold.get("relevant") else _NO_RANK),
    },
)
REASONS = Grader(
    (
        up(
            "reasons_verbatim",
            "reasons that are copied from the mentor's profile",
            worst=None,
        ),
        up("with_reason", "mentors offered with at least one reason", worst=None),
    ),
    _reasons,
)
CAPACITY = Grader(
    (
        up(
            "no_full_mentor",
            "answers without a mentor who has no capacity",
            worst=None,
        ),
        up(
            "disclaimer",
            "mentors who decline a subject do not come first for it",
            worst=None,
        ),
    ),
    _capacity,
)
LOAD = WholeGrader(
    (down("load_share", "first places that go to the busiest mentor", perfect=None),),
    _load,
)
