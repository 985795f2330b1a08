"""`python -m evals run`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Depth(StrEnum):
    """How far into the system a replay goes."""

    DIRECT = "direct"


class EngineName(StrEnum):
    """Who answers."""

    AUTO = "auto"
    GEMINI = "gemini"
    EMBEDDED = "embedded"


DatasetName = Annotated[
    str | None, typer.Argument(help="A dataset's folder, or the name of one at hand.")
]
DepthName = Annotated[
    Depth, typer.Option(help="direct: a Live session for each utterance, turns marked by us.")
]
PromptName = Annotated[
    str | None, typer.Option(help="A file, NAME or NAME@VERSION; AGENT_PROMPT when left out.")
]
ModelName = Annotated[str | None, typer.Option(help="AGENT_MODEL when left out.")]
Engine = Annotated[
    EngineName | None,
    typer.Option(help="auto: Gemini when there is a key. AGENT_ENGINE when left out."),
]
Concurrency = Annotated[
    int | None, typer.Option("--concurrency", "-c", min=1, max=64, help="Sessions at a time.")
]
Limit = Annotated[int | None, typer.Option(min=1, help="Only the first N utterances.")]
Epochs = Annotated[int | None, typer.Option(min=1, max=100, help="Replay each so often.")]
Out = Annotated[
    Path | None, typer.Option(help="The run folder; a new one in WORKBENCH_HOME/runs else.")
]
Resume = Annotated[Path | None, typer.Option(help="Go on with this run folder.")]
RetryFailed = Annotated[
    bool, typer.Option("--retry-failed", help="With --resume: try what failed again.")
]


def run(  # noqa: PLR0913, PLR0917 (each is an option of the command line)
    context: typer.Context,
    dataset: DatasetName = None,
    depth: DepthName = Depth.DIRECT,
    prompt: PromptName = None,
    model: ModelName = None,
    engine: Engine = None,
    concurrency: Concurrency = None,
    limit: Limit = None,
    epochs: Epochs = None,
    out: Out = None,
    resume: Resume = None,
    retry_failed: RetryFailed = False,
) -> None:
    """Replay recorded utterances and write each outcome into a run folder at once.

    The folder's path is the last line of standard output. Ctrl-C stops; `--resume` goes on.

    Example: `python -m evals run spoken-math-mini --engine embedded --limit 3`
    """
    from evals.cli.replaying import Wanted, go_on, start  # noqa: PLC0415 (heavy)

    if resume is not None:
        if any(value is not None for value in (dataset, prompt, model, engine, limit, epochs, out)):
            raise typer.BadParameter("--resume takes the settings of the run; give only -c with it")
        code = go_on(resume, concurrency, context.obj, retry_failed=retry_failed)
    elif dataset is None or retry_failed:
        raise typer.BadParameter("give a dataset, or --resume with a run folder")
    else:
        wanted = Wanted(dataset, prompt, model, concurrency, limit, epochs or 1, out)
        code = start(wanted, engine.value if engine else None, context.obj)
    raise typer.Exit(code)
