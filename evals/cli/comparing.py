"""What `compare` does: score, compare each with the first, show."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from agent.command_line import counted
from evals.analysis.comparison import RunComparison, compare_runs, normaliser_verdict, verdict
from evals.analysis.difference import MetricDifference
from evals.analysis.pairing import Pair
from evals.analysis.scored_run import load_references, score_or_recall, with_shared_corrections
from evals.cli.tables import table_of
from evals.notation import Katex
from evals.report.comparison_json import comparison_json
from evals.report.wording import EMBEDDED_NOTE, is_embedded, overlay_note
from evals.runs.folder import Run
from evals.scoring.normalisers import normaliser_name

MAX_SHOWN = 20  # of regressions and of improvements: nobody reads more in a terminal


def compare_folders(folders: Sequence[Path], *, only_shared: bool) -> list[RunComparison]:
    """Each run against the first; a dataset that they share is read once."""
    runs = [Run.open(folder) for folder in folders]
    sources = {run.info.dataset_folder: run for run in runs}
    datasets = {folder: load_references(run) for folder, run in sources.items()}
    with Katex() as katex:
        scored = [score_or_recall(run, datasets[run.info.dataset_folder], katex) for run in runs]
        first, *others = with_shared_corrections(scored, katex)
    return [compare_runs(first, other, only_shared=only_shared) for other in others]


def is_worse(compared: RunComparison) -> bool:
    """Whether any share or rate is decisively worse; times differ with the hour."""
    measures = (m for m in (*compared.metrics, *compared.answers) if m.unit == "points")
    return any(m.is_decisive and m.gain is not None and m.gain < 0 for m in measures)


def drops_too_far(compared: RunComparison, max_drop_points: float) -> bool:
    """Whether exactness fell by more than that; no data is too far."""
    gain = compared.metrics[0].gain
    return gain is None or -100 * gain > max_drop_points


def show(compared: Iterable[RunComparison], *, as_json: bool) -> None:
    """Print the comparisons."""
    if as_json:
        documents = [comparison_json(each) for each in compared]
        typer.echo(json.dumps(documents, ensure_ascii=False, indent=2))
        return
    console = Console()
    for each in compared:
        console.print(*_tables(each))


def _tables(compared: RunComparison) -> list[Table | Text]:
    one, other = (run.run for run in compared.runs)
    title = f"{_name(one)} -> {_name(other)}, {counted(compared.n_pairs, 'utterance')}"
    if is_embedded(one.info) or is_embedded(other.info):
        title += f"\nembedded engine: {EMBEDDED_NOTE}"
    if note := overlay_note(compared.other.overlay):
        title += f"\n{note}"
    table = table_of("Measure", "Difference [95 %]", "p (Holm)", "Test", title=title)
    for metric in compared.metrics:
        table.add_row(*map(Text, _metric_row(metric)))
    table.add_section()
    for metric in compared.answers:
        table.add_row(*map(Text, _metric_row(metric)))
    shown: list[Table | Text] = [table, Text(verdict(compared)), _normalisers(compared)]
    shown.append(Text(normaliser_verdict(compared)))
    for name, pairs in (
        ("Regressions", compared.regressions),
        ("Improvements", compared.improvements),
    ):
        if pairs:
            shown.append(_changes(name, pairs))
    return shown


def _name(run: Run) -> str:
    return f"{run.folder.name} (depth {run.info.depth})"


def _metric_row(metric: MetricDifference) -> list[str]:
    p = "" if metric.p is None else f"{metric.p:.2g}"
    return [metric.name, metric.told(), p, metric.test if p else ""]


def _normalisers(compared: RunComparison) -> Table:
    table = table_of("Normaliser", "Difference [95 %]", title="Word error rate by normaliser")
    for metric in compared.by_normaliser:
        table.add_row(normaliser_name(metric.name), metric.told())
    return table


def _changes(name: str, pairs: Sequence[Pair]) -> Table:
    if len(pairs) > MAX_SHOWN:
        name += f": {MAX_SHOWN} of {len(pairs):,}; --json has all"
    table = table_of("Utterance", "Said", "First understood", "Second understood", title=name)
    for pair in pairs[:MAX_SHOWN]:
        sides = ["\n".join(side.understood) for side in (pair.one, pair.other)]
        row = [pair.one.utterance.id, pair.one.utterance.transcript, *sides]
        table.add_row(*map(Text, row))
    return table
