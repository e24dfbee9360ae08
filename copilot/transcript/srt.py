"""SubRip (SRT): numbered cues, `Name: text` lines, names perhaps only where a turn begins."""

from __future__ import annotations

from collections.abc import Collection

from copilot.errors import BadInput
from copilot.transcript.cues import blocks, has_timing, read_cues
from copilot.transcript.utterance import Reading
from copilot.transcript.vtt import labelled


def read_srt(text: str, known: Collection[str] = ()) -> Reading:
    """Speech of an SRT file. Raises BadInput when it has no timed cue."""
    if text.startswith("WEBVTT"):
        raise BadInput("This is a WebVTT file named .srt.", "Rename it to .vtt.")
    if not has_timing(text):
        raise BadInput("This is not an SRT file: it has no line like 00:00:01,000 --> 00:00:04,000.")
    return Reading(tuple(labelled(read_cues(blocks(text)), known)))
