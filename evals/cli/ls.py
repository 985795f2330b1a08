"""`python -m evals ls`."""

from pathlib import Path
from typing import Annotated

import typer

Folder = Annotated[
    Path | None, typer.Argument(help="Folder that holds the runs. Default: WORKBENCH_HOME/runs.")
]


def ls(folder: Folder = None) -> None:
    """List the runs, newest first.

    Example: `python -m evals ls`
    """
    from rich.console import Console  # noqa: PLC0415 (heavy)

    from agent.settings import read_settings  # noqa: PLC0415
    from evals.cli.tables import runs_table  # noqa: PLC0415
    from evals.runs.folder import list_runs  # noqa: PLC0415

    place = folder or read_settings().workbench_home / "runs"
    runs = list_runs(place)
    if runs:
        Console().print(runs_table(runs))
    else:
        typer.echo(f"no runs in {place}")
