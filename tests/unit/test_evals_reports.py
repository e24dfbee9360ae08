"""The reports: everything opens, stored attacks are text, nothing is loaded from elsewhere."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

from evals.gates import Gate, check
from evals.report import write_reports
from evals.result import CaseRun, CaseVerdict, Number, Run, SuiteRun, load

ATTACK = "<script>alert(1)</script><img src=x onerror=alert(2)> \u202egnp [x](javascript:alert(3)) {{ 7*7 }}"


def attacked() -> Run:
    case = CaseRun(
        id="c<b>1",
        title=ATTACK,
        input={"text": ATTACK, "spoken": [["Mentor", ATTACK]], ATTACK: 1},
        gold={"never": [ATTACK]},
        output={
            "recap": {"advice": [{"quote": ATTACK, "turns": [0]}]},
            "turns": [{"n": 0, "label": ATTACK, "text": ATTACK, "speaker": "mentor", "start": None}],
        },
        verdicts=[CaseVerdict(name="verbatim", value=0.5, why=ATTACK)],
    )
    failed = CaseRun(id="c2", title="t", failed=ATTACK)
    number = Number(name="verbatim", better="higher", says="x", value=0.5, items=2, repeats=[0.4, 0.6])
    suite = SuiteRun(
        name="recaps", says="s", split="dev", numbers=[number], cases=[case, failed], p50=1, p95=2
    )
    hole = SuiteRun(name="pairs", says="s", split="dev", error=ATTACK)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return Run(
        made=now,
        engine="llm",
        model=ATTACK,
        repeat=2,
        thresholds="x",
        suites=[suite, hole],
        recorded="r.jsonl",
    )


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def written(folder: Path) -> tuple[str, str]:
    run = attacked()
    gate = Gate(number="recaps/dev/verbatim", better="higher", accept=1, tolerance=0, run="2026-01-01")
    write_reports(run, folder, findings=check([gate], run))
    return (folder / "report.html").read_text(), (folder / "report.md").read_text()


def test_attacks_that_are_stored_in_a_case_show_as_text(tmp_path: Path) -> None:
    page, _ = written(tmp_path)
    parser = Tags()
    parser.feed(page)
    names = [name for name, _ in parser.tags]
    assert "script" not in names
    assert "img" not in names
    assert not [a for _, attributes in parser.tags for a in attributes if a.startswith("on")]
    assert "&lt;script&gt;alert(1)" in page
    assert "\u202e" not in page
    assert "{{ 7*7 }}" in page


def test_the_page_stands_alone(tmp_path: Path) -> None:
    page, _ = written(tmp_path)
    parser = Tags()
    parser.feed(page)
    links = [a.get("href") or "" for name, a in parser.tags if name in {"a", "link"}]
    assert all(link.startswith("#") for link in links)
    assert not [a for _, a in parser.tags if a.get("src")]
    assert "default-src 'none'" in page


def test_every_link_leads_to_a_place_on_the_page(tmp_path: Path) -> None:
    page, _ = written(tmp_path)
    parser = Tags()
    parser.feed(page)
    places = {a["id"] for _, a in parser.tags if a.get("id")}
    targets = {(a["href"] or "")[1:] for name, a in parser.tags if name == "a" and a.get("href")}
    assert targets <= places
    assert len([1 for name, a in parser.tags if name == "details" and a.get("class") == "case"]) == 2


def test_the_verdict_comes_first_and_a_hole_is_not_hidden(tmp_path: Path) -> None:
    page, text = written(tmp_path)
    assert page.index("1 gate failed") < page.index("At a glance")
    assert "not measured" in page
    assert "Could not be measured" in text
    assert "Replayed" in page


def test_markdown_has_no_live_markup_from_cases(tmp_path: Path) -> None:
    _, text = written(tmp_path)
    assert not re.search(r"(?<!\\)<(script|img)", text)
    assert "](javascript" not in text.replace("\\]", "")


def test_the_json_is_read_back(tmp_path: Path) -> None:
    written(tmp_path)
    assert load(tmp_path / "report.json") == attacked()
