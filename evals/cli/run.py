"""`python -m evals run`."""

from pathlib import Path
from typing import Annotated

import typer

from evals.cli.gates import NO_GATES, Gates, with_gates
from evals.cli.grid_options import (
    Concurrency,
    Engine,
    Epochs,
    Limit,
    ModelNames,
    PromptNames,
    Sample,
    Seed,
    WrongIn,
    asked_engine,
)
from evals.replay.depths import DEFAULT_DEPTH, DEPTHS, Depth, Pace

DatasetName = Annotated[str | None, typer.Argument(help="The folder of a dataset, or its name.")]
DepthName = Annotated[
    Depth,
    typer.Option(
        help=" ".join(f"{each.name}: {each.path}." for each in DEPTHS.values()),
    ),
]
PaceName = Annotated[
    Pace,
    typer.Option(
        "--pace",
        help="With --depth direct: full sends a recording as fast as the service takes it, "
        "realtime as fast as it was spoken. Lessons are always in real time.",
    ),
]
Worker = Annotated[
    bool,
    typer.Option(
        "--worker",
        help="With --depth room: let the worker AGENT_NAME teach instead of this process.",
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        help="Run folder to create. For a grid: the folder that will hold one run folder each. "
        "Default: a new folder in WORKBENCH_HOME/runs."
    ),
]
Resume = Annotated[
    list[Path] | None, typer.Option(help="Continue the run in this folder; repeat it for a grid.")
]
RetryFailed = Annotated[
    bool,
    typer.Option(
        "--retry-failed",
        help="With --resume: replay whatever is not ok again: failed, without an answer, cut off.",
    ),
]
KeepAnswers = Annotated[
    bool,
    typer.Option("--keep-answers", help="Keep the sound of the answers in the run folder."),
]
MaxCost = Annotated[
    float | None,
    typer.Option(
        min=0,
        help="Exit with 3 before anything is sent if the cost may exceed this, in US dollars, or a price "
        "is unknown; and stop when the tokens that the service has counted cost as much.",
    ),
]


@with_gates
def run(  # noqa: PLR0913, PLR0917 (each is an option of the command line)
    context: typer.Context,
    dataset: DatasetName = None,
    depth: DepthName = DEFAULT_DEPTH,
    pace: PaceName = "full",
    worker: Worker = False,
    prompt: PromptNames = None,
    model: ModelNames = None,
    engine: Engine = None,
    concurrency: Concurrency = None,
    limit: Limit = None,
    sample: Sample = None,
    seed: Seed = 0,
    wrong_in: WrongIn = None,
    epochs: Epochs = None,
    out: Out = None,
    keep_answers: KeepAnswers = False,
    resume: Resume = None,
    retry_failed: RetryFailed = False,
    max_cost: MaxCost = None,
    gates: Gates = NO_GATES,
) -> None:
    """Replay recorded utterances and write each outcome into a run folder at once.

    Several prompts or models make a grid: one run folder each, and one table at the end. The
    last lines of standard output are the paths of the run folders. Ctrl-C stops the run and
    `--resume` continues it. With a gate (`--max-wer` and the like) the run is scored, and the
    exit code is 3 if a gate fails.

    Example: `python -m evals run spoken-math-mini --engine embedded --limit 3`

    Example: `python -m evals run spoken-math-mini --depth room --limit 3`

    Example: `python -m evals run spoken-math-mini --prompt tutor@2 --sample 20 --seed 7`
    """
    from evals.cli.replaying import Limits, go_on, start  # noqa: PLC0415 (heavy)
    from evals.dataset.utterances import Part  # noqa: PLC0415
    from evals.replay.grid import Wanted  # noqa: PLC0415

    asked = asked_engine(engine)
    if resume:
        if (
            dataset
            or prompt
            or model
            or keep_answers
            or worker
            or depth != DEFAULT_DEPTH
            or pace != "full"
            or seed
            or any(value is not None for value in (limit, sample, wrong_in, epochs, out))
        ):
            raise typer.BadParameter(
                "--resume uses the settings of the run; add only -c, gates and --engine"
            )
        code = go_on(
            resume,
            concurrency,
            asked,
            Limits(gates, max_cost),
            context.obj,
            retry_failed=retry_failed,
        )
    elif dataset is None or retry_failed:
        raise typer.BadParameter("give a dataset, or --resume with a run folder")
    elif worker and not DEPTHS[depth].needs_rooms:
        raise typer.BadParameter("--worker goes with --depth room")
    else:
        wanted = Wanted(
            dataset,
            prompt or (),
            model or (),
            concurrency,
            limit,
            epochs or 1,
            out,
            keep_answers,
            depth,
            worker,
            Part(sample, seed, wrong_in or ""),
            pace,
        )
        code = start(wanted, asked, Limits(gates, max_cost), context.obj)
    raise typer.Exit(code)
