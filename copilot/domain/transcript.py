"""A transcript as turns of speech."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Speaker(StrEnum):
    MENTOR = "mentor"
    MENTEE = "mentee"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Consecutive speech of one speaker; cues are joined by one space."""

    index: int
    speaker: Speaker
    label: str
    """The speaker's label as the file has it ("" where there is none)."""
    text: str
    start: float | None = None
    """Seconds from the start of the recording; None in a transcript without times."""
    end: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    format: str
    """vtt, srt, txt, docx or md."""
    raw_hash: str
    """"sha256:…" of the file's bytes."""
    turns: tuple[Turn, ...]
    inferred: bool = False
    """True where who is mentor and who mentee was worked out, not told."""
    notices: tuple[str, ...] = ()
    """One line each, for people: what was inferred or left aside, and why."""
