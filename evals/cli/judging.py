"""What `score` does: a run folder, or a file of predictions that another system made."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import typer
from rich.console import Console

from agent.command_line import tell
from evals.analysis.figures import Summary
from evals.analysis.plugins import plugin_scores
from evals.analysis.scored_run import ScoredRun, score_run
from evals.analysis.summary import summarise
from evals.cli.scored import scored_run
from evals.cli.tables import add_scorers, grid_table, rates_table, summary_table
from evals.notation import Katex, Prover
from evals.report.documents import dump, summary_json
from evals.report.kept_documents import kept_document
from evals.report.run_views import OVERVIEW, ROWS, run_overview, run_rows
from evals.report.saved_scores import save_scores
from evals.runs.folder import Run
from evals.scoring.external import read_predictions
from evals.scoring.utterance import score_utterances


def judge_run(folder: Path, *, equivalent: bool, as_json: bool) -> ScoredRun:
    """Score a run folder, keep the scores in it, print the rates."""
    scored = scored_run(folder, equivalent=equivalent)
    plugins = plugin_scores(scored.attempts)
    save_scores(scored, plugins)
    kept_document(scored.run, ROWS, lambda: run_rows(scored))
    kept_document(scored.run, OVERVIEW, lambda: run_overview(scored))
    if as_json:
        typer.echo(dump(summary_json(scored, plugins)), nl=False)
    else:
        table = rates_table(scored)
        add_scorers(table, plugins)
        Console().print(table)
    tell(f"scores and summary.json are in {folder}")
    return scored


def judge_grid(runs: Sequence[Run]) -> list[tuple[Path, Summary]]:
    """Score runs that belong together, keep the scores in each, print one table."""
    with Katex() as katex:
        scored = [score_run(run, katex) for run in runs]
    for each in scored:
        save_scores(each, plugin_scores(each.attempts))
    Console().print(grid_table(scored))
    return [(each.run.folder, each.summary) for each in scored]


def judge_file(path: Path, *, equivalent: bool, as_json: bool) -> Summary:
    """Score predictions that another system made, and print the rates."""
    items = read_predictions(path)
    with Katex() as katex, Prover() as prover:
        summary = summarise(score_utterances(items, katex, prover if equivalent else None))
    if as_json:
        typer.echo(dump(asdict(summary)), nl=False)
    else:
        Console().print(summary_table(path.name, summary))
    return summary
