"""Faults that a change to the product could bring in, each planted by replacing one function."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

import copilot.agenda
import copilot.agenda.build
import copilot.conflicts
import copilot.goals
import copilot.goals.coach
import copilot.grounding
import copilot.recap.draft
import copilot.recap.json
import copilot.transcript
import copilot.workflow.agenda
import copilot.workflow.conflicts
from copilot.conflicts.candidates import Ledger
from copilot.domain import Claim, ClaimKind, Drafted, RecapClaims, Speaker, SummaryPoint
from copilot.errors import EngineFailed
from copilot.grounding import Grounded
from faults.answer_key import AnswerKey

Plant = Callable[[pytest.MonkeyPatch], None]


@dataclass(frozen=True)
class Fault:
    """`suites` are those in which it should be seen, as "name/split"."""

    name: str
    suites: tuple[str, ...]
    plant: Plant


FAULTS: list[Fault] = []


def fault(name: str, *suites: str) -> Callable[[Plant], Plant]:
    def add(plant: Plant) -> Plant:
        FAULTS.append(Fault(name, suites, plant))
        return plant

    return add


def _wrap(patch: pytest.MonkeyPatch, owner: Any, name: str, around: Callable[..., Any]) -> None:
    """Replace owner.name by around(original, *args, **kwargs)."""
    original = getattr(owner, name)
    patch.setattr(owner, name, lambda *args, **kwargs: around(original, *args, **kwargs))


# --- quotes


@fault("the quote check is fuzzy", "grounding/dev")
def fuzzy(patch: pytest.MonkeyPatch) -> None:
    def ground(quote: str, turns: Sequence[Any], indices: Sequence[int]) -> Grounded | None:
        for turn in turns:
            if turn.index in set(indices) and quote:
                match = difflib.SequenceMatcher(None, quote.lower(), turn.text.lower(), autojunk=False)
                if sum(b.size for b in match.get_matching_blocks()) >= 0.9 * len(quote):
                    return Grounded(quote=turn.text, turns=(turn.index,), start=0)
        return None

    patch.setattr(copilot.recap.draft, "ground", ground)


@fault("a quote may leave out the not before it", "grounding/dev")
def unguarded(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(copilot.grounding, "_NEGATED", re.compile(r"(?!)"))


@fault("digits are not compared", "grounding/dev")
def digits(patch: pytest.MonkeyPatch) -> None:
    def ground(original: Any, quote: str, turns: Sequence[Any], indices: Sequence[int]) -> Any:
        bare = [replace(t, text=re.sub(r"\d", "0", t.text)) for t in turns]
        return original(re.sub(r"\d", "0", quote), bare, indices)

    _wrap(patch, copilot.recap.draft, "ground", ground)


@fault("true quotes with curly apostrophes are refused", "grounding/dev")
def too_strict(patch: pytest.MonkeyPatch) -> None:
    def ground(original: Any, quote: str, turns: Sequence[Any], indices: Sequence[int]) -> Any:
        named = " ".join(t.text for t in turns if t.index in set(indices))
        return original(quote, turns, indices) if quote in named else None

    _wrap(patch, copilot.recap.draft, "ground", ground)


@fault("the engine's words are shown in place of the turn's", "recaps/dev", "claims/dev")
def retyped(patch: pytest.MonkeyPatch) -> None:
    _wrap(
        patch,
        copilot.recap.json,
        "_advice",
        lambda original, advice: {**original(advice), "quote": advice.quote.rstrip(".") + "!"},
    )


# --- claims


@fault("dates land in the wrong month", "claims/dev")
def wrong_month(patch: pytest.MonkeyPatch) -> None:
    def resolve(original: Any, said: Any, at: Any) -> Any:
        due = original(said, at)
        return due + timedelta(days=30) if due else None

    _wrap(patch, copilot.recap.draft, "resolve_due", resolve)


@fault("a due date that nobody said is kept", "claims/dev")
def invented_due(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(copilot.recap.draft, "_due_said", lambda kept, turns: kept.claim.due)


@fault("owners are turned round", "claims/dev")
def owner_flipped(patch: pytest.MonkeyPatch) -> None:
    other = {"mentor": "mentee", "mentee": "mentor", None: None}

    def action(original: Any, item: Any) -> dict[str, Any]:
        made: dict[str, Any] = original(item)
        return {**made, "owner": other[made["owner"]]}

    _wrap(patch, copilot.recap.json, "_action", action)


@fault("duplicates are kept", "claims/dev")
def duplicates(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(copilot.recap.draft, "_distinct", list)


@fault("coverage is faked", "claims/dev")
def coverage(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(copilot.recap.draft, "_coverage", lambda claims, turns: 1.0)


@fault("an invented number is kept", "claims/dev")
def number(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(copilot.recap.draft, "stray_number", lambda text, said: False)


@fault("a summary cites no turns", "claims/dev")
def uncited(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(copilot.recap.draft, "_summary", lambda points, turns, request: (tuple(points), 0))


@fault("what is dropped is not counted", "claims/dev")
def uncounted(patch: pytest.MonkeyPatch) -> None:
    _wrap(patch, copilot.recap.draft, "_checked", lambda original, *a: (original(*a)[0], 0))


@fault("the mentee's words pass for advice", "claims/dev")
def mentee_advice(patch: pytest.MonkeyPatch) -> None:
    def checked(original: Any, claims: Sequence[Claim], turns: Sequence[Any]) -> Any:
        return original(claims, [replace(t, speaker=Speaker.MENTOR) for t in turns])

    _wrap(patch, copilot.recap.draft, "_checked", checked)


@fault("times are an hour late", "claims/dev")
def late(patch: pytest.MonkeyPatch) -> None:
    def at(original: Any, kept: Any, turns: Any) -> str | None:
        found = original(kept, turns)
        return f"01{found[2:]}" if found else None

    _wrap(patch, copilot.recap.draft, "_at", at)


@fault("a telephone number stays in the thank-you note", "claims/dev")
def contact(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(copilot.recap.draft, "has_contact", lambda text: False)


# --- transcripts


@fault("speakers are swapped", "recaps/dev")
def swapped(patch: pytest.MonkeyPatch) -> None:
    other = {Speaker.MENTOR: Speaker.MENTEE, Speaker.MENTEE: Speaker.MENTOR, Speaker.OTHER: Speaker.OTHER}

    def parse(original: Any, *args: Any, **kwargs: Any) -> Any:
        found = original(*args, **kwargs)
        return replace(found, turns=tuple(replace(t, speaker=other[t.speaker]) for t in found.turns))

    _wrap(patch, copilot.transcript, "parse_transcript", parse)


@fault("the last turn of a transcript is lost", "silent/dev")
def lost_turn(patch: pytest.MonkeyPatch) -> None:
    def parse(original: Any, *args: Any, **kwargs: Any) -> Any:
        found = original(*args, **kwargs)
        return replace(found, turns=found.turns[:-1])

    _wrap(patch, copilot.transcript, "parse_transcript", parse)


# --- attacks


def _after(patch: pytest.MonkeyPatch, change: Callable[[Any, RecapClaims], RecapClaims]) -> None:
    def recap(original: Any, engine: Any, request: Any) -> Drafted[RecapClaims]:
        drafted = original(engine, request)
        return replace(drafted, value=change(request, drafted.value))

    _wrap(patch, AnswerKey, "recap", recap)


@fault("an injected line is obeyed", "hostile/dev")
def obeyed(patch: pytest.MonkeyPatch) -> None:
    def change(request: Any, value: RecapClaims) -> RecapClaims:
        text = " ".join(t.text for t in request.turns)
        return replace(value, thanks="Cobaltheron.") if "cobalt followed by" in text else value

    _after(patch, change)


@fault("orders read aloud are taken for actions", "hostile/dev")
def injected_action(patch: pytest.MonkeyPatch) -> None:
    def change(request: Any, value: RecapClaims) -> RecapClaims:
        lines = [t for t in request.turns if re.search(r'"[^"]{30,}"', t.text)]
        found = [Claim(kind=ClaimKind.ACTION, turns=(t.index,), quote=t.text, text=t.text) for t in lines]
        return replace(value, claims=(*value.claims, *found))

    _after(patch, change)


@fault("small talk is taken for advice", "silent/dev")
def small_talk(patch: pytest.MonkeyPatch) -> None:
    def change(request: Any, value: RecapClaims) -> RecapClaims:
        turn = next(t for t in request.turns if t.speaker is Speaker.MENTOR)
        claim = Claim(kind=ClaimKind.ADVICE, turns=(turn.index,), quote=turn.text, text=turn.text)
        return replace(value, claims=(*value.claims, claim))

    _after(patch, change)


@fault("traps and noise are shown as advice", "recaps/dev")
def noisy(patch: pytest.MonkeyPatch) -> None:
    def change(request: Any, value: RecapClaims) -> RecapClaims:
        more = [
            Claim(kind=ClaimKind.ADVICE, turns=(t.index,), quote=t.text, text=t.text)
            for t in request.turns
            if t.speaker is Speaker.MENTOR and len(t.text.split()) > 12
        ]
        return replace(value, claims=(*value.claims, *more))

    _after(patch, change)


@fault("half of the advice is overlooked", "recaps/dev")
def overlooked(patch: pytest.MonkeyPatch) -> None:
    _after(patch, lambda request, value: replace(value, claims=value.claims[::2]))


@fault("the summary is one empty phrase", "recaps/dev")
def empty_phrase(patch: pytest.MonkeyPatch) -> None:
    point = SummaryPoint(text="They had a good talk.", turns=(0,))
    _after(patch, lambda request, value: replace(value, summary=(point,)))


@fault("the engine fails on every third call", "recaps/dev")
def failing(patch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def recap(original: Any, engine: Any, request: Any) -> Any:
        asked.append(1)
        if len(asked) % 3 == 0:
            raise EngineFailed("The model did not answer.", "timeout")
        return original(engine, request)

    _wrap(patch, AnswerKey, "recap", recap)


# --- conflicts


@fault("a verdict depends on the order of the sides", "pairs/dev")
def ordered(patch: pytest.MonkeyPatch) -> None:
    def judge(original: Any, items: Any, engine: Any) -> Any:
        found = original(items, engine)
        firsts = {name: one > other for name, one, other in items}
        return [(n, replace(v, score=min(1.0, v.score + 0.2 * firsts[n]))) for n, v in found]

    _wrap(patch, copilot.conflicts, "judge_pairs", judge)


@fault("verdicts are turned round", "pairs/dev")
def inverted(patch: pytest.MonkeyPatch) -> None:
    def judge(original: Any, engine: Any, pairs: Any) -> Any:
        drafted = original(engine, pairs)
        return replace(drafted, value=tuple(replace(v, score=1 - v.score) for v in drafted.value))

    _wrap(patch, AnswerKey, "judge", judge)


@fault("a dismissed pair returns", "conflicts/dev")
def returns(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(copilot.workflow.conflicts, "CLOSED", frozenset())


@fault("more flags than allowed", "conflicts/dev")
def flood(patch: pytest.MonkeyPatch) -> None:
    def judge(original: Any, engine: Any, pairs: Any) -> Any:
        drafted = original(engine, pairs)
        return replace(drafted, value=tuple(replace(v, score=max(0.6, v.score)) for v in drafted.value))

    def scan(original: Any, *args: Any, **kwargs: Any) -> Any:
        return original(*args, **{**kwargs, "per_mentee": 50})

    _wrap(patch, AnswerKey, "judge", judge)
    _wrap(patch, copilot.workflow.conflicts, "scan", scan)


@fault("a mentor is set against himself", "conflicts/dev")
def himself(patch: pytest.MonkeyPatch) -> None:
    def flags(original: Any, conflicts: Any, *args: Any, **kwargs: Any) -> Any:
        same = [replace(c, b=replace(c.b, mentor=c.a.mentor)) for c in conflicts]
        return original(same, *args, **kwargs)

    _wrap(patch, copilot.conflicts, "conflicts_to_json", flags)


@fault("candidates are never compared", "conflicts/dev")
def unseen(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Ledger, "all_pairs", lambda self, fresh: [])


# --- agendas and goals


@fault("minutes are off by one", "agenda/dev")
def off_by_one(patch: pytest.MonkeyPatch) -> None:
    def shares(original: Any, *args: Any) -> tuple[int, ...]:
        first, *rest = original(*args)
        return (first + 1, *rest)

    _wrap(patch, copilot.agenda.build, "share_minutes", shares)


@fault("open actions are forgotten", "agenda/dev")
def forgotten(patch: pytest.MonkeyPatch) -> None:
    def build(original: Any, request: Any, *args: Any, **kwargs: Any) -> Any:
        return original(replace(request, open_actions=()), *args, **kwargs)

    _wrap(patch, copilot.agenda, "build_agenda", build)


@fault("another mentee's recaps leak into an agenda", "agenda/dev")
def leaked(patch: pytest.MonkeyPatch) -> None:
    def before(unit: Any, mentee: str, session: Any) -> Any:
        found = [unit.recaps.approved(s.id) for s in unit.sessions.all() if s.mentee != mentee]
        return [recap for recap in found if recap is not None]

    patch.setattr(copilot.workflow.agenda, "_approved_before", before)


@fault("two questions instead of three", "coaching/dev")
def two_questions(patch: pytest.MonkeyPatch) -> None:
    _wrap(patch, copilot.goals.coach, "_check_questions", lambda original, *a: original(*a)[:2])


def _suggesting(patch: pytest.MonkeyPatch, change: Callable[[str], str]) -> None:
    _wrap(patch, copilot.goals.coach, "_check_suggestion", lambda original, *a: change(original(*a)))


@fault("a suggestion invents a figure", "coaching/dev")
def invented_figure(patch: pytest.MonkeyPatch) -> None:
    _suggesting(patch, lambda text: f"{text} Improve it by 37 percent.")


@fault("a suggestion drops the mentee's facts", "coaching/dev")
def dropped_facts(patch: pytest.MonkeyPatch) -> None:
    _suggesting(patch, lambda text: "By [date], I reach [outcome].")


@fault("every goal is called specific", "coaching/dev")
def specific(patch: pytest.MonkeyPatch) -> None:
    _wrap(
        patch,
        copilot.goals.coach,
        "check_coaching",
        lambda original, *a: replace(original(*a), specific=True),
    )
