"""`python -m evals run`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from evals.cli.gates import GateOn, GateOnOption, Gates, MaxWer, MinLatex
from evals.cli.grid_options import (
    Concurrency,
    Engine,
    Epochs,
    Limit,
    ModelNames,
    PromptNames,
    asked_engine,
)


class Depth(StrEnum):
    """How far into the system a replay goes."""

    DIRECT = "direct"


DatasetName = Annotated[
    str | None, typer.Argument(help="A dataset's folder, or the name of one at hand.")
]
DepthName = Annotated[
    Depth, typer.Option(help="direct: a Live session for each utterance, turns marked by us.")
]
Out = Annotated[
    Path | None,
    typer.Option(help="The run folder, or where a grid's lie; new in WORKBENCH_HOME/runs else."),
]
Resume = Annotated[
    list[Path] | None, typer.Option(help="Go on with this run folder; several for a grid.")
]
RetryFailed = Annotated[
    bool, typer.Option("--retry-failed", help="With --resume: try what failed again.")
]
MaxCost = Annotated[
    float | None,
    typer.Option(min=0, help="Exit with 3, nothing spent, when it would cost more US dollars."),
]


def run(  # noqa: PLR0913, PLR0917 (each is an option of the command line)
    context: typer.Context,
    dataset: DatasetName = None,
    depth: DepthName = Depth.DIRECT,
    prompt: PromptNames = None,
    model: ModelNames = None,
    engine: Engine = None,
    concurrency: Concurrency = None,
    limit: Limit = None,
    epochs: Epochs = None,
    out: Out = None,
    resume: Resume = None,
    retry_failed: RetryFailed = False,
    max_cost: MaxCost = None,
    max_wer: MaxWer = None,
    min_latex: MinLatex = None,
    gate_on: GateOnOption = GateOn.VALUE,
) -> None:
    """Replay recorded utterances and write each outcome into a run folder at once.

    Several prompts or models make a grid: a run folder each, one table at the end. The folders'
    paths are the last lines of standard output. Ctrl-C stops; `--resume` goes on. With a gate
    the run is scored, and the exit code is 3 when it is not good enough.

    Example: `python -m evals run spoken-math-mini --engine embedded --limit 3`
    """
    from evals.cli.grid import Wanted  # noqa: PLC0415 (heavy)
    from evals.cli.replaying import Limits, go_on, start  # noqa: PLC0415

    limits = Limits(Gates(max_wer, min_latex, gate_on), max_cost)
    asked = asked_engine(engine)
    if resume:
        if dataset or prompt or model or any(value is not None for value in (limit, epochs, out)):
            raise typer.BadParameter(
                "--resume takes the settings of the run; beside it give only -c, gates and "
                "--engine for them"
            )
        code = go_on(resume, concurrency, asked, limits, context.obj, retry_failed=retry_failed)
    elif dataset is None or retry_failed:
        raise typer.BadParameter("give a dataset, or --resume with a run folder")
    else:
        wanted = Wanted(dataset, prompt or (), model or (), concurrency, limit, epochs or 1, out)
        code = start(wanted, asked, limits, context.obj)
    raise typer.Exit(code)
