"""Makes the sample recording: answers written down from the labels, with deliberate slips. No model is asked.

The recording exercises everything between a model's words and what people see (windows, parsing,
grounding, both orders, accounting) and is replayed by CI without a key. It says nothing about any model.
Run `python -m evals.sample_model` after a change of a prompt.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from copilot.clock import SystemClock
from copilot.dates import find_due
from copilot.domain import Usage
from copilot.engines.llm import Answer, Ask, Deadline, LlmConfig, LlmEngine
from copilot.text import content_hash
from evals import datasets
from evals.cassette import Cassette, Recorder
from evals.subject import Subject
from evals.suites.programmes import Programme

MODEL = "recorded-sample"
FILE = Path(__file__).parent / "cassettes" / "recorded-sample.jsonl"
_DATA = re.compile(r"<<<DATA (\w+) ([0-9a-f]{16})>>>\n(.*?)\n<<<END \1 \2>>>", re.DOTALL)
_LINE = re.compile(r"^\[(\d+)\] (mentor|mentee|other): (.*)$", re.MULTILINE)
_NOTE = re.compile(r"^(\d+)\. \((?:\w+, )?turns ([\d, ]+)\) (.*)$", re.MULTILINE)
_PAIR = re.compile(r"^PAIR (\d+)$(.*?)(?=^PAIR |\Z)", re.MULTILINE | re.DOTALL)
_KINDS = {"advice": "advice", "actions": "action", "decisions": "decision", "open_questions": "question"}
_SLIP = 9
"""About one answer in so many is wrong on purpose."""


class SampleModel:
    """A transport that answers from the datasets' labels."""

    model = MODEL

    def __init__(self) -> None:
        sessions = [s["gold"] for split in datasets.SPLITS for s in Programme(split).table("sessions")]
        calls = [row["gold"] for split in datasets.SPLITS for row in datasets.rows("languages", split)]
        self._golds = [*sessions, *(_from_call(gold) for gold in calls)]
        self._keep = [
            q for split in datasets.SPLITS for r in datasets.rows("hostile", split) for q in r["keep"]
        ]
        self._pairs = _labels()
        self._goals = {
            " ".join(r["input"]["text"].split()): r["expect"]
            for split in datasets.SPLITS
            for r in datasets.rows("coaching", split)
        }

    def complete(self, ask: Ask, deadline: Deadline) -> Answer:
        user = ask.messages[1].content
        data = {m[1]: m[3] for m in _DATA.finditer(user)}
        answers = {
            "recap": self._recap,
            "recap_summary": _summary,
            "judge": self._judge,
            "second_look": self._judge,
            "coach": self._coach,
            "agenda": _agenda,
        }
        said = json.dumps(answers[ask.name](data, user), ensure_ascii=False)
        words = sum(len(m.content.split()) for m in ask.messages)
        usage = Usage(calls=1, prompt_tokens=words, completion_tokens=len(said.split()))
        return Answer(text=said, usage=usage)

    def _recap(self, data: Mapping[str, str], user: str) -> dict[str, Any]:
        lines = [(int(n), who, text) for n, who, text in _LINE.findall(data["turns"])]
        claims: list[dict[str, Any]] = []
        for gold in self._golds:
            for key, kind in _KINDS.items():
                claims += [c for row in gold.get(key, ()) for c in _claims(kind, row, lines)]
        for quote in self._keep:
            claims += _claims("advice", {"quote": quote}, lines)
        points = [{"text": c["text"], "turns": c["turns"]} for c in claims[:10]]
        return {"points": points, "claims": claims, "withdrawn": []}

    def _judge(self, data: Mapping[str, str], user: str) -> dict[str, Any]:
        verdicts = []
        for number, block in _PAIR.findall(data["pairs"]):
            texts = re.findall(r"^(?:first|second) advice: (.*)$", block, re.MULTILINE)
            label, kind = self._pairs.get(frozenset(texts), ("compatible", None))
            clash = label == "conflict"
            verdicts.append(
                {
                    "pair": int(number),
                    **dict.fromkeys(_THINKING, "…"),
                    "label": label,
                    "certainty": "unsure" if _slips(*sorted(texts)) else "likely",
                    "kind": kind,
                    "severity": 2 if clash else 1,
                    "when_first": f"when {texts[0]}" if clash else "",
                    "when_second": f"when {texts[1]}" if clash else "",
                    "settle": "What does this depend on in my case?" if clash else "",
                }
            )
        return {"verdicts": verdicts}

    def _coach(self, data: Mapping[str, str], user: str) -> dict[str, Any]:
        goal = " ".join(data["goal"].split())
        expect = self._goals.get(goal, {})
        return {
            "missing": expect.get("missing_includes", ["measure", "deadline"])
            if not expect.get("specific")
            else [],
            "specific": bool(expect.get("specific")),
            "suggestion": f"By [date], I have [measure] for this: {goal[:400]}",
            "questions": ["How is it judged?", "What would you drop in my place?", "What should I do first?"],
            "fits_minutes": 30,
        }


_THINKING = ("doing_first", "doing_second", "both", "case_for_both", "case_for_conflict", "decider")


def _from_call(gold: Mapping[str, Any]) -> dict[str, Any]:
    return {"advice": [{"quote": q} for q in gold["advice"]], "actions": gold["actions"]}


def _claims(
    kind: str, row: Mapping[str, Any], lines: Sequence[tuple[int, str, str]]
) -> Iterator[dict[str, Any]]:
    at = next((n for n, _, text in lines if row["quote"] in text), None)
    if at is not None:
        quote = row["quote"]
        yield {
            "turns": [at],
            "quote": f"Surely {quote}" if _slips(quote) else quote,
            "kind": kind,
            "text": row.get("normalized") or row.get("task") or row.get("text") or quote,
            "topic": str(row.get("topic", "")).replace("-", " "),
            "condition": None,
            "owner": row.get("owner"),
            "due": find_due(quote) if row.get("due") else None,
            "certainty": "clear",
        }


def _summary(data: Mapping[str, str], user: str) -> dict[str, Any]:
    notes = _NOTE.findall(data["points"] + "\n" + data["claims"])
    points = [{"text": text, "turns": [int(t) for t in turns.split(",")]} for _, turns, text in notes[:6]]
    return {
        "summary": points,
        "thanks": f"Thank you. What stays with me: {notes[0][2]}" if notes else "",
        "drop": [],
    }


def _agenda(data: Mapping[str, str], user: str) -> dict[str, Any]:
    found = re.search(r"lasts (\d+) minutes", user)
    minutes = int(found[1]) if found else 30
    goal = " ".join(data["goal"].split())[:120]
    return {
        "items": [
            {"title": "Where things stand", "minutes": 5, "purpose": "A common start.", "prompts": []},
            {"title": "The goal itself", "minutes": max(5, minutes - 10), "purpose": goal, "prompts": []},
            {"title": "Agree the next steps", "minutes": 5, "purpose": "Who does what.", "prompts": []},
        ],
        "questions": ["What would you do first in my place?"],
        "prework": [],
        "done_when": "We both know what happens next and who does it.",
    }


def _slips(*texts: str) -> bool:
    return int(content_hash(*texts)[-6:], 16) % _SLIP == 0


def _labels() -> dict[frozenset[str], tuple[str, str | None]]:
    from evals.suites.pairs import SUITE

    cases = [case for split in datasets.SPLITS for case in SUITE.cases(split)]
    return {
        frozenset(" ".join(case.input[side].split()) for side in "ab"): (
            case.gold["label"],
            case.gold["kind"],
        )
        for case in cases
    }


def record(file: Path = FILE) -> Cassette:
    """Ask the sample everything that the recorded suites ask, and write its answers."""
    from evals.measure import chosen, measure

    cassette = Cassette(file)
    engine = LlmEngine(LlmConfig(model=MODEL, parallel=1), Recorder(SampleModel(), cassette))
    measure(Subject(engine), chosen((), "llm", recorded=True), now=SystemClock().now())
    cassette.write()
    return cassette


if __name__ == "__main__":
    sys.stdout.write(f"{len(record().takes)} answers written to {FILE}\n")
