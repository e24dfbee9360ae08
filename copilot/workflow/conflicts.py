"""Conflicts: approved advice is compared within each mentee's ledger; people decide what it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from copilot.conflicts import ScanResult, judge_pairs, pairs_to_json, scan
from copilot.domain import AdviceSide, Conflict, PairVerdict, Triage, pair_key
from copilot.errors import BadInput
from copilot.text import content_hash
from copilot.thresholds import CONFLICTS, thresholds_hash
from copilot.workflow.advice_vectors import advice_vectors
from copilot.workflow.parts import silent

if TYPE_CHECKING:
    from copilot.store import Unit
    from copilot.workflow.parts import Parts, Progress

CLOSED = frozenset({Triage.DISMISSED, Triage.BOTH_HOLD, Triage.SETTLED})
"""A pair that a person has closed is not flagged again."""
CHUNK = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanReport:
    conflicts: tuple[Conflict, ...]
    pairs_considered: int
    engine: str
    """ "local" also where a model was asked and did not answer; `notices` says so then."""
    names: dict[str, str]
    """Person id -> name, for showing."""
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Ledger:
    """What is known of one mentee before thinking."""

    advice: list[AdviceSide]
    goal: str
    decided: dict[str, Triage]


def scan_programme(
    parts: Parts,
    *,
    mentee: str | None = None,
    per_mentee: int = CONFLICTS.per_mentee,
    progress: Progress = silent,
) -> ScanReport:
    """Scan one mentee or all; keeps flags and verdicts. At most `per_mentee` flags a mentee.

    Raises NotFound for an unknown mentee.
    """
    with parts.store.read(parts.programme) as unit:
        mentees = [unit.people.get(mentee).id] if mentee is not None else unit.advice.all_mentees()
        names = {person.id: person.name for person in unit.people.all()}
    results = []
    for done, one in enumerate(mentees):
        progress("Comparing advice", done, len(mentees))
        results.append(_scan_mentee(parts, one, per_mentee))
    found = [conflict for conflicts, _ in results for conflict in conflicts]
    notices = {result.notice for _, result in results if result.notice}
    if not mentees:
        notices.add("No recap with advice is approved yet: there is nothing to compare.")
    engines = {result.engine for _, result in results} or {parts.engine.name}
    return ScanReport(
        conflicts=tuple(found),
        pairs_considered=sum(result.pairs_considered for _, result in results),
        engine="local" if "local" in engines else "llm",
        names=names,
        notices=tuple(sorted(notices)),
    )


def _scan_mentee(parts: Parts, mentee: str, per_mentee: int) -> tuple[list[Conflict], ScanResult]:
    with parts.store.read(parts.programme) as unit:
        ledger = _load(unit, mentee)
        judge = _judge_name(parts, ledger)
        verdicts = _of_these_words(unit.verdicts.of_mentee(mentee, judge), ledger)
    closed = {key for key, state in ledger.decided.items() if state in CLOSED}
    seen = {advice for pair in verdicts for advice in pair}
    result = scan(
        ledger.advice,
        advice_vectors(parts, ledger.advice),
        parts.engine,
        known={pair_key(*pair): verdict for pair, verdict in verdicts.items()},
        dismissed=closed,
        new={side.advice for side in ledger.advice} - seen,
        per_mentee=per_mentee,
        goal=ledger.goal,
        budget=None if parts.engine.name == "local" else CONFLICTS.model_budget,
        standing=[pair for pair, verdict in verdicts.items() if verdict.score >= CONFLICTS.show],
    )
    with parts.store.write(parts.programme) as unit:
        return _save(unit, mentee, ledger, result, judge), result


def _stamped(side: AdviceSide) -> str:
    """The id with a hash of the words that were judged: an edit keeps the id and changes these."""
    return f"{side.advice}@{content_hash(side.quote, side.text)[-12:]}"


def _of_these_words(
    verdicts: dict[tuple[str, str], PairVerdict], ledger: _Ledger
) -> dict[tuple[str, str], PairVerdict]:
    """Verdicts by plain advice ids, of pairs whose words are still those that were judged."""
    plain = {_stamped(side): side.advice for side in ledger.advice}
    return {
        (plain[a], plain[b]): verdict for (a, b), verdict in verdicts.items() if a in plain and b in plain
    }


def _load(unit: Unit, mentee: str) -> _Ledger:
    stored = unit.conflicts.of_mentee(mentee)
    return _Ledger(
        advice=unit.advice.of_mentee(mentee),
        goal="; ".join(goal.better or goal.text for goal in unit.goals.of_mentee(mentee)),
        decided={pair_key(c.a.advice, c.b.advice): c.status for c in stored},
    )


def _judge_name(parts: Parts, ledger: _Ledger) -> str:
    """Verdicts are shared only between scans by the same judge.

    The local judge looks at a whole small ledger at once, so there its verdicts hold for exactly
    this ledger; it is cheap enough to ask again. A model is never asked twice about a pair.
    """
    engine = parts.engine
    name = [engine.name, engine.model, thresholds_hash()]
    if engine.name != "local":
        from copilot.prompting import load_prompt

        name += [load_prompt("judge").reference, load_prompt("second_look").reference]
    elif len(ledger.advice) <= CONFLICTS.all_pairs_up_to:
        name.append(content_hash(ledger.goal, *(side.advice + side.text for side in ledger.advice)))
    return f"{engine.name}/{content_hash(*name)}"


def _save(unit: Unit, mentee: str, ledger: _Ledger, result: ScanResult, judge: str) -> list[Conflict]:
    if [side.advice for side in unit.advice.of_mentee(mentee)] != [side.advice for side in ledger.advice]:
        raise BadInput(
            f"The approved advice of {mentee} changed while it was compared.", "Run the same command again."
        )
    if result.notice is None:
        # Verdicts of a stand-in are not the model's: the model is asked again next time.
        stamped = {side.advice: _stamped(side) for side in ledger.advice}
        by_ids = {(stamped[a], stamped[b]): result.judged[key] for key, (a, b) in result.judged_ids.items()}
        unit.verdicts.put_many(mentee, by_ids, judge)
        if judge.startswith("local/"):
            unit.verdicts.forget_others(mentee, "local/", keep=judge)
    kept = [c for c in result.conflicts if unit.conflicts.decided(c) not in CLOSED]
    for conflict in kept:
        unit.conflicts.put(conflict)
    unit.conflicts.forget_open(mentee, keep=[conflict.id for conflict in kept])
    return [unit.conflicts.get(conflict.id) for conflict in kept]


def triage(parts: Parts, conflict: str, state: Triage, *, reason: str, by: str) -> Conflict:
    """A person's decision about a flag; raises NotFound for an unknown id."""
    with parts.store.write(parts.programme) as unit:
        return unit.conflicts.triage(conflict, state, reason, by, parts.clock.now())


def judge_lines(
    parts: Parts, rows: Sequence[tuple[str, str, str]], progress: Progress = silent
) -> list[dict[str, Any]]:
    """Verdicts on (id, a, b) rows as the contract's JSON results, in their order."""
    results: list[tuple[str, PairVerdict]] = []
    for start in range(0, len(rows), CHUNK):
        progress("Judging pairs", start, len(rows))
        results += judge_pairs(rows[start : start + CHUNK], parts.engine)
    judged: list[dict[str, Any]] = pairs_to_json(results)["results"]
    return judged
