"""Plain variants of advice, made by rule: said again in other clothes, or turned into its opposite.

Hand-written data holds few literal restatements and few plain negations, so a read-out fitted on it alone
takes "said again" for a conflict. Variants only help to fit read-outs; no figure is measured on them.
"""

from __future__ import annotations

import random
import re
from typing import Any

from copilot.hedges import gist, without_hedges

_NO = re.compile(r"^(?:do not|don't|never|avoid|stop)\s+", re.I)
_ORDER = re.compile(r"\b(before|after|first|last|at least|at most|more|less|early|late|always|never)\b", re.I)
_TURN = {
    "before": "after",
    "after": "before",
    "first": "last",
    "last": "first",
    "at least": "at most",
    "at most": "at least",
    "more": "less",
    "less": "more",
    "early": "late",
    "late": "early",
    "always": "never",
    "never": "always",
}
_NUMBERS = "one two three four five six seven eight nine ten twelve fifteen twenty thirty".split()
_AGAIN = (
    "I'd {}.",
    "You should {}.",
    "Make sure that you {}.",
    "Please {}, it will pay off.",
    "My advice: {}.",
)


def _first_lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def again(text: str, rng: random.Random) -> str:
    """The same advice, worded a little differently."""
    core = gist(text, most=40)
    return (
        rng.choice(_AGAIN).format(core) if not _NO.match(core) else core[:1].upper() + core[1:] + ", please."
    )


def opposite(text: str, rng: random.Random) -> str:
    """The plain opposite: negated, its number changed, or its order turned round."""
    plain = without_hedges(text).rstrip(". ")
    ways = ["negate"]
    if _ORDER.search(plain):
        ways += ["turn"] * 2
    if any(re.search(rf"\b{n}\b", plain, re.I) for n in _NUMBERS[1:]) or re.search(r"\b\d{1,3}\b", plain):
        ways += ["number"] * 2
    way = rng.choice(ways)
    if way == "turn":
        return _ORDER.sub(lambda m: _TURN[m[1].lower()], plain, count=1) + "."
    if way == "number":
        changed = _other_number(plain)
        if changed != plain:
            return changed + "."
    core = gist(text, most=40)
    if _NO.match(core):
        rest = _NO.sub("", core)
        return rest[:1].upper() + rest[1:] + "."
    return rng.choice(("Do not {}.", "Don't {}.", "Never {}.", "I would not {}.")).format(_first_lower(core))


def _other_number(text: str) -> str:
    found = re.search(r"\b\d{1,3}\b", text)
    if found:
        return text[: found.start()] + str(int(found[0]) * 4 + 3) + text[found.end() :]
    for n in _NUMBERS[1:]:
        found = re.search(rf"\b{n}\b", text, re.I)
        if found:
            new = "forty" if _NUMBERS.index(n) < 7 else "two"
            return text[: found.start()] + new + text[found.end() :]
    return text


def with_variants(ledger: dict[str, Any], rng: random.Random, each: int = 2) -> dict[str, Any]:
    """The ledger with `each` pieces said again by another mentor and `each` turned into their opposite.

    Only pieces that no label mentions are taken, so that the new pairs alone get new labels. New pieces
    have ids from 1000 on.
    """
    taken = {i for pair in (*ledger["conflicts"], *ledger["tempting"]) for i in pair[:2]}
    free = [a for a in ledger["advice"] if a["form"] == "norm" and a["id"] not in taken]
    mentors = sorted({a["mentor"] for a in ledger["advice"]})
    out = {**ledger, **{k: list(ledger[k]) for k in ("advice", "conflicts", "tempting")}}
    for n, a in enumerate(rng.sample(free, min(2 * each, len(free)))):
        text = (again if n % 2 else opposite)(a["text"], rng)
        mentor = rng.choice([m for m in mentors if m != a["mentor"]])
        out["advice"].append({"id": 1000 + n, "mentor": mentor, "text": text, "form": "norm"})
        if n % 2:
            out["tempting"].append([a["id"], 1000 + n])
        else:
            out["conflicts"].append([a["id"], 1000 + n, "direct"])
    return out


def variant_pairs(texts: list[str], rng: random.Random) -> list[dict[str, Any]]:
    """Each text said again (compatible) and turned round (conflict), in the form of `advice_pairs`."""
    return [
        {"a": t, "b": make(t, rng), "label": label, "kind": None, "topic": t[:40]}
        for t in texts
        for label, make in (("compatible", again), ("conflict", opposite))
    ]
