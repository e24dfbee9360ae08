"""From an edit to a case: consent, names replaced, nothing counts before a review."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from faults.answer_key import AnswerKey

from copilot.bootstrap import Copilot
from copilot.domain import Triage
from copilot.errors import BadInput, NotFound
from copilot.settings import Settings
from copilot.testing import FixedClock, HashEmbedder
from copilot.workflow.conflicts import scan_programme, triage
from copilot.workflow.import_programme import import_programme
from copilot.workflow.recap import recap_session
from evals import datasets
from evals.masking import Mask
from evals.proposals import propose

NOW = datetime(2026, 1, 10, tzinfo=UTC)


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Copilot:
    """The dev programme, drafted by an engine that knows the labels; ds1 edited by its mentor."""
    data = tmp_path_factory.mktemp("data")
    made = Copilot(Settings(data=data, engine="local", _env_file=None), FixedClock(NOW))
    made.__dict__["engine"] = AnswerKey()
    made.__dict__["embedder"] = HashEmbedder()
    import_programme(made.store, datasets.ROOT / "recaps" / "dev", made.programme)
    for session in ("ds1", "ds2", "ds3"):
        recap_session(made, session)
    with made.store.write(made.programme) as unit:
        draft = unit.recaps.latest("ds1")
        assert draft is not None
        note = replace(draft.advice[0], text="Meet Deirdre first; ring me on 087 555 0142 if Aoife cries.")
        unit.recaps.edit("ds1", 1, replace(draft, advice=(note, *draft.advice[2:])), editor="dm01")
    for session, mentor in (("ds1", "dm01"), ("ds2", "dm02")):
        with made.store.write(made.programme) as unit:
            latest = unit.recaps.latest(session)
            assert latest is not None
            unit.recaps.approve(session, latest.version, by=mentor, at=NOW)
    return made


def test_an_edited_recap_becomes_a_proposal_without_names_or_numbers(parts: Copilot, tmp_path: Path) -> None:
    made = propose(parts, "recap", "ds1", consent=True, folder=tmp_path)
    text = made.file.read_text()
    case = json.loads(text)
    for name in ("Aoife", "Brannigan", "Lorcan", "Deasy", "087 555"):
        assert name not in text
    assert case["reviewed_by"] is None
    assert len(case["removed"]["advice"]) == 2
    assert len(case["added"]["advice"]) == 1
    assert case["session"]["started_at"].startswith("2025-10-07T12:15")
    assert made.replaced >= 3
    assert made.review


def test_quotes_still_stand_in_the_masked_turns(parts: Copilot, tmp_path: Path) -> None:
    case = json.loads(propose(parts, "recap", "ds1", consent=True, folder=tmp_path).file.read_text())
    said = [turn["text"] for turn in case["session"]["turns"]]
    quotes = [row["quote"] for rows in case["edited"].values() for row in rows]
    assert quotes
    assert all(any(quote in text for text in said) for quote in quotes)


def test_without_consent_nothing_is_written(parts: Copilot, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="--consent"):
        propose(parts, "recap", "ds1", consent=False, folder=tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("kind", "id", "says"),
    [("recap", "ds3", "Nobody has edited"), ("recap", "ds4", "no recap"), ("goal", "x", "not from 'goal'")],
)
def test_what_teaches_nothing_is_refused(
    parts: Copilot, tmp_path: Path, kind: str, id: str, says: str
) -> None:
    with pytest.raises(BadInput, match=says):
        propose(parts, kind, id, consent=True, folder=tmp_path)


def test_an_unknown_id_is_said_to_be_unknown(parts: Copilot, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        propose(parts, "recap", "nothing", consent=True, folder=tmp_path)


def test_a_rejected_conflict_becomes_a_pair_that_fits_together(parts: Copilot, tmp_path: Path) -> None:
    flags = scan_programme(parts, mentee="de1").conflicts
    assert flags
    with pytest.raises(BadInput, match="Triage it first"):
        propose(parts, "conflict", flags[0].id, consent=True, folder=tmp_path)
    triage(parts, flags[0].id, Triage.BOTH_HOLD, reason="Bríd says both work", by="coordinator")
    case = json.loads(propose(parts, "conflict", flags[0].id, consent=True, folder=tmp_path).file.read_text())
    assert (case["label"], case["kind"], case["suite"]) == ("compatible", None, "conflict_pairs")
    assert case["reviewed_by"] is None


def test_the_same_edit_is_not_proposed_over_a_review(parts: Copilot, tmp_path: Path) -> None:
    propose(parts, "recap", "ds1", consent=True, folder=tmp_path)
    with pytest.raises(BadInput, match="proposed before"):
        propose(parts, "recap", "ds1", consent=True, folder=tmp_path)


def test_proposals_are_in_no_suite() -> None:
    assert "proposed" not in {p.name for p in datasets.ROOT.iterdir() if p.name in datasets.SPLITS}
    assert not list(datasets.rows("proposed", "dev"))


def test_a_name_gets_one_stand_in_throughout() -> None:
    mask = Mask(["Ann Lee", "Bo Ek"])
    found = mask.text("Ann said that ANN and Lee's friend asked ann@lee.org or +44 20 7946 0958. Annual pay.")
    assert "Ann " not in found
    assert "ann@lee.org" not in found
    assert "7946" not in found
    assert "Annual pay" in found
    first = found.split()[0]
    assert found.count(first) == 2
