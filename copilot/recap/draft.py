"""What an engine claims about a session, checked line by line against the transcript."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from copilot.dates import resolve_due
from copilot.domain import (
    ActionItem,
    Advice,
    Claim,
    ClaimKind,
    Drafted,
    Note,
    Provenance,
    Recap,
    RecapClaims,
    RecapRequest,
    Speaker,
    Status,
    SummaryPoint,
    Transcript,
    Turn,
)
from copilot.grounding import Grounded, contains, ground
from copilot.ports import Engine
from copilot.privacy import tells_of_another
from copilot.recap.wording import cleaned, has_address, has_contact, stray_name, stray_number
from copilot.text import content_hash, fold
from copilot.thresholds import RECAP, thresholds_hash

_TWO = (Speaker.MENTOR, Speaker.MENTEE)
_ADDRESSES = "What held an e-mail address or a phone number was left out of this recap."


@dataclass(frozen=True, slots=True)
class _Kept:
    """A claim whose words were said, and the span of the whole talk in which they stand."""

    claim: Claim
    found: Grounded
    span: tuple[int, int]


def draft_recap(transcript: Transcript, engine: Engine, request: RecapRequest, *, session: str) -> Recap:
    """A draft recap of one session. What was not said is left out and counted in `unsupported`.

    Quotes are letter for letter from the turns; advice comes from the mentor's turns only; the
    engine's own wording loses what nobody said. Raises whatever the engine raises.
    """
    drafted = engine.recap(request)
    turns = transcript.turns
    claims = drafted.value
    grounded, lost = _checked(claims.claims, turns)
    # A recap is read by others than the two who spoke: addresses stay in the transcript.
    kept = [k for k in grounded if not has_address(k.found.quote)]
    by_kind = {kind: _distinct([k for k in kept if k.claim.kind is kind]) for kind in ClaimKind}
    summary, lost_points = _summary(claims.summary, turns, request)
    notices = (
        *transcript.notices,
        *([drafted.notice] if drafted.notice else []),
        *([_ADDRESSES] if len(kept) < len(grounded) else []),
    )
    return Recap(
        session=session,
        status=Status.DRAFT,
        coverage=_coverage(claims, turns),
        summary=summary,
        advice=_advice(by_kind[ClaimKind.ADVICE], turns, session),
        actions=_actions(by_kind[ClaimKind.ACTION], turns, request, session),
        decisions=_notes(by_kind[ClaimKind.DECISION], turns),
        questions=_notes(by_kind[ClaimKind.QUESTION], turns),
        opportunities=_notes(by_kind[ClaimKind.OPPORTUNITY], turns),
        thanks=_thanks(claims.thanks, turns),
        unsupported=lost + lost_points,
        provenance=_provenance(drafted, transcript, request),
        notices=notices,
    )


def _checked(claims: Sequence[Claim], turns: Sequence[Turn]) -> tuple[list[_Kept], int]:
    offsets: dict[int, int] = {}
    at = 0
    for turn in turns:
        offsets[turn.index] = at
        at += len(turn.text) + 1
    speaker = {t.index: t.speaker for t in turns}
    kept: list[_Kept] = []
    for claim in claims:
        found = ground(claim.quote, turns, claim.turns)
        if found is None:
            continue
        if claim.kind is ClaimKind.ADVICE and any(speaker[i] is not Speaker.MENTOR for i in found.turns):
            continue
        start = offsets[found.turns[0]] + found.start
        kept.append(_Kept(claim, found, (start, start + len(found.quote))))
    return kept, len(claims) - len(kept)


def _distinct(kept: Sequence[_Kept]) -> list[_Kept]:
    """Of claims on the same words the surest, then the longer; in the order of the talk."""
    out: list[_Kept] = []
    for one in sorted(kept, key=lambda k: (-k.claim.confidence, k.span[0] - k.span[1], k.span)):
        apart = all(one.span[1] <= o.span[0] or one.span[0] >= o.span[1] for o in out)
        if apart and all(fold(one.found.quote) != fold(o.found.quote) for o in out):
            out.append(one)
    return sorted(out, key=lambda k: k.span)


def _advice(kept: Sequence[_Kept], turns: Sequence[Turn], session: str) -> tuple[Advice, ...]:
    ids = _Ids(f"{session}-a-")
    return tuple(
        Advice(
            id=ids.next(k.found.quote),
            quote=k.found.quote,
            turns=k.found.turns,
            at=_at(k, turns),
            text=_text(k, turns),
            topic=cleaned(k.claim.topic, k.found.quote)[:80],
            condition=_condition(k, turns),
            confidence=k.claim.confidence,
        )
        for k in kept
    )


def _actions(
    kept: Sequence[_Kept], turns: Sequence[Turn], request: RecapRequest, session: str
) -> tuple[ActionItem, ...]:
    ids = _Ids(f"{session}-t-")
    out = []
    for k in kept:
        due = _due_said(k, turns)
        out.append(
            ActionItem(
                id=ids.next(k.found.quote),
                quote=k.found.quote,
                turns=k.found.turns,
                at=_at(k, turns),
                owner=k.claim.owner if k.claim.owner in _TWO else None,
                task=_text(k, turns),
                due=resolve_due(due, request.started_at),
                due_said=due,
            )
        )
    return tuple(out)


def _notes(kept: Sequence[_Kept], turns: Sequence[Turn]) -> tuple[Note, ...]:
    return tuple(
        Note(quote=k.found.quote, turns=k.found.turns, text=_text(k, turns), at=_at(k, turns)) for k in kept
    )


def _around(k: _Kept, turns: Sequence[Turn], reach: int = 0) -> str:
    """What was said in the claim's turns and `reach` turns on either side."""
    first, last = k.found.turns[0] - reach, k.found.turns[-1] + reach
    return " ".join(t.text for t in turns if first <= t.index <= last)


def _text(k: _Kept, turns: Sequence[Turn]) -> str:
    """The engine's wording, or the quote where that wording is empty, endless or counts otherwise."""
    said = _around(k, turns)
    text = cleaned(k.claim.text, said)
    fit = text and len(text) <= RECAP.text_characters and not stray_number(text, said)
    return text if fit else k.found.quote


def _condition(k: _Kept, turns: Sequence[Turn]) -> str | None:
    said = _around(k, turns)
    text = cleaned(k.claim.condition or "", said)
    return text if text and len(text) <= RECAP.text_characters and not stray_number(text, said) else None


def _due_said(k: _Kept, turns: Sequence[Turn]) -> str | None:
    """The engine's words for until when, if they were really said beside the action."""
    due = (k.claim.due or "").strip()
    near = [
        t.text
        for t in turns
        if k.found.turns[0] - RECAP.due_neighbours <= t.index <= k.found.turns[-1] + RECAP.due_neighbours
    ]
    return " ".join(due.split()) if due and any(contains(due, text) for text in near) else None


def _summary(
    points: Sequence[SummaryPoint], turns: Sequence[Turn], request: RecapRequest
) -> tuple[tuple[SummaryPoint, ...], int]:
    """Points whose turns exist and whose numbers, dates and names were said there."""
    text = {t.index: t.text for t in turns}
    people = (request.mentor_name or "", request.mentee_name or "", request.goal or "", "mentor mentee")
    kept: list[SummaryPoint] = []
    for point in points:
        if not point.turns or any(i not in text for i in point.turns):
            continue
        said = " ".join(text[i] for i in point.turns)
        worded = cleaned(point.text, said)
        if not worded or len(worded) > RECAP.text_characters:
            continue
        if has_address(worded) or tells_of_another(worded):
            continue
        if not stray_number(worded, said) and not stray_name(worded, said, *people):
            kept.append(SummaryPoint(text=worded, turns=tuple(sorted(set(point.turns)))))
    distinct = {fold(p.text): p for p in reversed(kept)}
    return tuple(p for p in kept if distinct[fold(p.text)] is p), len(points) - len(kept)


def _thanks(text: str, turns: Sequence[Turn]) -> str:
    """The note, or nothing where it has an address, a link or a number to call, or never ends."""
    plain = "\n\n".join(filter(None, (cleaned(part, "") for part in text.split("\n\n"))))
    return plain if len(plain) <= RECAP.thanks_characters and not has_contact(text) else ""


def _coverage(claims: RecapClaims, turns: Sequence[Turn]) -> float:
    indices = {t.index for t in turns}
    return round(len(indices & set(claims.covered)) / len(indices), 4) if indices else 0.0


def _at(k: _Kept, turns: Sequence[Turn]) -> str | None:
    """ "HH:MM:SS" at which the turn begins."""
    start = next(t.start for t in turns if t.index == k.found.turns[0])
    if start is None:
        return None
    whole = int(start)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"


class _Ids:
    """Ids that stay the same while the words do, and never repeat within one recap."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._used: set[str] = set()

    def next(self, quote: str) -> str:
        again = 0
        while True:
            digest = content_hash(fold(quote), *([str(again)] if again else [])).removeprefix("sha256:")
            made = self._prefix + digest[:6]
            if made not in self._used:
                self._used.add(made)
                return made
            again += 1


def input_hash(transcript: Transcript, request: RecapRequest) -> str:
    """ "sha256:…" over all that an engine thinks about: who said what, the goal, the moment, the names."""
    started = request.started_at.isoformat() if request.started_at else ""
    said = (part for t in transcript.turns for part in (str(t.index), t.speaker.value, t.text))
    names = (request.mentor_name or "", request.mentee_name or "")
    return content_hash(request.goal or "", started, *names, *said)


def _provenance(drafted: Drafted[RecapClaims], transcript: Transcript, request: RecapRequest) -> Provenance:
    return Provenance(
        engine=drafted.engine,
        model=drafted.model,
        prompt=drafted.prompt,
        input=input_hash(transcript, request),
        thresholds=thresholds_hash(),
        notice=drafted.notice,
        usage=drafted.usage,
    )
