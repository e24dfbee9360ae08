"""The points of a recap: what the claims and the call's central sentences say, short and in order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import log

from copilot.domain import Claim, ClaimKind, RecapRequest, Speaker, SummaryPoint, Turn
from copilot.engines.local.claims.pieces import Piece
from copilot.engines.local.claims.topics import counts
from copilot.engines.local.outside import of_person, promise
from copilot.engines.local.rewrite import imperative, meant, tidy
from copilot.engines.local.telling import LOOSE_END, OWN, SMALL_TALK, dense, whole
from copilot.orders import is_order, orders
from copilot.text import sentences
from copilot.thresholds import SUMMARY

_WEIGHT = {
    ClaimKind.DECISION: 1.2,
    ClaimKind.ACTION: 1.0,
    ClaimKind.ADVICE: 1.0,
    ClaimKind.QUESTION: 0.9,
    ClaimKind.OPPORTUNITY: 0.9,
}
_SITUATION_WEIGHT = 0.8
_FAR = 6
"""Turns between two things from which on they share a point only if they share words."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """Something worth a place in the summary, said in turn `at`."""

    at: int
    text: str
    value: float
    stems: frozenset[str]
    who: str = ""
    """Stands before the text where it says whose words or task this is."""
    said: tuple[int, int] = (0, 0)
    """Its pieces, from the first to before the last."""

    @property
    def length(self) -> int:
        return len(self.text.split()) + len(self.who.split())


def summarise(
    claims: Sequence[Claim], pieces: Sequence[Piece], turns: Sequence[Turn], request: RecapRequest
) -> tuple[SummaryPoint, ...]:
    """At most SUMMARY.points points of at most SUMMARY.words words; none where there are no claims."""
    if not claims:
        return ()
    call = counts([p.text for p in pieces])
    places = _places(claims, pieces, turns)
    units = [_unit(c, place, request, call) for c, place in zip(claims, places, strict=True)]
    units += _situation(claims, pieces, turns, request, call)
    groups = _grouped(_distinct(sorted(units, key=lambda u: u.at)))
    names = {
        Speaker.MENTOR: _first(request.mentor_name, Speaker.MENTOR),
        Speaker.MENTEE: _first(request.mentee_name, Speaker.MENTEE),
    }
    groups = _filled(groups, pieces, frozenset(i for a, b in places for i in range(a, b)), names)
    return tuple(SummaryPoint(text=_told(g), turns=tuple(dict.fromkeys(u.at for u in g))) for g in groups)


def _told(group: Sequence[_Unit]) -> str:
    """The text of a point; a name is said once for what follows it."""
    out: list[str] = []
    for before, unit in zip([None, *group], group, strict=False):
        named = unit.who and not (before and before.who == unit.who)
        out.append(f"{unit.who} {unit.text}" if named else unit.text)
    return " ".join(out)


def _places(claims: Sequence[Claim], pieces: Sequence[Piece], turns: Sequence[Turn]) -> list[tuple[int, int]]:
    """For each claim its pieces, first and after the last."""
    by_turn: dict[int, list[int]] = {}
    for i, piece in enumerate(pieces):
        by_turn.setdefault(turns[piece.position].index, []).append(i)
    out = []
    for claim in claims:
        own = [i for i in by_turn.get(claim.turns[0], []) if pieces[i].text in claim.quote]
        out.append((own[0], own[-1] + 1) if own else (0, 0))
    return out


def _filled(
    groups: Sequence[Sequence[_Unit]],
    pieces: Sequence[Piece],
    taken: frozenset[int],
    names: Mapping[Speaker, str],
) -> list[list[_Unit]]:
    """Room left in a point goes to what the same person said right before or after, for context."""
    used = set(taken)
    out = [list(group) for group in groups]
    for group in out:
        for i, unit in enumerate(group):
            for step in (-1, 1):
                group[i] = unit = _extended(unit, step, group, pieces, used, names)
    return out


def _extended(
    unit: _Unit,
    step: int,
    group: Sequence[_Unit],
    pieces: Sequence[Piece],
    used: set[int],
    names: Mapping[Speaker, str],
) -> _Unit:
    """The unit with what stands before (-1) or after (1) it in its turn, while the point has room."""
    room = SUMMARY.words - sum(u.length for u in group)
    near = unit.said[0] - 1 if step < 0 else unit.said[1]
    while near not in used and _beside(pieces, unit.said, near):
        extra = _beside_claim(pieces[near], names)
        if len(extra.split()) > room:
            break
        if extra and len(counts([extra])) >= SUMMARY.context_stems:
            text = f"{extra} {unit.text}" if step < 0 else f"{unit.text} {extra}"
            unit = replace(unit, text=text)
            room -= len(extra.split())
        used.add(near)
        near += step
    return unit


_GREETING = 3
"""Turns in which people mostly greet: only what names the goal is about it."""


_WOULD = re.compile(r"\bi(?:['’](?:d|ll)| would(?:n['’]t)?| will)\b", re.IGNORECASE)


def _beside_claim(piece: Piece, names: Mapping[Speaker, str]) -> str:
    """What was said next to a claim, fit to stand beside it; "" where it is chatter, breaks off,
    or tells of the mentor's own past.
    """
    mentor = piece.speaker is Speaker.MENTOR
    text = dense(imperative(piece.text) if mentor and _WOULD.search(piece.text) else tidy(piece.text))
    if len(text.split()) < 2 or LOOSE_END.search(text) or SMALL_TALK.search(text):
        return ""
    if not OWN.search(text):
        return text
    if mentor and not _WOULD.search(text):
        return ""
    who, told = _of(text, names.get(piece.speaker, "They"))
    return f"{who} {told}".strip()


def _beside(pieces: Sequence[Piece], said: tuple[int, int], near: int) -> bool:
    first, end = said
    if first == end or not 0 <= near < len(pieces):
        return False
    return pieces[near].position == pieces[first].position and not pieces[near].text.endswith("?")


def _distinct(units: Sequence[_Unit]) -> list[_Unit]:
    """Without those that say again what one before or after said in more words."""
    out: list[_Unit] = []
    for i, u in enumerate(units):
        others = [o for k, o in enumerate(units) if k != i and (o.length > u.length or k < i)]
        if not any(len(u.stems & o.stems) >= SUMMARY.same * max(1, len(u.stems)) for o in others):
            out.append(u)
    return out or list(units[:1])


def _grouped(units: Sequence[_Unit]) -> list[list[_Unit]]:
    """The best way to lay units, in order, into at most SUMMARY.points groups that are short enough.

    Worth is what the units kept are worth, plus how well neighbours in a group belong together.
    best[k][i]: (worth, start of the last group or None where unit i - 1 is left out) for the first i
    units in at most k groups.
    """
    size, most = len(units), SUMMARY.points
    best = [[0.0] * (size + 1) for _ in range(most + 1)]
    taken: list[list[int | None]] = [[None] * (size + 1) for _ in range(most + 1)]
    for k in range(1, most + 1):
        for i in range(1, size + 1):
            best[k][i] = best[k][i - 1]
            for start in range(i - 1, -1, -1):
                worth = _worth(units[start:i])
                if worth is None:
                    break
                if best[k - 1][start] + worth > best[k][i]:
                    best[k][i], taken[k][i] = best[k - 1][start] + worth, start
    groups: list[list[_Unit]] = []
    k, i = most, size
    while i and k:
        begin = taken[k][i]
        if begin is None:
            i -= 1
        else:
            groups.append(list(units[begin:i]))
            i, k = begin, k - 1
    return groups[::-1]


def _worth(group: Sequence[_Unit]) -> float | None:
    """None where the group is too long for a point."""
    if len(group) > 1 and sum(u.length for u in group) > SUMMARY.words:
        return None
    return sum(u.value for u in group) + sum(_bond(a, b) for a, b in pairwise(group))


def _bond(one: _Unit, other: _Unit) -> float:
    """How well two neighbours stand in one point: by shared words and nearness; negative = badly."""
    shared = len(one.stems & other.stems) / max(1, min(len(one.stems), len(other.stems)))
    return SUMMARY.bond * (shared + 0.5 - min(1.0, (other.at - one.at) / _FAR))


def _unit(claim: Claim, said: tuple[int, int], request: RecapRequest, call: Counter[str]) -> _Unit:
    who, text = _worded(claim, request)
    weight = _WEIGHT[claim.kind] * (0.5 + claim.confidence / 2)
    return _made(claim.turns[0], _short(text), weight, call, who, said)


def _made(
    at: int, text: str, weight: float, call: Counter[str], who: str = "", said: tuple[int, int] = (0, 0)
) -> _Unit:
    stems = frozenset(counts([text]))
    return _Unit(at, text, weight * sum(log(1 + call[s]) for s in stems) ** 0.5, stems, who, said)


def _worded(claim: Claim, request: RecapRequest) -> tuple[str, str]:
    """Whose it is ("Sam:", "Open:" or nothing), and what."""
    text = dense(claim.text if claim.kind is ClaimKind.ACTION else _full(claim))
    mentee = _first(request.mentee_name, Speaker.MENTEE)
    if claim.kind is ClaimKind.ACTION:
        mentor = _first(request.mentor_name, Speaker.MENTOR)
        return f"{mentor if claim.owner is Speaker.MENTOR else mentee}:", text
    if claim.kind is ClaimKind.DECISION:
        return _of(text, mentee)
    if claim.kind is ClaimKind.QUESTION:
        return "Open:", of_person(text)
    return "", text


def _full(claim: Claim) -> str:
    """Advice with all its sentences, what was said in jest aside."""
    return (
        imperative(" ".join(meant(sentences(claim.quote)))) if claim.kind is ClaimKind.ADVICE else claim.text
    )


def _of(text: str, name: str) -> tuple[str, str]:
    """Who said it, and what: ("", "Sam is staying") where the name can open the sentence itself."""
    told = of_person(text, name)
    return ("", told) if told.startswith(f"{name} ") else (f"{name}:", told)


def _first(name: str | None, role: Speaker) -> str:
    return (name or "").split()[0] if (name or "").split() else role.value.capitalize()


def _short(text: str) -> str:
    """At most SUMMARY.words words, cut at the end of a clause where one is near."""
    said = text.split()
    if len(said) <= SUMMARY.words:
        return text
    cut = " ".join(said[: SUMMARY.words])
    ends = [i for i, c in enumerate(cut) if c in ".;,?!" and cut[i + 1 : i + 2] == " "]
    keep = cut[: ends[-1]] if ends and ends[-1] > len(cut) / 2 else cut
    return keep + "…"


def _situation(
    claims: Sequence[Claim],
    pieces: Sequence[Piece],
    turns: Sequence[Turn],
    request: RecapRequest,
    call: Counter[str],
) -> list[_Unit]:
    """The mentee's own sentences that say what the call is about: early, and full of its words."""
    goal = set(counts([request.goal or ""]))
    quoted = {turn for c in claims for turn in c.turns}
    mentee = _first(request.mentee_name, Speaker.MENTEE)
    scored: list[tuple[float, _Unit]] = []
    for piece in pieces:
        turn = turns[piece.position]
        said = tidy(piece.text)
        count = len(said.split())
        if piece.speaker is not Speaker.MENTEE or not 8 <= count <= SUMMARY.words or said.endswith("?"):
            continue
        if turn.index in quoted:
            continue
        stems = set(counts([said]))
        central = sum(log(1 + call[s]) for s in stems) + 2 * len(stems & goal)
        early = 1.0 if piece.position < len(turns) * SUMMARY.early else 0.5
        if not whole(said) or (piece.position < _GREETING and not stems & set(goal)):
            continue
        who, text = _of(dense(said), mentee)
        unit = _made(turn.index, text, _SITUATION_WEIGHT, call, who)
        scored.append((central * early / (8 + count), unit))
    scored.sort(key=lambda s: -s[0])
    return [unit for _, unit in scored[: SUMMARY.situation]]


def thank(claims: Sequence[Claim], request: RecapRequest) -> str:
    """A note in the mentee's voice that names what was advised and promised; "" without advice.

    Advice stands in quotation marks; a promise only where it surely goes on after "I will".
    """
    advice = [c for c in claims if c.kind is ClaimKind.ADVICE]
    if not advice:
        return ""
    mentor = (request.mentor_name or "").split()
    best = max(
        advice, key=lambda c: (orders(c.text), 5 <= len(c.text.split()) <= SUMMARY.words, c.confidence)
    )
    lines = [
        f"Thank you{', ' + mentor[0] if mentor else ''}, for your time and for thinking this through with me."
    ]
    lines.append(f"What I take with me most is this: “{best.text.translate(_NO_MARKS).rstrip('.')}”.")
    mine = [c for c in claims if c.kind is ClaimKind.ACTION and c.owner is Speaker.MENTEE]
    steps = [p.task for c in mine if (p := promise(c.quote)) and not p.asked and is_order(p.task)]
    steps = [sentences(s)[0] for s in steps]
    step = next((s for s in steps if len(s.split()) >= 5), steps[0] if steps else "")
    if step:
        lines.append(f"My next step: I will {step[:1].lower()}{step[1:].rstrip(' .?!')}.")
    return " ".join(lines)


_NO_MARKS = {ord(c): None for c in '“”"'}
