"""Puts the outputs of a run before the judges. What they say is printed; it gates only with a good card."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from copilot.engines.llm import ChatTransport
from copilot.errors import EngineFailed
from evals.judges import Card, ask, cards
from evals.result import CaseRun, CaseVerdict, Number, Run

MOST = 20
"""Cases of a suite and split that are judged; judging costs money."""


def judge_transport(model: str) -> ChatTransport:
    """The configured endpoint, asked for this model. Raises BadInput without a configuration."""
    from copilot.bootstrap import read_settings
    from copilot.engines.llm import LlmConfig
    from copilot.engines.llm.openai_chat import OpenAIChat

    return OpenAIChat(LlmConfig.from_settings(read_settings(model=model)))


def judge_with_model(run: Run, model: str) -> None:
    """Every judge there is, asked of one model."""
    judge_run(run, cards(), judge_transport(model))


def judge_run(run: Run, judges: list[Card], transport: ChatTransport) -> None:
    """Adds "judged_NAME" to the suites that have a judge; a judge that does not answer counts as no."""
    run.judge = transport.model
    for suite in run.suites:
        for card in (c for c in judges if c.suite == suite.name):
            cases = [case for case in suite.cases if case.failed is None][:MOST]
            for case in cases:
                case.verdicts.append(_verdict(card, case, transport))
            if cases:
                name = f"judged_{card.name}"
                values = [v.value for c in cases for v in c.verdicts if v.name == name]
                share = sum(values) / len(values)
                says = f"{card.question} ({card.standing})"
                found = Number(
                    name=name, better="higher", says=says, value=share, items=len(values), repeats=[share]
                )
                suite.numbers.append(found)


def _verdict(card: Card, case: CaseRun, transport: ChatTransport) -> CaseVerdict:
    try:
        answer = ask(card, shown_to_judge(card, case), transport)
    except EngineFailed as failure:
        answer = f"(no answer: {failure.reason})"
    return CaseVerdict(name=f"judged_{card.name}", value=float(answer in card.good), why=answer)


def shown_to_judge(card: Card, case: CaseRun) -> str:
    """The case as the labelled examples are written."""
    output: Mapping[str, Any] = case.output
    if card.suite == "agenda":
        agenda = output["agenda"]
        rows = [f"Goal: {agenda['goal']} {agenda['minutes']} minutes."]
        rows += [f"Open from last time: {line}" for line in agenda["open_actions"]]
        rows += [
            f"{i['minutes']} {i['title']}: {i['purpose']} {' '.join(i['prompts'])}" for i in agenda["items"]
        ]
        return "\n".join(rows)
    said = [f"{turn['speaker'].title()}: {turn['text']}" for turn in output["turns"]]
    points = [point["text"] for point in output["recap"]["summary"]]
    return "\n".join(["SAID", *said, "SUMMARY", *points])
