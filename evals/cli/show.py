"""`python -m evals show`."""

from typing import Annotated

import typer

from evals.cli.scored import RunFolder, scored_run

UtteranceId = Annotated[
    str | None,
    typer.Argument(help="Id of one utterance to show in full: words, formulas, timings."),
]


def show(folder: RunFolder, utterance: UtteranceId = None) -> None:
    """Show a run: its rates and every verdict, or one utterance in full.

    Example: `python -m evals show workspace/runs/first arithmetic-1-heart`
    """
    from rich.console import Console  # noqa: PLC0415 (heavy)

    from evals.cli.tables import attempt_table, attempts_table, rates_table  # noqa: PLC0415
    from evals.report.wording import bill_text  # noqa: PLC0415
    from evals.runs.bill import bill_of  # noqa: PLC0415

    scored, console = scored_run(folder), Console()
    if utterance is None:
        console.print(rates_table(scored), attempts_table(scored), bill_text(bill_of(scored.run)))
        return
    found = [each for each in scored.attempts if each.utterance.id == utterance]
    if not found:
        raise typer.BadParameter(f"the run holds no outcome of {utterance!r}")
    console.print(*(attempt_table(each) for each in found))
