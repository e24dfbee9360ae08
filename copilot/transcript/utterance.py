"""A stretch of speech as a file has it, and how stretches become turns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from copilot.domain import Speaker, Turn


@dataclass(frozen=True, slots=True)
class Utterance:
    """`label` None = the file does not say who (the speech goes on); times in seconds."""

    label: str | None
    text: str
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a format's reader hands over: speech in file order, and lines for people."""

    utterances: tuple[Utterance, ...]
    notices: tuple[str, ...] = ()


def one_line(text: str) -> str:
    """White space collapsed: lines and cues of one turn are joined by one space."""
    return " ".join(text.split())


def carry_labels(utterances: Iterable[Utterance]) -> list[Utterance]:
    """Speech without a label belongs to the last speaker named; before the first it is ""."""
    out: list[Utterance] = []
    current, above = "", None
    for u in utterances:
        current = current if u.label is None else one_line(u.label)
        # A name with a time alone on its line: the time is that of the speech below it.
        start = u.start if u.start is not None else above
        text = one_line(u.text)
        above = None if text else start
        if text:
            out.append(Utterance(current, text, start, u.end))
    return out


def merge(utterances: Sequence[Utterance]) -> list[Utterance]:
    """Consecutive speech of one label becomes one stretch.

    Speech of nobody ("") is cut at sentence ends instead, so that a file with no names at all
    does not become one endless turn.
    """
    out: list[Utterance] = []
    for u in utterances:
        last = out[-1] if out else None
        if last is None or last.label != u.label or (not u.label and last.text[-1:] in ".?!…"):
            out.append(u)
            continue
        ends = [e for e in (last.end, u.end) if e is not None]
        start = last.start if last.start is not None else u.start
        out[-1] = Utterance(u.label, f"{last.text} {u.text}", start, max(ends, default=None))
    return out


def to_turns(merged: Sequence[Utterance], roles: Mapping[str, Speaker]) -> tuple[Turn, ...]:
    """Numbered turns; a label without a role is `Speaker.OTHER`."""
    return tuple(
        Turn(
            index=i,
            speaker=roles.get(u.label or "", Speaker.OTHER),
            label=u.label or "",
            text=u.text,
            start=u.start,
            end=u.end,
        )
        for i, u in enumerate(merged)
    )
