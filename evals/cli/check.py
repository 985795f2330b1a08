"""`python -m evals check`."""

from typing import Annotated

import typer

from evals.cli.grid_options import Engine, asked_engine

DatasetName = Annotated[
    str, typer.Argument(help="Its shortest recording is sent: a folder, or a name.")
]
PromptName = Annotated[
    str | None,
    typer.Option("--prompt", help="A file, NAME or NAME@VERSION. Default: AGENT_PROMPT."),
]
ModelName = Annotated[str | None, typer.Option("--model", help="Live model. Default: AGENT_MODEL.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")]


def check(  # noqa: PLR0913, PLR0917 (each is an option of the command line)
    context: typer.Context,
    dataset: DatasetName = "spoken-math-mini",
    prompt: PromptName = None,
    model: ModelName = None,
    engine: Engine = None,
    as_json: AsJson = False,
) -> None:
    """Try the service with one recording, at full pace and in real time, before a run.

    It says whether key and model are taken, what was heard, how long it took and what it cost:
    two sessions of a second or two. Exit code 0 if a run can be expected to work, 1 if the
    recording was not heard or not alike, 4 if the service took no session.

    Example: `python -m evals check`

    Example: `python -m evals check my-recordings --model gemini-3.8-live --prompt tutor@1`
    """
    from evals.cli.checking import check_service  # noqa: PLC0415 (heavy)

    asked = asked_engine(engine)
    raise typer.Exit(check_service(dataset, prompt, model, asked, context.obj, as_json=as_json))
