"""WebVTT: Teams voice tags, Zoom `Name: text` lines, cue ids or none, comments and styles left out."""

from __future__ import annotations

import re
from collections.abc import Collection
from html import unescape

from copilot.errors import BadInput
from copilot.transcript.cues import Cue, blocks, read_cues
from copilot.transcript.labels import Line, choose_labels
from copilot.transcript.utterance import Reading, Utterance

_VOICE = re.compile(r"<v(?:\.[^\s>]*)*(?:\s+([^>]*))?>")
_TAG = re.compile(r"</?(?:v|c|i|b|u|lang|ruby|rt)(?:[.\s][^<>]*)?>|</?font[^<>]*>|<\d[\d:.]*>|\{\\an\d\}")
_ASIDE = re.compile(r"^(?:NOTE|STYLE|REGION)(?:\s|$)")


def read_vtt(text: str, known: Collection[str] = ()) -> Reading:
    """Speech of a WebVTT file; `known` are labels and names that callers expect.

    Raises BadInput when the file does not start with WEBVTT or has no cue.
    """
    if not re.match(r"WEBVTT(?:[ \t\n]|$)", text):
        raise BadInput(
            "This is not a WebVTT file: it does not start with WEBVTT.", "Check the file's ending."
        )
    head, *rest = blocks(text)
    groups = [g for g in rest if not (_ASIDE.match(g[0]) and "-->" not in "".join(g[:2]))]
    cues = read_cues([head[1:], *groups] if any("-->" in line for line in head) else groups)
    if not cues:
        raise BadInput("This WebVTT file has no cues.", "Export the transcript again.")
    return Reading(tuple(voiced(cues) if _has_voices(cues) else labelled(cues, known)))


def _has_voices(cues: list[Cue]) -> bool:
    return any(_VOICE.search(line) for cue in cues for line in cue.lines)


def voiced(cues: list[Cue]) -> list[Utterance]:
    """Cues with `<v Name>` tags, closed or not, over several lines, several in one cue."""
    out: list[Utterance] = []
    for cue in cues:
        # re.split with one group: text before the first tag, then name, text, name, text …
        before, *pairs = _VOICE.split("\n".join(cue.lines))
        out.append(Utterance(None, spoken(before), cue.start, cue.end))
        for name, said in zip(pairs[::2], pairs[1::2], strict=True):
            out.append(Utterance(unescape(name or ""), spoken(said), cue.start, cue.end))
    return out


def labelled(cues: list[Cue], known: Collection[str]) -> list[Utterance]:
    """Cues whose lines may start with `Name:`."""
    lines = [Line.of(spoken(line), cue.start, cue.end) for cue in cues for line in cue.lines]
    return choose_labels(lines, known, starts=len(cues))


def spoken(markup: str) -> str:
    """Tags out, then entities read: an escaped "<i>" was said, a tag was not."""
    return unescape(_TAG.sub("", markup))
