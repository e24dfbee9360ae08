"""A transcript file's bytes to turns of mentor and mentee."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import PurePath
from types import MappingProxyType

from copilot.domain import Speaker, Transcript
from copilot.errors import BadInput
from copilot.transcript.docx import read_docx
from copilot.transcript.limits import check_docx, check_size, check_words, decode
from copilot.transcript.markdown import read_markdown
from copilot.transcript.plain import read_plain
from copilot.transcript.speakers import assign
from copilot.transcript.srt import read_srt
from copilot.transcript.utterance import Reading, carry_labels, merge, to_turns
from copilot.transcript.vtt import read_vtt

NOBODY: Mapping[str, Speaker] = MappingProxyType({})
FORMATS = ("vtt", "srt", "txt", "docx", "md")
_ENDINGS = {"text": "txt", "markdown": "md"}
_READERS = {"vtt": read_vtt, "srt": read_srt, "txt": read_plain, "md": read_markdown}


def parse_transcript(
    data: bytes,
    filename: str,
    *,
    speakers: Mapping[str, Speaker] = NOBODY,
    mentor_name: str | None = None,
    mentee_name: str | None = None,
) -> Transcript:
    """Turns of a transcript file; every spoken word lands in exactly one turn, in file order.

    The format follows the ending of `filename` (vtt, srt, txt, docx, md); `data` is never changed.
    Who is who: `speakers` (label in the file -> role) first, then the two names, then what people
    say and how, which `Transcript.inferred` and a notice tell. Anybody else is `Speaker.OTHER`.

    Raises TooLarge above 5 MB or 60,000 words, BadInput for anything that is no such transcript.
    """
    kind = _format(filename)
    check_size(data)
    known = [*speakers, *(n for n in (mentor_name, mentee_name) if n)]
    reading = _read(data, kind, known)
    said = carry_labels(reading.utterances)
    check_words(sum(len(u.text.split()) for u in said))
    stretches = merge(said)
    who = assign(stretches, speakers, mentor_name, mentee_name)
    return Transcript(
        format=kind,
        raw_hash="sha256:" + sha256(data).hexdigest(),
        turns=to_turns(stretches, who.roles),
        inferred=who.inferred,
        notices=(*reading.notices, *who.notices),
    )


def _format(filename: str) -> str:
    ending = PurePath(filename).suffix.lower().removeprefix(".")
    kind = _ENDINGS.get(ending, ending)
    if kind not in FORMATS:
        raise BadInput(
            f"Transcripts end in .{', .'.join(FORMATS)}; this file does not.", "Export it as one of these."
        )
    return kind


def _read(data: bytes, kind: str, known: list[str]) -> Reading:
    if kind == "docx":
        check_docx(data)
        return read_docx(data, known)
    return _READERS[kind](decode(data), known)
