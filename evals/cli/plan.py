"""`python -m evals plan`."""

from typing import Annotated

import typer

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

DatasetName = Annotated[str, typer.Argument(help="The folder of a dataset, or its name.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the plan as JSON.")]


def plan(  # noqa: PLR0913, PLR0917 (each is an option of the command line)
    dataset: DatasetName,
    prompt: PromptNames = None,
    model: ModelNames = None,
    engine: Engine = None,
    concurrency: Concurrency = None,
    limit: Limit = None,
    sample: Sample = None,
    seed: Seed = 0,
    wrong_in: WrongIn = None,
    epochs: Epochs = None,
    as_json: AsJson = False,
) -> None:
    """Estimate what `run` with the same options would take: sessions, tokens, money, time.

    It sends nothing and needs no key. Prices are the service's; the length of answers is
    assumed. Each utterance counts once, although `run` tries again after a lost connection.

    Example: `python -m evals plan spoken-math-mini --engine gemini --epochs 3`

    Example: `python -m evals plan spoken-math-mini --engine gemini --sample 20 --seed 7`
    """
    from evals.cli.planning import show_plan  # noqa: PLC0415 (heavy)
    from evals.dataset.utterances import Part  # noqa: PLC0415
    from evals.replay.grid import Wanted  # noqa: PLC0415

    part = Part(sample, seed, wrong_in or "")
    wanted = Wanted(dataset, prompt or (), model or (), concurrency, limit, epochs or 1, part=part)
    show_plan(wanted, asked_engine(engine), as_json=as_json)
