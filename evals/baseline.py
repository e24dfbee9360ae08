"""The blessed run that others are compared with."""

from __future__ import annotations

from pathlib import Path

from copilot.errors import BadInput
from evals.compare import Comparison, compare
from evals.result import Run, load, save_baseline

FOLDER = Path(__file__).parent / "baselines"


def baseline_file(run: Run) -> Path:
    """baselines/local.json, llm.json, or NAME.json for the replay of NAME.jsonl."""
    return FOLDER / f"{Path(run.recorded).stem if run.recorded else run.engine}.json"


def against(run: Run, file: Path | None = None) -> Comparison | None:
    """Compare with `file`, else with the blessed baseline of this engine; None where there is none.

    What this run did not measure is left out of the comparison.
    """
    chosen = file or baseline_file(run)
    if file is None and not chosen.is_file():
        return None
    before = load(chosen)
    measured = {suite.key for suite in run.suites}
    before.suites = [suite for suite in before.suites if suite.key in measured]
    return compare(before, run)


def bless_run(run: Run, *, whole: bool) -> Path:
    """Make a run the baseline. Raises BadInput for a run of only some suites, or with holes."""
    if not whole:
        raise BadInput(
            "Only a run of all suites and splits can be blessed.", "Run eval without SUITE and --split."
        )
    holes = [suite.key for suite in run.suites if suite.error]
    if holes:
        raise BadInput(f"This run could not measure {', '.join(holes)}; it is no baseline.")
    file = baseline_file(run)
    save_baseline(run, file)
    return file
