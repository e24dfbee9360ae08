"""The points of a recap: what the claims and the call's central sentences say, short and in order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from copilot.domain import Claim, ClaimKind, RecapRequest, Speaker, SummaryPoint, Turn
from copilot.engines.local.claims.pieces import Piece
from copilot.engines.local.claims.topics import counts
from copilot.engines.local.rewrite import tidy
from copilot.thresholds import SUMMARY

_WEIGHT = {
    ClaimKind.DECISION: 1.2,
    ClaimKind.ACTION: 1.0,
    ClaimKind.ADVICE: 1.0,
    ClaimKind.QUESTION: 0.9,
    ClaimKind.OPPORTUNITY: 0.9,
}


@dataclass(frozen=True, slots=True)
class _Unit:
    """Something worth a place in the summary."""

    at: int
    """Index of its turn."""
    text: str
    weight: float
    stems: frozenset[str]


def summarise(
    claims: Sequence[Claim], pieces: Sequence[Piece], turns: Sequence[Turn], request: RecapRequest
) -> tuple[SummaryPoint, ...]:
    """At most SUMMARY.points points of about SUMMARY.words words; none where there are no claims."""
    if not claims:
        return ()
    units = [_unit(c, request) for c in claims] + _situation(claims, pieces, turns, request)
    units.sort(key=lambda u: u.at)
    points = [[u] for u in units]
    while len(points) > 1:
        best = max(range(len(points) - 1), key=lambda i: _fit(points[i], points[i + 1]))
        fit = _fit(points[best], points[best + 1])
        if fit <= 0 and len(points) <= SUMMARY.points:
            break
        if fit <= -100:
            points.pop(min(range(len(points)), key=lambda i: sum(u.weight for u in points[i])))
            continue
        points[best : best + 2] = [points[best] + points[best + 1]]
    return tuple(
        SummaryPoint(text=" ".join(u.text for u in p), turns=tuple(dict.fromkeys(u.at for u in p)))
        for p in points
    )


def _fit(one: Sequence[_Unit], other: Sequence[_Unit]) -> float:
    """How well two neighbours make one point: shared words and nearness; -100 = too long."""
    length = sum(len(u.text.split()) for u in (*one, *other))
    if length > SUMMARY.words:
        return -100.0
    a = frozenset().union(*(u.stems for u in one))
    b = frozenset().union(*(u.stems for u in other))
    shared = len(a & b) / max(1, min(len(a), len(b)))
    gap = other[0].at - one[-1].at
    return shared + 1 / (1 + gap) - length / (2 * SUMMARY.words)


def _unit(claim: Claim, request: RecapRequest) -> _Unit:
    weight = _WEIGHT[claim.kind] * (0.5 + claim.confidence / 2)
    text = _short(_worded(claim, request))
    return _Unit(claim.turns[0], text, weight, frozenset(counts([text, claim.topic])))


def _worded(claim: Claim, request: RecapRequest) -> str:
    if claim.kind is ClaimKind.ACTION:
        who = request.mentor_name if claim.owner is Speaker.MENTOR else request.mentee_name
        who = (who or (claim.owner.value if claim.owner else "somebody")).split()[0]
        return f"{who.capitalize()}: {claim.text[:1].lower()}{claim.text[1:]}"
    if claim.kind is ClaimKind.QUESTION:
        return f"Open: {claim.text}"
    if claim.kind is ClaimKind.ADVICE and len(claim.text.split()) < 9 and claim.topic:
        return f"{claim.topic[:1].upper()}{claim.topic[1:]}: {claim.text[:1].lower()}{claim.text[1:]}"
    return claim.text


def _short(text: str) -> str:
    """At most SUMMARY.words words, cut at the last clause end that fits."""
    said = text.split()
    if len(said) <= SUMMARY.words:
        return text
    cut = " ".join(said[: SUMMARY.words])
    ends = [m.end() for m in re.finditer(r"[.;,?!](?=\s)", cut)]
    keep = cut[: ends[-1]].rstrip(",;") if ends and ends[-1] > len(cut) / 2 else cut
    return keep if keep[-1] in ".?!" else keep + "…"


def _situation(
    claims: Sequence[Claim], pieces: Sequence[Piece], turns: Sequence[Turn], request: RecapRequest
) -> list[_Unit]:
    """The mentee's own sentences that say what the call is about: long, early, full of its words."""
    call: Counter[str] = counts([p.text for p in pieces])
    goal = set(counts([request.goal or ""]))
    quoted = {(c.turns[0], c.quote) for c in claims}
    scored = []
    for piece in pieces:
        turn = turns[piece.position]
        count = len(piece.text.split())
        if piece.speaker is not Speaker.MENTEE or not 8 <= count <= SUMMARY.words or piece.text.endswith("?"):
            continue
        if any(t == turn.index and piece.text in q for t, q in quoted):
            continue
        stems = set(counts([piece.text]))
        central = sum(min(call[s], 4) - 1 for s in stems) + 2 * len(stems & goal)
        early = 1.5 if piece.position < len(turns) * 0.35 else 0.7
        scored.append((central * early / (4 + count), turn.index, tidy(piece.text), frozenset(stems)))
    scored.sort(key=lambda s: -s[0])
    return [_Unit(at, text, 0.8, stems) for _, at, text, stems in scored[: SUMMARY.situation]]


def thank(claims: Sequence[Claim], request: RecapRequest) -> str:
    """A note from mentee to mentor that names what was advised and promised; "" without advice."""
    advice = [c for c in claims if c.kind is ClaimKind.ADVICE]
    if not advice:
        return ""
    mentor = (request.mentor_name or "").split()
    topics = list(dict.fromkeys(c.topic for c in sorted(advice, key=lambda c: -c.confidence) if c.topic))[:2]
    lines = [f"Thank you{', ' + mentor[0] if mentor else ''}, for your time."]
    if topics:
        lines.append(f"What you said about {' and '.join(topics)} helps me most.")
    mine = [c for c in claims if c.kind is ClaimKind.ACTION and c.owner is Speaker.MENTEE]
    if mine:
        first = mine[0].text.rstrip(".")
        lines.append(f"My next step: {first[:1].lower()}{first[1:]}.")
    return " ".join(lines)
