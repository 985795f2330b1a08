"""`python -m evals compare`."""

from pathlib import Path
from typing import Annotated

import typer

from evals.cli.gates import GATE_FAILED, EngineAsked, refuse_embedded

Runs = Annotated[
    list[Path], typer.Argument(help="The baseline, then one or more runs to compare with it.")
]
Shared = Annotated[
    bool, typer.Option("--shared", help="Compare only the utterances that both runs have.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the comparison as JSON.")]
FailOnRegression = Annotated[
    bool,
    typer.Option("--fail-on-regression", help="Exit with 3 if a run is decisively worse."),
]
MaxDrop = Annotated[
    float | None,
    typer.Option(
        min=0, max=100, help="Exit with 3 if formula exactness drops by more percentage points."
    ),
]


def compare(  # noqa: PLR0913, PLR0917 (each is an option of the command line)
    folders: Runs,
    shared: Shared = False,
    as_json: AsJson = False,
    fail_on_regression: FailOnRegression = False,
    max_drop: MaxDrop = None,
    engine: EngineAsked = None,
) -> None:
    """Compare runs by utterance: which is better, how sure that is, what changed.

    Example: `python -m evals compare workspace/runs/first workspace/runs/second`
    """
    from evals.cli.comparing import compare_folders, drops_too_far, is_worse, show  # noqa: PLC0415

    if len(folders) < 2:
        raise typer.BadParameter("give a baseline and at least one run to compare with it")
    compared = compare_folders(folders, only_shared=shared)
    show(compared, as_json=as_json)
    if fail_on_regression or max_drop is not None:
        refuse_embedded([each.run.info.engine for each in compared[0].runs], engine)
    failed = [
        each
        for each in compared
        if (fail_on_regression and is_worse(each))
        or (max_drop is not None and drops_too_far(each, max_drop))
    ]
    raise typer.Exit(GATE_FAILED if failed else 0)
