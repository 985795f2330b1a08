"""`python -m evals score`."""

from typing import Annotated

import typer

from agent.command_line import tell
from evals.cli.gates import (
    GATE_FAILED,
    EngineAsked,
    GateOn,
    GateOnOption,
    MaxWer,
    MinLatex,
    passes,
    refuse_embedded,
)
from evals.cli.scored import RunFolder, exit_code, scored_run

Equivalent = Annotated[
    bool, typer.Option("--equivalent", help="Also ask whether wrong formulas have the same value.")
]


def score(  # noqa: PLR0913, PLR0917 (each is an option of the command line)
    folder: RunFolder,
    equivalent: Equivalent = False,
    max_wer: MaxWer = None,
    min_latex: MinLatex = None,
    gate_on: GateOnOption = GateOn.VALUE,
    engine: EngineAsked = None,
) -> None:
    """Score a run: what was heard, what was understood. Needs no network, can be repeated.

    Example: `python -m evals score workspace/runs/first`
    """
    from rich.console import Console  # noqa: PLC0415 (heavy)

    from evals.cli.tables import rates_table  # noqa: PLC0415
    from evals.saved_scores import save_scores  # noqa: PLC0415

    scored = scored_run(folder, equivalent=equivalent)
    save_scores(scored)
    Console().print(rates_table(scored))
    tell(f"scores and summary.json are in {folder}")
    if max_wer is not None or min_latex is not None:
        refuse_embedded([scored.run.info.engine], engine)
        if not passes(scored.summary, max_wer, min_latex, gate_on):
            tell("not good enough for the gate")
            raise typer.Exit(GATE_FAILED)
    raise typer.Exit(exit_code(scored))
