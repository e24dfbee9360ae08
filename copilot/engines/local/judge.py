"""The local conflict judge: a small network reads two pieces of advice, rules help it with numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any

from copilot.domain import AdvicePair, ConflictKind, Label, PairVerdict
from copilot.engines.local.judge_readout import ALONE, GATE, WITHIN, Readout, features, gate_features
from copilot.hedges import without_hedges
from copilot.quantities import amounts, clash
from copilot.thresholds import JUDGE

if TYPE_CHECKING:
    from copilot.engines.local.judge_net import PairNet
    from copilot.ports import Embedder

KINDS = (
    ConflictKind.DIRECT,
    ConflictKind.CONDITIONAL,
    ConflictKind.QUANTITATIVE,
    ConflictKind.TEMPORAL,
    ConflictKind.PRIORITY,
)
_GRAVE = re.compile(
    r"\b(?:resign|quit|sign|accept|decline|turn down|sell|buy|notice|hire|fire|lease|loan|mortgage|visa|"
    r"contract|marry|move (?:to|abroad)|lawyer|solicitor|court|surgery|drop out|"
    r"leave (?:the|your) (?:job|post|firm|company))\b",
    re.I,
)


class LocalJudge:
    """Verdicts are the same in either order of the sides and in any batch. Loads on first use.

    Raises DamagedWeights where the shipped weights are not the measured ones.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._loading = Lock()

    def judge(self, pairs: Sequence[AdvicePair]) -> tuple[PairVerdict, ...]:
        """One verdict a pair, in their order."""
        if not pairs:
            return ()
        pairs = self._with_similarity(pairs)
        readouts = self._loaded[2]
        verdicts: dict[int, PairVerdict] = {}
        for i, pair in enumerate(pairs):
            if pair.context is not None:
                chance = readouts["gate"].probability(gate_features(pair, pair.context))
                if chance < JUDGE.gate:
                    verdicts[i] = _unread(pair, chance)
        rest = [i for i in range(len(pairs)) if i not in verdicts]
        seen = self._heads([pairs[i] for i in rest])
        for n, i in enumerate(rest):
            verdicts[i] = self._verdict(pairs[i], {name: rows[n] for name, rows in seen.items()})
        return tuple(verdicts[i] for i in range(len(pairs)))

    def second_look(
        self, pairs: Sequence[AdvicePair], verdicts: Sequence[PairVerdict]
    ) -> tuple[PairVerdict, ...]:
        """The verdicts as they are: the first look is all that this judge can give."""
        return tuple(verdicts)

    @cached_property
    def _loaded(self) -> tuple[PairNet, Any, dict[str, Readout]]:
        from copilot.engines.local import judge_weights
        from copilot.engines.local.judge_net import PairNet, load_encoder
        from copilot.index.embedder import check_weights, model_folder

        check_weights(model_folder())
        measured = judge_weights.read()
        encoder, tokenizer = load_encoder(model_folder())
        net = PairNet(encoder).eval()
        judge_weights.apply(net, measured.tensors)
        names = {"alone": ALONE, "within": WITHIN, "gate": GATE}
        return net, tokenizer, {k: Readout.of(measured.readouts[k], n) for k, n in names.items()}

    def _with_similarity(self, pairs: Sequence[AdvicePair]) -> list[AdvicePair]:
        """Pairs given alone come without a cosine: work it out."""
        alone = sorted({t for p in pairs if p.context is None for t in (p.a.text, p.b.text)})
        if not alone:
            return list(pairs)
        vectors = dict(zip(alone, self._embedder.embed(alone), strict=True))
        return [
            p
            if p.context is not None
            else replace(p, similarity=float(vectors[p.a.text] @ vectors[p.b.text]))
            for p in pairs
        ]

    def _heads(self, pairs: Sequence[AdvicePair]) -> dict[str, list[list[float]]]:
        """Per head the mean logits of both orders of each pair."""
        from copilot.engines.local.judge_net import both_orders

        with self._loading:
            net, tokenizer, _ = self._loaded
        texts = [(without_hedges(p.a.text), without_hedges(p.b.text)) for p in pairs]
        return both_orders(net, tokenizer, texts)

    def _verdict(self, pair: AdvicePair, heads: dict[str, list[float]]) -> PairVerdict:
        readout = self._loaded[2]["alone" if pair.context is None else "within"]
        score = round(readout.probability(features(pair, heads)), 4)
        if score >= (JUDGE.conflict_alone if pair.context is None else JUDGE.conflict_within):
            label = Label.CONFLICT
        else:
            label = Label.COMPATIBLE if heads["pair"][1] >= heads["pair"][2] else Label.UNRELATED
        return PairVerdict(
            label=label, score=score, kind=_kind(pair, heads["kind"]), severity=_severity(pair)
        )


def _unread(pair: AdvicePair, chance: float) -> PairVerdict:
    """The verdict on a pair that has too little in common to be worth reading."""
    label = Label.COMPATIBLE if pair.similarity >= JUDGE.same_topic else Label.UNRELATED
    return PairVerdict(label=label, score=round(chance, 4))


def _kind(pair: AdvicePair, logits: Sequence[float]) -> ConflictKind:
    """The network's kind, but amounts that clash are never "direct"."""
    best = KINDS[max(range(len(KINDS)), key=lambda i: logits[i])]
    if best is ConflictKind.DIRECT and clash(amounts(pair.a.text), amounts(pair.b.text)):
        return ConflictKind.QUANTITATIVE
    return best


def _severity(pair: AdvicePair) -> int:
    """3 where a step is hard to undo, 1 where both are about amounts that differ little, else 2."""
    if _GRAVE.search(pair.a.text) or _GRAVE.search(pair.b.text):
        return 3
    values = clash(amounts(pair.a.text), amounts(pair.b.text))
    if values:
        low, high = sorted(v.value for v in values)
        return 1 if high <= 2 * low else 2
    return 2
