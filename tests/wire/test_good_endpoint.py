"""An endpoint with nothing wrong: whole drafts, every turn read once, tokens and money counted."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from copilot.domain import (
    AdvicePair,
    AdviceSide,
    AgendaRequest,
    ClaimKind,
    CoachRequest,
    Disagreement,
    Label,
    OpenAction,
    RecapRequest,
    Speaker,
)
from wire.behaviours import only
from wire.conftest import KEY, MakeEngine, make_turns
from wire.model import LINE, well
from wire.stub import Call, Reply, completion, serve


def side(advice: str, text: str, **more: str) -> AdviceSide:
    return AdviceSide(advice=advice, session="s", mentor="m", mentee="e", quote=text, text=text, **more)


def pair(n: int, a: str, b: str) -> AdvicePair:
    return AdvicePair(a=side(f"a{n}", a), b=side(f"b{n}", b), goal="keep the client")


def test_a_recap_claims_what_was_said(engine_at: MakeEngine, request_: RecapRequest) -> None:
    with serve(well) as stub:
        drafted = engine_at(stub).recap(request_)
    claims = drafted.value.claims
    assert [c.turns for c in claims if c.kind is ClaimKind.ADVICE] == [(2,), (4,), (6,)]
    promise = next(c for c in claims if c.kind is ClaimKind.ACTION)
    assert (promise.owner, promise.due) == (Speaker.MENTEE, "by Thursday")
    assert drafted.value.summary
    assert drafted.value.thanks
    assert drafted.value.covered == tuple(range(10))
    assert (drafted.engine, drafted.model, drafted.notice) == ("llm", "stub-1", None)
    assert [part.split("@")[0] for part in (drafted.prompt or "").split()] == ["recap", "recap_summary"]


def test_tokens_and_money_add_up(engine_at: MakeEngine, request_: RecapRequest) -> None:
    with serve(well) as stub:
        usage = engine_at(stub).recap(request_).usage
    assert (usage.calls, usage.prompt_tokens, usage.completion_tokens) == (2, 2000, 200)
    assert usage.cost == pytest.approx((2000 * 2.0 + 200 * 10.0) / 1e6)


def test_unknown_tokens_mean_unknown_cost(engine_at: MakeEngine, request_: RecapRequest) -> None:
    def no_usage_at_first(call: Call) -> Reply:
        good = json.loads(well(call).body)
        if call.number == 1:
            del good["usage"]
        return Reply(json.dumps(good).encode())

    with serve(no_usage_at_first) as stub:
        usage = engine_at(stub).recap(request_).usage
    assert (usage.calls, usage.prompt_tokens, usage.cost) == (2, 1000, None)


def test_every_turn_of_a_long_session_is_read_once_as_its_own(engine_at: MakeEngine) -> None:
    turns = make_turns(60)
    with serve(well) as stub:
        drafted = engine_at(stub, window_words=500, parallel=4).recap(RecapRequest(turns=turns))
        windows = [call for call in stub.calls if "turns" in call.data]
    read = sorted(int(n) for call in windows for n, _, _ in LINE.findall(call.data["turns"]))
    assert len(windows) > 10
    assert read == list(range(600))
    assert drafted.value.covered == tuple(range(600))
    cited = [c.turns[0] for c in drafted.value.claims if c.kind is ClaimKind.ADVICE]
    assert cited == sorted(cited)
    assert len(cited) == 180


def test_a_session_of_small_talk_gives_an_empty_recap(engine_at: MakeEngine) -> None:
    turns = make_turns()[:2]
    with serve(well) as stub:
        value = engine_at(stub).recap(RecapRequest(turns=turns)).value
        assert len(stub.calls) == 1
    assert (value.summary, value.claims, value.thanks) == ((), (), "")


def test_verdicts_do_not_depend_on_the_order_of_the_sides(engine_at: MakeEngine) -> None:
    texts = [("Always ring the client first.", "Never ring the client."), ("Rest.", "Read the brief.")] * 6
    there = [pair(n, a, b) for n, (a, b) in enumerate(texts)]
    back = [replace(p, a=p.b, b=p.a) for p in there]
    with serve(well) as stub:
        engine = engine_at(stub)
        one, other = engine.judge(there).value, engine.judge(back).value
        assert len(stub.calls) == 8  # twelve pairs: two batches in each of two orders, twice
    assert [v.label for v in one[:2]] == [Label.CONFLICT, Label.COMPATIBLE]
    for first, second in zip(one, other, strict=True):
        assert first == replace(second, when_a=second.when_b, when_b=second.when_a)
    assert one[0].when_a == "when Always ring the client first."


def test_a_model_that_always_blames_the_first_side_is_averaged_out(engine_at: MakeEngine) -> None:
    """It sees a conflict only when "Never" comes first: one order says yes, the other no."""

    def prejudiced(call: Call) -> Reply:
        value = json.loads(json.loads(well(call).body)["choices"][0]["message"]["content"])
        if "first advice: Always" in call.data["pairs"]:
            for verdict in value["verdicts"]:
                verdict["label"] = "compatible"
        return completion(call, json.dumps(value))

    pairs = [pair(1, "Always ring the client first.", "Never ring the client.")]
    with serve(prejudiced) as stub:
        verdict = engine_at(stub).judge(pairs).value[0]
    assert verdict.label is Label.COMPATIBLE
    assert 0.4 < verdict.score < 0.5


def test_a_second_look_knows_what_the_first_saw(engine_at: MakeEngine) -> None:
    pairs = [pair(1, "Always ring the client first.", "Never ring the client.")]
    with serve(well) as stub:
        engine = engine_at(stub)
        flagged = engine.judge(pairs).value
        again = engine.second_look(pairs, flagged)
        assert "a direct conflict" in stub.calls[-1].data["pairs"]
        assert "keep the client" in stub.calls[-1].data["pairs"]
    assert again.value[0].label is Label.CONFLICT
    assert (again.prompt or "").startswith("second_look@")


def test_coach_and_agenda(engine_at: MakeEngine) -> None:
    with serve(well) as stub:
        engine = engine_at(stub)
        coaching = engine.coach(CoachRequest(text="get beter at talks", minutes=30)).value
        plan = engine.agenda(
            AgendaRequest(
                goal="a talk that people remember",
                minutes=45,
                open_actions=(
                    OpenAction(task="record it", owner="mentee", due=date(2026, 3, 6), session="s"),
                ),
                disagreements=(Disagreement(topic="slides", ask="Few or none?"),),
            )
        ).value
        seen = stub.calls[-1].data
    assert len(coaching.questions) == 3
    assert "beter" in coaching.suggestion
    assert sum(item.minutes for item in plan.items) == 45
    assert "record it (owner: mentee; due: 2026-03-06)" in seen["open_actions"]
    assert "Few or none?" in seen["disagreements"]


def test_a_figure_that_the_mentee_never_gave_is_sent_back(engine_at: MakeEngine) -> None:
    def inventive(call: Call) -> Reply:
        value = json.loads(json.loads(well(call).body)["choices"][0]["message"]["content"])
        if not call.repair:
            value["suggestion"] = "By 2027 I give 12 talks to 300 people."
        return completion(call, json.dumps(value))

    with serve(inventive) as stub:
        coaching = engine_at(stub).coach(CoachRequest(text="better talks"))
        assert "['12', '2027', '300']" in stub.calls[1].body["messages"][-1]["content"]
    assert "2027" not in coaching.value.suggestion
    assert coaching.usage.calls == 2


def test_the_method_that_worked_is_remembered(
    engine_at: MakeEngine, request_: RecapRequest, tmp_path: Path
) -> None:
    file = tmp_path / "data" / "llm-methods.json"
    with serve(only("json_object")) as stub:
        engine = engine_at(stub, methods_file=file)
        engine.recap(request_)
        engine_at(stub, methods_file=file).recap(request_)
        methods = [call.method for call in stub.calls]
    assert methods == ["json_schema", "tool", *["json_object"] * 4]
    assert "127.0.0.1" not in file.read_text()


def test_a_damaged_memory_of_methods_is_learnt_again(
    engine_at: MakeEngine, request_: RecapRequest, tmp_path: Path
) -> None:
    file = tmp_path / "llm-methods.json"
    file.write_text("{nonsense")
    with serve(well) as stub:
        assert engine_at(stub, methods_file=file).recap(request_).value.claims
    assert "json_schema" in file.read_text()


def test_nothing_of_the_session_reaches_the_logs_or_langsmith(
    engine_at: MakeEngine,
    request_: RecapRequest,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    with serve(well) as spy, serve(well) as stub:
        for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2", "LANGSMITH_TRACING_V2"):
            monkeypatch.setenv(name, "true")
        base = spy.url.removesuffix("/v1")
        monkeypatch.setenv("LANGSMITH_ENDPOINT", base)
        monkeypatch.setenv("LANGSMITH_API_KEY", "lsv2_x")
        monkeypatch.setenv("LANGSMITH_GATEWAY", base)
        caplog.set_level(logging.DEBUG)
        engine_at(stub).recap(request_)
        assert not spy.calls
        assert len(stub.calls) == 2
    everything = caplog.text + "".join(capfd.readouterr())
    assert "garden" not in everything
    assert KEY not in everything
