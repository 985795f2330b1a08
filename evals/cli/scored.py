"""Scoring a run folder for the commands that show it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from evals.analysis.scored_run import ScoredRun

RunFolder = Annotated[Path, typer.Argument(help="A run folder; `run` prints its path.")]


def scored_run(folder: Path, *, equivalent: bool = False) -> "ScoredRun":
    """The run in `folder` with its scores; takes a moment, with `equivalent` longer."""
    from evals.analysis.scored_run import score_run  # noqa: PLC0415
    from evals.notation import Katex, Prover  # noqa: PLC0415 (heavy)
    from evals.runs.folder import Run  # noqa: PLC0415

    with Katex() as katex, Prover() as prover:
        return score_run(Run.open(folder), katex, prover if equivalent else None)


def exit_code(scored: "ScoredRun") -> int:
    """0 when the run is complete and every utterance was answered whole, else 1."""
    counts = scored.summary.utterances
    return 0 if scored.run.status == "complete" and counts.ok == counts.total else 1
