"""What a scan for conflicting advice promises, whatever engine judges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.conflicts import conflicts_to_json, judge_pairs, pairs_to_json, scan
from copilot.domain import (
    AdvicePair,
    AdviceSide,
    ConflictKind,
    Drafted,
    Label,
    PairVerdict,
    Usage,
    pair_key,
)
from copilot.errors import BadInput
from copilot.testing import HashEmbedder, ScriptedEngine
from copilot.thresholds import CONFLICTS

TEXTS = (
    "Send three applications a week and no more.",
    "Send at least fifteen applications a week.",
    "Never work on Sundays before the exam.",
    "Work every Sunday until the exam is over.",
    "Ask your manager for feedback this month.",
    "Do not ask your manager for anything before March.",
    "Write the introduction chapter last.",
    "Start the introduction chapter today.",
)


@dataclass
class NegationEngine:
    """A rule as engine: two texts conflict the more words they share, if one of them says no."""

    name: str = "llm"
    model: str = "negation"
    asked: list[AdvicePair] = field(default_factory=list)
    second: list[AdvicePair] = field(default_factory=list)

    def judge(self, pairs: Sequence[AdvicePair]) -> Drafted[tuple[PairVerdict, ...]]:
        self.asked += pairs
        return Drafted(
            value=tuple(map(self._one, pairs)), engine=self.name, model=self.model, usage=Usage(calls=1)
        )

    def second_look(
        self, pairs: Sequence[AdvicePair], verdicts: Sequence[PairVerdict]
    ) -> Drafted[tuple[PairVerdict, ...]]:
        self.second += pairs
        return Drafted(value=tuple(verdicts), engine=self.name, model=self.model, usage=Usage(calls=1))

    @staticmethod
    def _one(pair: AdvicePair) -> PairVerdict:
        x, y = (set(s.text.lower().replace(".", "").split()) for s in (pair.a, pair.b))
        no = {"not", "never", "no"}
        score = len(x & y) / len(x | y) if bool(x & no) != bool(y & no) else 0.0
        label = Label.CONFLICT if score > 0.3 else Label.COMPATIBLE
        return PairVerdict(label=label, score=min(1.0, score * 2), kind=ConflictKind.DIRECT)


def side(n: int, text: str, mentor: str, mentee: str = "m1") -> AdviceSide:
    return AdviceSide(
        advice=f"a{n:04}", session=f"s-{mentor}", mentor=mentor, mentee=mentee, quote=text, text=text
    )


def vectors(advice: Sequence[AdviceSide]) -> np.ndarray:
    return HashEmbedder().embed([a.text for a in advice])


def run(advice: Sequence[AdviceSide], engine: NegationEngine | None = None, **more):
    return scan(advice, vectors(advice), engine or NegationEngine(), **more)


ledgers = st.lists(
    st.tuples(st.sampled_from(TEXTS), st.sampled_from("ABC"), st.sampled_from(("m1", "m2"))), max_size=24
).map(lambda rows: [side(n, *row) for n, row in enumerate(rows)])


@given(ledgers)
@settings(max_examples=60, deadline=None)
def test_only_different_mentors_of_one_mentee_are_judged(advice):
    engine = NegationEngine()
    run(advice, engine)
    assert all(p.a.mentee == p.b.mentee and p.a.mentor != p.b.mentor for p in engine.asked)
    keys = [pair_key(p.a.advice, p.b.advice) for p in engine.asked]
    assert len(keys) == len(set(keys))


@given(ledgers, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_the_advice_changes_nothing(advice, rng):
    mixed = list(advice)
    rng.shuffle(mixed)
    one, other = run(advice), run(mixed)
    assert one.conflicts == other.conflicts
    assert one.judged == other.judged
    assert all(c.a.advice < c.b.advice for c in one.conflicts)


@given(ledgers)
@settings(max_examples=60, deadline=None)
def test_a_dismissed_pair_never_returns_and_takes_no_place(advice):
    before = run(advice, per_mentee=2)
    gone = {c.id for c in before.conflicts}
    after = run(advice, per_mentee=2, dismissed=gone)
    assert not gone & {c.id for c in after.conflicts}
    every = run(advice, per_mentee=1000).conflicts
    for mentee in {a.mentee for a in advice}:
        left = {c.id for c in every if c.mentee == mentee and c.id not in gone}
        shown = [c.id for c in after.conflicts if c.mentee == mentee]
        assert set(shown) <= left
        assert len(shown) == min(2, len(left))
    remembered = run(advice, per_mentee=2, dismissed=gone, known=before.judged, new=())
    assert not gone & {c.id for c in remembered.conflicts}


@given(ledgers, st.sets(st.integers(0, 23), max_size=4))
@settings(max_examples=60, deadline=None)
def test_a_model_is_asked_about_new_advice_only_and_little(advice, fresh):
    new = {a.advice for i, a in enumerate(advice) if i in fresh}
    engine = NegationEngine()
    run(advice, engine, new=new)
    assert len(engine.asked) <= len(new) * (CONFLICTS.near_model + CONFLICTS.worded)
    assert all({p.a.advice, p.b.advice} & new for p in engine.asked)


def test_what_was_judged_once_is_not_judged_again():
    advice = [side(n, t, "AB"[n % 2]) for n, t in enumerate(TEXTS)]
    first = run(advice)
    engine = NegationEngine()
    again = run(advice, engine, known=first.judged)
    assert engine.asked == []
    assert engine.second == []
    assert [c.id for c in again.conflicts] == [c.id for c in first.conflicts]
    told = run(
        advice, known=first.judged, new=(), standing=[(c.b.advice, c.a.advice) for c in first.conflicts]
    )
    assert [c.id for c in told.conflicts] == [c.id for c in first.conflicts]


def test_a_budget_is_kept_and_spent_on_the_nearest():
    advice = [side(n, t, "AB"[n % 2]) for n, t in enumerate(TEXTS)]
    full, short = NegationEngine(), NegationEngine()
    run(advice, full)
    run(advice, short, budget=4)
    assert len(short.asked) == 4
    assert (
        min(p.similarity for p in short.asked) == sorted((p.similarity for p in full.asked), reverse=True)[3]
    )


def test_the_local_engine_reads_every_pair_of_a_small_ledger():
    advice = [side(n, t, "ABC"[n % 3]) for n, t in enumerate(TEXTS)]
    engine = NegationEngine(name="local")
    result = run(advice, engine)
    expected = sum(x.mentor != y.mentor for x, y in combinations(advice, 2))
    assert len(engine.asked) == expected == result.pairs_considered


def test_opposed_advice_in_other_words_is_found_by_a_shared_rare_word():
    filler = [side(n, f"Plan day {n} with care and rest well tonight.", "A") for n in range(60)]
    far = side(90, "Quokka: never.", "B")
    near = side(91, "Buy the quokka at once.", "A")
    advice = [*filler, far, near]
    space = vectors(advice)
    space[-1] = -space[-2]  # as far apart as vectors can be
    engine = NegationEngine()
    scan(advice, space, engine, new={"a0090"})
    assert ("a0090", "a0091") in {(p.a.advice, p.b.advice) for p in engine.asked}


def test_every_flag_says_when_each_is_right_and_what_would_settle_it():
    advice = [side(n, t, "AB"[n % 2]) for n, t in enumerate(TEXTS)]
    kinds = list(ConflictKind)
    questions = set()
    for n, kind in enumerate(kinds):
        a, b = advice[(2 * n) % 8], advice[(2 * n) % 8 + 1]
        verdict = PairVerdict(label=Label.CONFLICT, score=0.9, kind=kind)
        engine = ScriptedEngine(answers=[(verdict,), (verdict,)], name="llm")
        (flag,) = scan([a, b], vectors([a, b]), engine).conflicts
        assert flag.when_a
        assert flag.when_b
        assert flag.settle.endswith("?")
        assert flag.when_a != flag.when_b
        questions.add(flag.settle)
        own = {w.lower().strip(".,“”?():") for w in (flag.settle + flag.when_a + flag.when_b).split()}
        assert len(own & {w.lower().strip(".,") for w in a.text.split()}) >= 3
    assert len(questions) == len(kinds)


def test_amounts_that_clash_are_named_in_the_question():
    a, b = side(1, TEXTS[0], "A"), side(2, TEXTS[1], "B")
    verdict = PairVerdict(label=Label.CONFLICT, score=0.9, kind=ConflictKind.QUANTITATIVE)
    engine = ScriptedEngine(answers=[(verdict,), (verdict,)])
    (flag,) = scan([a, b], vectors([a, b]), engine).conflicts
    assert "three applications a week" in flag.settle
    assert "fifteen applications a week" in flag.settle


def test_an_engine_s_own_words_are_kept_and_its_doubt_is_shown():
    a, b = side(1, TEXTS[0], "A"), side(2, TEXTS[1], "B")
    unsure = PairVerdict(label=Label.COMPATIBLE, score=CONFLICTS.show + 0.01, settle="Which one fits you?")
    (flag,) = scan([a, b], vectors([a, b]), ScriptedEngine(answers=[(unsure,), (unsure,)])).conflicts
    assert flag.verdict == "worth comparing"
    assert flag.settle == "Which one fits you?"
    nothing = PairVerdict(label=Label.COMPATIBLE, score=CONFLICTS.show - 0.01)
    assert scan([a, b], vectors([a, b]), ScriptedEngine(answers=[(nothing,)])).conflicts == ()


def test_a_second_look_can_take_a_flag_back():
    a, b = side(1, TEXTS[0], "A"), side(2, TEXTS[1], "B")
    yes = PairVerdict(label=Label.CONFLICT, score=0.9, kind=ConflictKind.DIRECT)
    no = PairVerdict(label=Label.COMPATIBLE, score=0.02)
    result = scan([a, b], vectors([a, b]), ScriptedEngine(answers=[(yes,), (no,)]))
    assert result.conflicts == ()
    assert result.judged == {pair_key("a0001", "a0002"): no}


def test_json_follows_the_contract():
    advice = [side(n, t, "AB"[n % 2]) for n, t in enumerate(TEXTS)]
    result = run(advice)
    out = conflicts_to_json(result.conflicts, result.pairs_considered, result.engine)
    assert out["pairs_considered"] == 16
    assert out["conflicts"]
    first = out["conflicts"][0]
    assert set(first) >= {"id", "mentee", "a", "b", "verdict", "kind", "severity", "confidence", "status"}
    assert set(first["a"]) >= {"advice", "session", "mentor", "quote", "text"}
    assert first["verdict"] in {"conflict", "worth comparing"}
    assert first["severity"] in {1, 2, 3}


def test_pairs_keep_their_ids_and_order():
    items = [("x", TEXTS[2], TEXTS[3]), ("y", TEXTS[3], TEXTS[2]), ("z", TEXTS[0], TEXTS[6])]
    out = pairs_to_json(judge_pairs(items, NegationEngine()))["results"]
    assert [r["id"] for r in out] == ["x", "y", "z"]
    assert out[0]["score"] == out[1]["score"]
    assert judge_pairs([], NegationEngine()) == []


def test_bad_input_is_refused():
    advice = [side(1, TEXTS[0], "A"), side(2, TEXTS[1], "B")]
    with pytest.raises(BadInput, match="vectors"):
        scan(advice, vectors(advice[:1]), NegationEngine())
    with pytest.raises(BadInput, match="empty side"):
        judge_pairs([("x", " ", "Go.")], NegationEngine())
    assert scan([], np.zeros((0, 4), dtype=np.float32), NegationEngine()).conflicts == ()


@given(ledgers, st.integers(1, 4))
@settings(max_examples=40, deadline=None)
def test_a_piece_fills_no_second_flag_while_others_wait(advice, most):
    every = run(advice, per_mentee=1000).conflicts
    for mentee in {a.mentee for a in advice}:
        shown = [c for c in run(advice, per_mentee=most).conflicts if c.mentee == mentee]
        used = [side.advice for c in shown for side in (c.a, c.b)]
        if len(used) == len(set(used)):
            continue
        apart = [c for c in every if c.mentee == mentee and not {c.a.advice, c.b.advice} & set(used)]
        assert not apart, "a pair of other pieces was passed over for a piece shown already"
