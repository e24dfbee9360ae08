"""How long the local engine takes for the recap of a 60-minute call, beside what it is made of."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from copilot.domain import RecapRequest, Transcript
from copilot.engines.local.engine import LocalEngine
from copilot.index.embedder import LocalEmbedder
from copilot.recap import draft_recap
from copilot.transcript import parse_transcript

SAMPLE = Path(__file__).parent.parent / "examples/programme/transcripts"
WORDS = 9_000
"""Words of an hour of conversation, at 150 a minute."""
RUNS = 5


def hour_of_speech() -> Transcript:
    """Calls of the sample programme one after another until an hour is full."""
    lines: list[str] = []
    words = 0
    while words < WORDS:
        for file in sorted(SAMPLE.iterdir()):
            for turn in parse_transcript(file.read_bytes(), file.name).turns:
                lines.append(f"{turn.speaker.value.title()}: {turn.text}")
                words += len(turn.text.split())
                if words >= WORDS:
                    break
    return parse_transcript("\n".join(lines).encode(), "hour.txt")


def _seconds(work: Callable[[], object]) -> float:
    spent = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return median(spent)


def run() -> list[tuple[str, float]]:
    """(what, median seconds) of each row; the first is one embedding pass over the same turns."""
    transcript = hour_of_speech()
    request = RecapRequest(turns=transcript.turns)
    texts = [turn.text for turn in transcript.turns]
    embedder = LocalEmbedder()
    engine = LocalEngine(embedder)
    draft_recap(transcript, engine, request, session="warm")
    return [
        ("embed every turn once (reference)", _seconds(lambda: LocalEmbedder().embed(texts))),
        (
            "recap of the hour, models loaded",
            _seconds(lambda: draft_recap(transcript, engine, request, session="b")),
        ),
    ]


def main() -> None:
    rows = run()
    print(f"Local recap of a 60-minute transcript ({WORDS:,} words), median of {RUNS}")
    for what, seconds in rows:
        print(f"  {what:<40} {seconds:>7.2f} s   {seconds / rows[0][1]:>6.2f} x reference")


if __name__ == "__main__":
    main()
