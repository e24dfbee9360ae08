"""Can a person read it in two minutes? Reading level (Flesch-Kincaid grade) and length, in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evals.values import Case, Grader, Output, Verdict, down

_VOWELS = re.compile(r"[aeiouy]+")


def grade_level(text: str) -> float:
    """US school years; syllables are counted as groups of vowels, a silent e taken off."""
    words = re.findall(r"[A-Za-z']+", text)
    sentences = max(1, len(re.findall(r"[.!?]+(?:\s|$)", text)))
    if not words:
        return 0.0
    syllables = sum(max(1, len(_VOWELS.findall(w.lower().removesuffix("e")))) for w in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def _recap(case: Case, output: Output) -> Iterator[Verdict]:
    recap = output["recap"]
    summary = " ".join(p["text"].rstrip(".") + "." for p in recap["summary"])
    shown = [summary, *(a["text"] for a in recap["advice"]), *(a["task"] for a in recap["actions"])]
    if summary:
        yield Verdict(name="reading_grade", value=grade_level(summary))
    words = sum(len(text.split()) for text in shown)
    spoken = sum(len(text.split()) for _, text in case.input["spoken"])
    yield Verdict(name="length", value=words / max(1, spoken), why=f"{words} words of {spoken}")


READING = Grader(
    (
        down(
            "reading_grade",
            "school years that the summary asks of a reader",
            worst=None,
            perfect=None,
        ),
        down("length", "words shown for each word spoken", perfect=None),
    ),
    _recap,
)
