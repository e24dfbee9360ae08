"""Who is the mentor and who the mentee: told, named, or worked out and said to be so."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from copilot.domain import Speaker
from copilot.errors import BadInput
from copilot.text import fold
from copilot.thresholds import SPEAKERS
from copilot.transcript.names import name_match, name_tokens
from copilot.transcript.utterance import Utterance

_PAIR = (Speaker.MENTOR, Speaker.MENTEE)
_ROLE_WORDS = {
    "mentor": Speaker.MENTOR,
    "mentee": Speaker.MENTEE,
    "coach": Speaker.MENTOR,
    "coachee": Speaker.MENTEE,
}
_HABITS = {
    "says_you": re.compile(r"\b(?:you|your|yours|yourself)\b", re.I),
    "says_i": re.compile(r"\b(?:i|me|my|mine|myself|i'm|i've)\b", re.I),
    "asks_for_advice": re.compile(
        r"\b(?:(?:should|do|can|could|shall|am|would|what if|how do|what do) i|do you think)\b", re.I
    ),
    "recommends": re.compile(
        r"\b(?:i'd|i would|you (?:should|could|can|need to|want to|might)|if i were you|have you|would you"
        r"|why don't you|what if you|try|don't|make sure|stop|start)\b",
        re.I,
    ),
    "own_work": re.compile(
        r"\bmy (?:boss|manager|lead|team|director|supervisor|job|contract|company|head|colleagues?)\b", re.I
    ),
}


@dataclass(frozen=True, slots=True)
class Who:
    """Label -> role, and how it was found."""

    roles: Mapping[str, Speaker]
    inferred: bool = False
    notices: tuple[str, ...] = ()


def assign(
    speech: Sequence[Utterance],
    told: Mapping[str, Speaker],
    mentor_name: str | None = None,
    mentee_name: str | None = None,
) -> Who:
    """Roles for the labels of `speech` (each with a label, "" for nobody).

    Raises BadInput when callers name labels and the file has none of them.
    """
    said: Counter[str] = Counter()
    for u in speech:
        said[u.label or ""] += len(u.text.split())
    roles = _told(list(said), told)
    notices = list(_unknown(list(said), told))
    roles |= _named([label for label in said if label and label not in roles], mentor_name, mentee_name)
    roles |= _titled([label for label in said if label not in roles], set(roles.values()))
    roles = _other_one([label for label in said if label], roles)
    missing = [role for role in _PAIR if role not in roles.values()]
    free = [label for label, _ in said.most_common() if label and label not in roles]
    if missing and free and len(said) > 1:
        found = _worked_out(speech, free, missing, {Speaker.MENTOR: mentor_name, Speaker.MENTEE: mentee_name})
        return Who({**roles, **found.roles}, True, (*notices, *found.notices))
    if missing:
        notices.append(_nobody(said, missing))
    return Who(roles, False, tuple(notices))


def _told(labels: list[str], told: Mapping[str, Speaker]) -> dict[str, Speaker]:
    exact = {label: told[label] for label in labels if label in told}
    folded = {fold(k): v for k, v in told.items()}
    return {label: folded[fold(label)] for label in labels if fold(label) in folded} | exact


def _unknown(labels: list[str], told: Mapping[str, Speaker]) -> list[str]:
    have = {fold(label) for label in labels}
    strange = [t for t in told if fold(t) not in have]
    if strange and len(strange) == len(told):
        listed = ", ".join(f'"{label}"' for label in labels if label) or "none"
        raise BadInput(
            f'No speaker in this transcript is labelled "{strange[0]}".', f"Labels in it: {listed}."
        )
    return [f'No speaker is labelled "{label}".' for label in strange]


def _named(labels: list[str], mentor: str | None, mentee: str | None) -> dict[str, Speaker]:
    """Labels that fit one of the two names better than the other."""
    out: dict[str, Speaker] = {}
    for label in labels:
        as_mentor, as_mentee = name_match(label, mentor), name_match(label, mentee)
        if as_mentor != as_mentee:
            out[label] = Speaker.MENTOR if as_mentor > as_mentee else Speaker.MENTEE
    return out


def _titled(labels: list[str], taken: set[Speaker]) -> dict[str, Speaker]:
    """Labels that say the role: "Mentor", "Ana (Mentee)", "Coach Ben"."""
    out: dict[str, Speaker] = {}
    for label in labels:
        words = re.findall(r"[^\W\d_]+", fold(label))
        roles = {_ROLE_WORDS[word] for word in words if word in _ROLE_WORDS}
        if len(roles) == 1 and not roles & taken:
            out[label] = roles.pop()
    return out


def _other_one(labels: list[str], roles: dict[str, Speaker]) -> dict[str, Speaker]:
    """Of two people in a call, one known: the other is the other."""
    rest = [label for label in labels if label not in roles]
    if len(labels) == 2 and len(rest) == 1:
        known = next(role for label, role in roles.items() if label in labels)
        if known in _PAIR:
            return roles | {rest[0]: _PAIR[1 - _PAIR.index(known)]}
    return roles


def _worked_out(
    speech: Sequence[Utterance],
    free: list[str],
    missing: list[Speaker],
    names: Mapping[Speaker, str | None],
) -> Who:
    """Roles from how people speak; `free` holds labels by words said, most first."""
    if len(missing) == 1 or len(free) == 1:
        role = missing[0] if len(missing) == 1 else Speaker.MENTOR
        if len(missing) == 2:
            return Who({}, True, ("Only one speaker's role could be looked for: say who is who.",))
        return Who({free[0]: role}, True, (_notice({free[0]: role}, sure=len(free) == 1),))
    one, other = free[:2]
    texts = {label: " ".join(u.text for u in speech if u.label == label) for label in (one, other)}
    odds = mentor_odds(texts[one], texts[other]) + _addressed(texts[one], texts[other], names)
    mentor, mentee = (one, other) if odds >= 0 else (other, one)
    roles = {mentor: Speaker.MENTOR, mentee: Speaker.MENTEE}
    sure = 1 / (1 + math.exp(-abs(odds))) >= SPEAKERS.sure
    return Who(roles, True, (_notice(roles, sure=sure),))


def mentor_odds(one: str, other: str) -> float:
    """Log-odds that `one` is the mentor's speech and `other` the mentee's; antisymmetric."""
    mine, theirs = _rates(one), _rates(other)
    weights = SPEAKERS.weights()
    return sum(weights[habit] * (mine[habit] - theirs[habit]) for habit in _HABITS)


def _rates(text: str) -> dict[str, float]:
    """How often in a hundred words."""
    plain = text.replace("’", "'")
    count = max(1, len(plain.split()))
    return {habit: 100 * len(pattern.findall(plain)) / count for habit, pattern in _HABITS.items()}


def _addressed(one: str, other: str, names: Mapping[Speaker, str | None]) -> float:
    """Who says the other's first name is not that person."""
    total = 0
    for role, sign in ((Speaker.MENTEE, 1), (Speaker.MENTOR, -1)):
        first = name_tokens(names[role] or "")[:1]
        if first:
            total += sign * (name_tokens(one).count(first[0]) - name_tokens(other).count(first[0]))
    return max(-SPEAKERS.address_cap, min(SPEAKERS.address_cap, SPEAKERS.address * total))


def _notice(roles: Mapping[str, Speaker], *, sure: bool) -> str:
    who = " and ".join(f'"{label}" as {role.value}' for label, role in roles.items())
    doubt = "" if sure else " This is not sure."
    return f"Who is who was worked out from how they speak: {who}.{doubt} If it is wrong, name the speakers."


def _nobody(said: Mapping[str, int], missing: Sequence[Speaker]) -> str:
    if not any(said):
        return "No speaker is named in this file, so nobody's advice can be told apart: name the speakers."
    return f"Nobody in this transcript could be told to be the {' or the '.join(missing)}: name the speakers."
