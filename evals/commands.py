"""`eval` and `gate`: thin commands over the eval suite. Heavy parts are imported when they run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from copilot.clock import SystemClock
from copilot.errors import BadInput

EXAMPLE = (
    "Examples: mentor-copilot eval · mentor-copilot eval recaps hostile --split dev --repeat 3 · "
    "mentor-copilot eval --engine llm --model gpt-4.1-mini --baseline other/report.json · "
    "mentor-copilot eval --replay evals/cassettes/recorded-sample.jsonl · "
    "mentor-copilot eval add --from recap ts1 --consent"
)
REPORT = Path("eval-report")


def register(app: typer.Typer) -> None:
    """Adds `eval` and `gate` to the command line."""
    app.command("eval", epilog=EXAMPLE)(evaluate)
    app.command("gate", epilog="Example: mentor-copilot gate eval-report/report.json")(gate)


def evaluate(
    suites: Annotated[
        list[str] | None, typer.Argument(help="Suites; or: add; or: judge NAME", metavar="[SUITE]...")
    ] = None,
    engine: Annotated[str, typer.Option(help="local or llm.")] = "local",
    model: Annotated[str | None, typer.Option(help="The model to measure.", metavar="M")] = None,
    split: Annotated[str | None, typer.Option(help="dev or test; both by default.")] = None,
    repeat: Annotated[int, typer.Option(help="Runs of every case.", min=1, max=20)] = 1,
    baseline: Annotated[
        Path | None, typer.Option(help="report.json to compare with.", metavar="FILE")
    ] = None,
    report: Annotated[Path, typer.Option(help="Folder for the reports.", metavar="DIR")] = REPORT,
    record: Annotated[Path | None, typer.Option(help="Keep a model's answers here.", metavar="FILE")] = None,
    replay: Annotated[Path | None, typer.Option(help="Answer from a recording.", metavar="FILE")] = None,
    judge: Annotated[
        str | None, typer.Option(help="Also let this model judge agendas and summaries.", metavar="M")
    ] = None,
    attacks: Annotated[
        Path | None, typer.Option(help="Measure attack strings of this folder.", metavar="DIR")
    ] = None,
    bless: Annotated[bool, typer.Option("--bless", help="Make this run the baseline of its engine.")] = False,
    source: Annotated[
        tuple[str, str] | None, typer.Option("--from", help="With add: recap ID, or conflict ID.")
    ] = None,
    consent: Annotated[bool, typer.Option("--consent", help="With add: both people agreed.")] = False,
    data: Annotated[
        Path | None, typer.Option(help="With add: where the database lies.", metavar="DIR")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Measure the copilot on labelled cases, with reports and a comparison case by case."""
    _need_evals()
    from evals import show
    from evals.baseline import against, bless_run
    from evals.gates import findings_for
    from evals.judging import judge_with_model
    from evals.plan import Plan, carry_out
    from evals.report import write_reports

    names = tuple(suites or ())
    if names[:1] == ("add",):
        _add(source, consent, data, as_json)
        return
    if names[:1] == ("judge",):
        _agreement(names[1:], model)
        return
    if source is not None or consent:
        raise BadInput("--from and --consent go with: mentor-copilot eval add")
    plan = Plan(
        suites=names,
        engine=engine,
        model=model,
        split=split,
        repeat=repeat,
        record=record,
        replay=replay,
        attacks=attacks,
    )
    whole = not names and split is None and attacks is None
    with show.progress() as tick:
        run = carry_out(plan, now=SystemClock().now(), tick=tick)
    if judge:
        judge_with_model(run, judge)
    findings = findings_for(run, whole=whole)
    comparison = against(run, baseline)
    files = write_reports(run, report, findings=findings, comparison=comparison)
    if bless:
        bless_run(run, whole=whole)
    show.run(run, findings, comparison, files, as_json=as_json)


def gate(
    report: Annotated[
        Path | None,
        typer.Argument(help="report.json of a run; without one, local is measured.", metavar="FILE"),
    ] = None,
    gates: Annotated[Path | None, typer.Option(help="Another gates.yaml.", metavar="FILE")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Hold a run against the accepted quality: 0 pass, 1 regression, 2 could not measure."""
    _need_evals()
    from evals import show
    from evals.gates import FILE, findings_for, overall
    from evals.plan import Plan, carry_out
    from evals.result import load

    if report is not None:
        run = load(report)
    else:
        with show.progress() as tick:
            run = carry_out(Plan(), now=SystemClock().now(), tick=tick)
    findings = findings_for(run, file=gates or FILE)
    show.gates(findings, as_json=as_json)
    if status := int(overall(findings)):
        raise SystemExit(status)


def _need_evals() -> None:
    """Raises BadInput where the program was installed without its eval suite."""
    from importlib.util import find_spec

    if find_spec("pydantic_evals") is None:
        raise BadInput("The eval suite is not installed.", "Run: pip install 'mentor-copilot[evals]'")


def _agreement(names: tuple[str, ...], model: str | None) -> None:
    """Measure how far a model judge agrees with the labels."""
    from evals.judges import agreement, read_card
    from evals.judging import judge_transport

    if len(names) != 1 or model is None:
        raise BadInput("Say which judge and which model.", "mentor-copilot eval judge NAME --model M")
    found = agreement(read_card(names[0]), judge_transport(model), SystemClock().now().date())
    typer.echo(found.model_dump_json(indent=1))


def _add(source: tuple[str, str] | None, consent: bool, data: Path | None, as_json: bool) -> None:
    from copilot.cli.options import build
    from evals import show
    from evals.proposals import propose

    if source is None:
        raise BadInput("Say what to add.", "mentor-copilot eval add --from recap ID, or --from conflict ID")
    kind, identifier = source
    show.proposal(propose(build(data), kind, identifier, consent=consent), as_json=as_json)
