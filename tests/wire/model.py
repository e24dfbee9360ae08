"""What an honest, if simple-minded, model would answer: worked out from the request alone."""

from __future__ import annotations

import json
import re
from typing import Any

from wire.stub import Call, Reply, completion

LINE = re.compile(r"^\[(\d+)\] (mentor|mentee|other): (.*)$", re.MULTILINE)
NOTE = re.compile(r"^(\d+)\. \((?:\w+, )?turns ([\d, ]+)\) (.*)$", re.MULTILINE)
PAIR = re.compile(r"^PAIR (\d+)$(.*?)(?=^PAIR |\Z)", re.MULTILINE | re.DOTALL)
ADVICE = re.compile(r"[^.?!]*\b(?:you should|try to|don't|ask your)\b[^.?!]*[.?!]", re.IGNORECASE)
PROMISE = re.compile(r"[^.?!]*\bI'll\b[^.?!]*[.?!]")
DUE = re.compile(r"\b(?:by|on|before) \w+day\b")


def honest(call: Call) -> dict[str, Any]:
    """The answer to any of the prompts."""
    by_keys = {
        "claims": _recap,
        "drop": _summary,
        "verdicts": _verdicts,
        "suggestion": _coach,
        "items": _agenda,
    }
    return next(answer(call) for key, answer in by_keys.items() if key in call.keys)


def well(call: Call) -> Reply:
    """The behaviour of an endpoint with nothing wrong."""
    return completion(call, json.dumps(honest(call), ensure_ascii=False))


def _recap(call: Call) -> dict[str, Any]:
    lines = [(int(n), who, text) for n, who, text in LINE.findall(call.data["turns"])]
    claims = []
    for number, who, text in lines:
        if who == "mentor":
            claims += [claim(number, m.group().strip(), "advice") for m in ADVICE.finditer(text)]
        for m in PROMISE.finditer(text):
            due = DUE.search(m.group())
            claims.append(
                claim(number, m.group().strip(), "action", owner=who, due=due.group() if due else None)
            )
    first, _, words = lines[0]
    points = [{"text": f"They spoke about this: {words[:80]}", "turns": [first]}] if claims else []
    return {"points": points, "claims": claims, "withdrawn": []}


def claim(turn: int, quote: str, kind: str, **more: Any) -> dict[str, Any]:
    return {
        "turns": [turn],
        "quote": quote,
        "kind": kind,
        "text": f"Do this: {quote}",
        "topic": "the-work",
        "condition": None,
        "owner": None,
        "due": None,
        "certainty": "clear",
        **more,
    }


def _summary(call: Call) -> dict[str, Any]:
    notes = NOTE.findall(call.data["points"] + "\n" + call.data["claims"])
    points = [{"text": text, "turns": [int(t) for t in turns.split(",")]} for _, turns, text in notes[:5]]
    return {"summary": points, "thanks": f"Thank you. What stays with me: {notes[-1][2]}", "drop": []}


def _verdicts(call: Call) -> dict[str, Any]:
    """Sees a conflict where exactly one of the two says "never" or "not"."""
    second = "case_for_both" in call.system
    verdicts = []
    for number, block in PAIR.findall(call.data["pairs"]):
        texts = re.findall(r"^(?:first|second) advice: (.*)$", block, re.MULTILINE)
        clash = sum(bool(re.search(r"\b(?:never|not)\b", text, re.IGNORECASE)) for text in texts) == 1
        thinking = (
            {"case_for_both": "…", "case_for_conflict": "…", "decider": "…"}
            if second
            else {"doing_first": "…", "doing_second": "…", "both": "…"}
        )
        verdicts.append(
            {
                "pair": int(number),
                **thinking,
                "label": "conflict" if clash else "compatible",
                "certainty": "certain",
                "kind": "direct" if clash else None,
                "severity": 2 if clash else 1,
                "when_first": f"when {texts[0]}" if clash else "",
                "when_second": f"when {texts[1]}" if clash else "",
                "settle": "What does the client count?" if clash else "",
            }
        )
    return {"verdicts": verdicts}


def _coach(call: Call) -> dict[str, Any]:
    return {
        "missing": ["measure", "deadline"],
        "specific": False,
        "suggestion": f"By [date], I have [measure] for this: {' '.join(call.data['goal'].split())[:200]}",
        "questions": ["How is it judged?", "What would you drop in my place?", "What should I do first?"],
        "fits_minutes": 30,
    }


def _agenda(call: Call) -> dict[str, Any]:
    minutes = int(re.search(r"lasts (\d+) minutes", call.body["messages"][1]["content"])[1])  # type: ignore[index]
    items = [
        {"title": "What has changed", "minutes": 5, "purpose": "A common start.", "prompts": ["Since then…"]},
        {"title": "The draft", "minutes": minutes - 10, "purpose": "A better draft.", "prompts": []},
        {"title": "Next steps", "minutes": 5, "purpose": "Two promises.", "prompts": []},
    ]
    return {
        "items": items,
        "questions": ["What would you cut?"],
        "prework": [],
        "done_when": "I leave with a plan.",
    }
