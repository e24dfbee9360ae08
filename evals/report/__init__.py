"""Writes a run as JSON, Markdown and one page that can be opened anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evals.compare import Comparison
from evals.gates import Finding
from evals.report.markdown import markdown
from evals.report.page import page
from evals.result import Run, save


def write_reports(
    run: Run, folder: Path, *, findings: Sequence[Finding] = (), comparison: Comparison | None = None
) -> list[Path]:
    """report.json, report.md and report.html in `folder`; returns their paths."""
    files = [folder / f"report.{ending}" for ending in ("json", "md", "html")]
    save(run, files[0])
    files[1].write_text(markdown(run, findings, comparison), encoding="utf-8")
    files[2].write_text(page(run, findings, comparison), encoding="utf-8")
    return files
