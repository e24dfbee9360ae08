"""The report page in a real browser: verdict first, cases open, stored attacks stay text."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "unit"))
from test_evals_reports import ATTACK, attacked

from evals.report import write_reports

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: no page was opened")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [380, 1300])
def test_a_stored_attack_shows_as_text_and_nothing_runs(
    browser: Any, tmp_path: Path, scheme: str, width: int
) -> None:
    write_reports(attacked(), tmp_path)
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    troubles: list[str] = []
    page.on("dialog", lambda dialog: (troubles.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on(
        "request",
        lambda request: None if request.url.startswith(("file:", "data:")) else troubles.append(request.url),
    )
    page.goto((tmp_path / "report.html").as_uri())
    for closed in page.locator("details").all():
        closed.evaluate("element => element.open = true")
    shown = page.inner_text("body")
    assert ATTACK.split(" ")[0].split(">")[0] + ">" in shown
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1")
    assert page.inner_text("h1")
    assert troubles == []
    context.close()
