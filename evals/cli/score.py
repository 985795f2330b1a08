"""`python -m evals score`."""

import typer

from agent.command_line import tell
from evals.cli.scored import RunFolder, exit_code, scored_run


def score(folder: RunFolder) -> None:
    """Score a run: what was heard, what was understood. Needs no network, can be repeated.

    Example: `python -m evals score workspace/runs/first`
    """
    from rich.console import Console  # noqa: PLC0415 (heavy)

    from evals.cli.tables import rates_table  # noqa: PLC0415
    from evals.saved_scores import save_scores  # noqa: PLC0415

    scored = scored_run(folder)
    save_scores(scored)
    Console().print(rates_table(scored))
    tell(f"scores and summary.json are in {folder}")
    raise typer.Exit(exit_code(scored))
