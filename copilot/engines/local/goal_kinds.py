"""What kind of goal a text is about: weighted cue words in five languages, misspellings forgiven."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from json import loads
from typing import Any

GENERAL = "general"
_TOKEN = re.compile(r"[^\W\d_]+(?:['’/][^\W\d_]*)*")


@cache
def cues() -> dict[str, Any]:
    """The word lists: cues of each kind and its minutes, typos, verbs, sensitive turns of phrase."""
    text = files("copilot.engines.local").joinpath("goal_cues.json").read_text(encoding="utf-8")
    return dict(loads(text))


@cache
def _compiled() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    kinds = cues()["kinds"]
    return {k: (re.compile("|".join(v["strong"])), re.compile("|".join(v["weak"]))) for k, v in kinds.items()}


def mend(text: str) -> str:
    """Common misspellings and shorthand written out; everything else as typed. English only."""
    typos: dict[str, str] = cues()["typos"]

    def swap(m: re.Match[str]) -> str:
        word = m[0].lower()
        good = typos.get(word)
        if good is None and word.endswith("s") and word[:-1] in typos:
            good = typos[word[:-1]] + "s"
        if good is None or (m[0].isupper() and len(m[0]) > 1):
            return m[0]
        return good[0].upper() + good[1:] if m[0][0].isupper() else good

    text = re.sub(
        r"(?<![\w/])(?:w/o|w/|b/c)(?=\s|$)", lambda m: typos[m[0].lower()], text, flags=re.IGNORECASE
    )
    text = _TOKEN.sub(swap, text)
    text = re.sub(r"\b([Aa]) (?=[aeiou])(?!uni|use|usu|eu|one|once|uk\b|us\b)", r"\1n ", text)
    return re.sub(r"(?<![\w'’.])i(?=(?:['’](?:m|d|ve|ll))?(?:[\s,;.!?]|$))", "I", text)


def kind_of(text: str) -> str:
    """The kind whose cues the text has most of; "general" where it has none."""
    low = text.lower().replace("’", "'")
    near = [get_close_matches(w, cues()["known"], 1, 0.86) for w in set(_TOKEN.findall(low)) if len(w) >= 7]
    low = " ".join([low, *(hit[0] for hit in near if hit and hit[0] not in low)])
    scores = {
        kind: 2 * len({m.group() for m in strong.finditer(low)})
        + len({m.group() for m in weak.finditer(low)})
        for kind, (strong, weak) in _compiled().items()
    }
    best = max(scores, key=lambda k: scores[k])
    return best if scores[best] else GENERAL
