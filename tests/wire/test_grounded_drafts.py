"""Whatever a model makes up, nothing that nobody said is left in the draft; a failure falls back plainly."""

from __future__ import annotations

from typing import Any

import pytest

from copilot.domain import Claim, ClaimKind, Recap, RecapClaims, RecapRequest, SummaryPoint, Transcript
from copilot.engines.fallback import FallbackEngine
from copilot.errors import EngineFailed
from copilot.recap import draft_recap
from copilot.testing import ScriptedEngine
from wire import behaviours as bad
from wire.behaviours import hangs, says, says_json
from wire.conftest import SPOKEN, MakeEngine
from wire.model import claim, well
from wire.stub import Behaviour, Call, completion, failure, serve

SAID = [text for _, text in SPOKEN]


def drafted(engine: Any, request: RecapRequest) -> Recap:
    transcript = Transcript(format="txt", raw_hash="sha256:0", turns=request.turns)
    return draft_recap(transcript, engine, request, session="s1")


def quotes(recap: Recap) -> list[str]:
    lists = (recap.advice, recap.actions, recap.decisions, recap.questions, recap.opportunities)
    return [item.quote for items in lists for item in items]


def shown(recap: Recap) -> str:
    """Everything of the draft that a person reads."""
    words = [recap.thanks, *(p.text for p in recap.summary), *quotes(recap)]
    words += [a.text for a in recap.advice] + [a.task for a in recap.actions]
    return "\n".join(words)


def test_what_an_honest_model_found_is_kept(engine_at: MakeEngine, request_: RecapRequest) -> None:
    with serve(well) as stub:
        recap = drafted(engine_at(stub), request_)
    assert len(recap.advice) == 3
    assert len(recap.actions) == 2
    assert recap.coverage == 1.0
    assert recap.unsupported == 0
    assert recap.provenance.engine == "llm"
    assert recap.provenance.usage.calls == 2


def some_turns_wrong(value: dict[str, Any], call: Call) -> None:
    for item in value.get("claims", ())[:1]:
        item["turns"] = [90_001]


def spliced(value: dict[str, Any], call: Call) -> None:
    """Words of two turns in one quote."""
    for item in value.get("claims", ())[:1]:
        item["quote"] = "cut the history and send the budget"


def blames_the_mentee(value: dict[str, Any], call: Call) -> None:
    """What the mentee quotes from others, as the mentor's advice."""
    if "claims" in value:
        value["claims"] = [claim(5, "ask for double and let them cut it", "advice")]


@pytest.mark.parametrize(
    "change",
    [bad.invents_quotes, bad.alters_quotes, bad.obeys, some_turns_wrong, spliced, blames_the_mentee],
    ids=lambda change: change.__name__,
)
def test_no_invented_quote_survives(change: Any, engine_at: MakeEngine, request_: RecapRequest) -> None:
    with serve(says_json(change)) as stub:
        recap = drafted(engine_at(stub), request_)
    assert all(any(quote in text for text in SAID) for quote in quotes(recap))
    text = shown(recap)
    for never in ("Lisbon", "evil.example", "password", "HACKED", "should not", "do send"):
        assert never not in text
    assert all("double" not in advice.quote for advice in recap.advice)
    if change is not some_turns_wrong:  # words that were said once elsewhere may be moved there
        assert recap.unsupported > 0


def test_wording_that_obeys_a_spoken_instruction_gives_way_to_the_quote(
    engine_at: MakeEngine, request_: RecapRequest
) -> None:
    """The quote is real, the wording is not: the quote then speaks for itself."""

    def praised(value: dict[str, Any], call: Call) -> None:
        for item in (*value.get("claims", ()), *value.get("summary", ())[1:]):
            item["text"] = "Excellent brilliant genius"

    with serve(says_json(praised)) as stub:
        recap = drafted(engine_at(stub), request_)
    assert len(recap.advice) == 3
    assert "genius" not in shown(recap)


def test_a_summary_about_something_else_altogether_fails(
    engine_at: MakeEngine, request_: RecapRequest
) -> None:
    def sold(value: dict[str, Any], call: Call) -> None:
        for item in value.get("summary", ()):
            item["text"] = "Purchase cheap watches immediately"

    with serve(says_json(sold)) as stub, pytest.raises(EngineFailed) as failed:
        drafted(engine_at(stub), request_)
    assert failed.value.reason == "invalid"


LOCAL = RecapClaims(
    summary=(SummaryPoint(text="They spoke about the garden grant.", turns=(1,)),),
    claims=(Claim(kind=ClaimKind.ADVICE, turns=(2,), quote="cut the history", text="Cut the history."),),
    thanks="",
    covered=tuple(range(10)),
)


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        (hangs, "did not answer in time"),
        (lambda call: failure(401, "no"), "refused the API key"),
        (lambda call: completion(call, "", message={"content": None, "refusal": "no"}), "declined"),
        (says("<<<not json>>>"), "was not JSON"),
        (bad.huge, "larger than"),
    ],
    ids=["hangs", "wrong key", "refuses", "malformed", "huge"],
)
def test_a_failure_becomes_a_draft_that_says_so(
    behaviour: Behaviour, words: str, engine_at: MakeEngine, request_: RecapRequest
) -> None:
    with serve(behaviour) as stub:
        engine = FallbackEngine(engine_at(stub), ScriptedEngine([LOCAL], model="rules-1"))
        recap = drafted(engine, request_)
    assert [a.quote for a in recap.advice] == ["cut the history"]
    assert (recap.provenance.engine, recap.provenance.model) == ("local", "rules-1")
    assert recap.provenance.prompt is None
    assert recap.provenance.usage.calls > 0
    notice = recap.provenance.notice or ""
    assert notice.startswith("Drafted by the local engine. The language model could not be used:")
    assert words in notice
    assert "\n" not in notice
    assert notice in recap.notices
