"""What the local judge promises: order and batch change nothing, damaged weights are refused."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from copilot.conflicts import judge_pairs, scan
from copilot.domain import AdvicePair, AdviceSide, ConflictKind, Label
from copilot.engines.local import judge_weights
from copilot.engines.local.engine import LocalEngine
from copilot.engines.local.judge import LocalJudge
from copilot.engines.local.judge_signs import SIGNS, signs
from copilot.errors import DamagedWeights
from copilot.index.embedder import LocalEmbedder

pytestmark = pytest.mark.slow

TEXTS = (
    ("A", "Hand in your notice at the bakery before you look for premises."),
    ("B", "Keep the bakery job until the lease for your premises is signed."),
    ("A", "Take photographs of every cake from above in daylight."),
    ("B", "Ask two customers for a short review each week."),
    ("C", "I'd, um, honestly stay at the bakery till you have somewhere to bake, you know."),
    ("C", "Charge a deposit of half the price for wedding cakes."),
    ("B", "Never ask for money before a wedding cake is delivered."),
)
ADVICE = [
    AdviceSide(advice=f"a{n}", session=m, mentor=m, mentee="m1", quote=t, text=t)
    for n, (m, t) in enumerate(TEXTS)
]


@pytest.fixture(scope="module")
def embedder() -> LocalEmbedder:
    return LocalEmbedder()


@pytest.fixture(scope="module")
def judge(embedder: LocalEmbedder) -> LocalJudge:
    return LocalJudge(embedder)


def pairs() -> list[AdvicePair]:
    return [AdvicePair(a=x, b=y) for x, y in combinations(ADVICE, 2) if x.mentor != y.mentor]


def test_neither_order_nor_batch_changes_a_verdict(judge):
    given = pairs()
    together = judge.judge(given)
    turned = judge.judge([replace(p, a=p.b, b=p.a) for p in reversed(given)])[::-1]
    alone = [judge.judge([p])[0] for p in given]
    for one, other, third in zip(together, turned, alone, strict=True):
        assert one.score == pytest.approx(other.score, abs=2e-3)
        assert one.score == pytest.approx(third.score, abs=2e-3)
        assert one.label == other.label == third.label
        assert one.kind == other.kind == third.kind


def test_scores_are_probabilities_with_kind_and_severity(judge):
    for verdict in judge.judge(pairs()):
        assert 0 <= verdict.score <= 1
        assert verdict.kind in ConflictKind
        assert verdict.severity in {1, 2, 3}
        assert verdict.label in Label
    assert judge.judge([]) == ()


OPPOSED = (
    ("Always negotiate your first offer.", "Never negotiate your first offer."),
    ("Send three applications a week and no more.", "Send at least thirty applications a week."),
    (
        "Tell your manager that you are looking for another job.",
        "Do not tell your manager that you look around.",
    ),
    ("Keep the prices on the website.", "Take the prices off the website."),
    ("Write the introduction last.", "Write the introduction first of all."),
    ("Work alone on the pilot so that the credit is yours.", "Do not work on the pilot alone."),
)


def test_plain_opposites_stand_above_other_pairs(embedder):
    """Each advice beside its opposite, beside itself in other punctuation, and beside the next topic."""
    items = [(f"opposed {n}", a, b) for n, (a, b) in enumerate(OPPOSED)]
    items += [(f"same {n}", a, a.replace(".", "!")) for n, (a, _) in enumerate(OPPOSED)]
    items += [(f"other {n}", a, OPPOSED[n - 1][1]) for n, (a, _) in enumerate(OPPOSED)]
    found = {name: v.score for name, v in judge_pairs(items, LocalEngine(embedder))}
    mean = {
        kind: sum(v for k, v in found.items() if k.startswith(kind)) / len(OPPOSED)
        for kind in ("opposed", "same", "other")
    }
    assert mean["opposed"] > mean["other"] + 0.2
    assert mean["opposed"] > mean["same"] + 0.2


def test_a_scan_with_the_local_engine_finds_the_disagreement(embedder):
    engine = LocalEngine(embedder)
    result = scan(ADVICE, embedder.embed([a.text for a in ADVICE]), engine, per_mentee=3)
    assert {("a0", "a1"), ("a5", "a6")} & {(c.a.advice, c.b.advice) for c in result.conflicts}
    assert result.engine == "local"
    assert all(c.settle and c.when_a and c.when_b for c in result.conflicts)


def test_signs_do_not_depend_on_the_order_of_the_sides():
    for p in pairs():
        found = signs(p)
        assert found == signs(replace(p, a=p.b, b=p.a))
        assert len(found) == len(SIGNS)


def test_damaged_or_missing_weights_are_refused(tmp_path):
    data = bytearray(judge_weights.FILE.read_bytes())
    data[len(data) // 2] ^= 1
    damaged = tmp_path / "judge.safetensors"
    damaged.write_bytes(bytes(data))
    with pytest.raises(DamagedWeights, match="not the ones measured"):
        judge_weights.read(damaged)
    with pytest.raises(DamagedWeights, match="missing"):
        judge_weights.read(tmp_path / "nothing.safetensors")


def test_what_is_shipped_comes_close_to_what_was_trained():
    import torch

    torch.manual_seed(0)
    before = {"w": torch.randn(40, 60), "b": torch.randn(40), "same": torch.ones(3)}
    low = torch.randn(40, 4) @ torch.randn(4, 60)
    after = {"w": before["w"] + low, "b": before["b"] + 0.5, "same": before["same"]}
    stored = judge_weights.changes(before, after, rank=4)
    back = (stored["w.up"].float() * stored["w.scale"]) @ stored["w.down"].float()
    assert (back - low).norm() < 0.02 * low.norm()
    assert torch.allclose(stored["b"].float(), torch.full((40,), 0.5), atol=1e-3)
    assert "same" not in stored
