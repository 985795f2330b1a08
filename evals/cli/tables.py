"""Runs and scores as tables for a terminal; text from outside is shown, never interpreted."""

from collections.abc import Sequence

from rich.table import Column, Table
from rich.text import Text

from evals.analysis.figures import Summary
from evals.analysis.measure import Measure
from evals.analysis.measures import LEADING, MEASURES, WER, measure_of
from evals.analysis.plugins import PluginScores
from evals.analysis.scored_run import ScoredAttempt, ScoredRun
from evals.dataset.stats import DatasetStats
from evals.report.rows import Row
from evals.report.wording import (
    EMBEDDED_NOTE,
    answer_rows,
    engine_name,
    figure_text,
    is_embedded,
    normaliser_rows,
    number,
    overlay_note,
    percent,
    rate_rows,
    tutor_name,
)
from evals.runs.folder import Run
from evals.runs.prediction import UtteranceCounts, counts_text
from evals.scoring.words import AlignedWord

GRID_MEASURES = (LEADING, WER)


def runs_table(runs: Sequence[Run]) -> Table:
    """One row a run; those without an answer count as failed."""
    heads = ("Run", "Dataset", "Prompt", "Engine", "Depth", "Status", "Outcomes", "Failed")
    table = table_of(*heads)
    for run in runs:
        info = run.info
        counts = UtteranceCounts.of(each.prediction.status for each in run.outcomes())
        n_planned = info.epochs * len(info.utterance_ids)
        prompt = f"{info.tutor.prompt.name}@{info.tutor.prompt.version}"
        row = [run.folder.name, info.dataset_name, prompt, engine_name(info)]
        row += [info.depth, run.status]
        row += [f"{counts.total} of {n_planned}", str(counts.no_answer + counts.failed)]
        table.add_row(*map(Text, row))
    return table


def rates_table(scored: ScoredRun) -> Table:
    """The headline rates, labelled with who answered and how the run ended."""
    info, counts = scored.run.info, scored.summary.utterances
    note = f" ({EMBEDDED_NOTE})" if is_embedded(info) else ""
    ended = f"{scored.run.status}: {counts_text(counts)}"
    title = f"{info.dataset_name}, {engine_name(info)}{note}, depth {info.depth}\n{ended}"
    if remarks := overlay_note(scored.overlay):
        title += f"\n{remarks}"
    return summary_table(title, scored.summary, scored.measures)


def grid_table(grid: Sequence[ScoredRun]) -> Table:
    """One row a run: the headline rates of runs over the same recordings."""
    info = grid[0].run.info
    note = f"\nembedded engine: {EMBEDDED_NOTE}" if is_embedded(info) else ""
    epochs = f", {info.epochs} epochs" if info.epochs > 1 else ""
    measures = [measure_of(key) for key in GRID_MEASURES]
    heads = ("Run", "Ok", *(each.title for each in measures))
    repeats = ("Right every time",) if info.epochs > 1 else ()
    table = table_of(*heads, *repeats, title=f"{info.dataset_name}{epochs}{note}")
    for scored in grid:
        summary = scored.summary
        counts = summary.utterances
        row = [tutor_name(scored.run.info.tutor)]
        row += [f"{counts.ok} of {counts.total}"]
        row += [figure_text(each, summary.figure(each)) for each in measures]
        if repeats:
            row.append(percent(summary.repeats.always_right) if summary.repeats else "")
        table.add_row(*map(Text, row))
    return table


def summary_table(title: str, summary: Summary, measures: Sequence[Measure] = MEASURES) -> Table:
    """The headline rates."""
    table = table_of("Measure", "Value (95 % interval, utterances)", title=title)
    sections = (
        rate_rows(summary, measures),
        normaliser_rows(summary.words),
        answer_rows(summary, measures),
    )
    for rows in sections:
        table.add_section()
        for row in rows:
            table.add_row(row.title, row.value)
    return table


def add_scorers(table: Table, plugins: Sequence[PluginScores]) -> None:
    """A row for the mean of each installed scorer."""
    for plugin in plugins:
        table.add_row(Text(f"{plugin.name} {plugin.version}, mean"), number(plugin.mean))


def attempts_table(scored: ScoredRun) -> Table:
    """One row an attempt."""
    table = table_of("Utterance", "Verdict", "Said", "Heard", "Understood")
    for each in scored.attempts:
        row = Row.of_attempt(each)
        cells = (row.utterance_id, row.verdict, row.said, row.error or row.heard)
        table.add_row(*map(Text, cells), Text("\n".join(row.understood)))
    return table


def attempt_table(each: ScoredAttempt) -> Table:
    """All about one attempt."""
    row, timings_sec = Row.of_attempt(each), each.attempt.prediction.timings_sec
    table = table_of("", "", title=f"{row.utterance_id}: {row.verdict}")
    for name, value in [
        ("recording", str(each.utterance.path)),
        ("said", row.said),
        ("heard", row.heard),
        ("accepted formulas", "\n".join(row.accepted)),
        ("understood", "\n".join(row.understood)),
        ("from the words alone", "\n".join(row.words_only)),
        ("answer", row.answer),
        ("about the answer", "; ".join(row.answer_remarks)),
        ("answer's sound", row.answer_file or ""),
        ("seconds", ", ".join(f"{k} {v:.3f}" for k, v in timings_sec.items())),
        ("error", row.error),
    ]:
        if value:
            table.add_row(name, Text(value))
    if each.score.words is not None:
        table.add_row("words", _aligned(each.score.words.alignment))
    return table


def table_of(*heads: str, title: str = "") -> Table:
    """Cells fold: half an id can't be typed again."""
    columns = [Column(head, overflow="fold") for head in heads]
    return Table(*columns, title=Text(title) if title else None, show_header=any(heads))


def _aligned(steps: Sequence[AlignedWord]) -> Text:
    """Hits as they are, the rest as said→heard."""
    return Text(" ").join(
        Text(step.heard or "")
        if step.kind == "hit"
        else Text(f"{step.reference or '∅'}→{step.heard or '∅'}", style="red")
        for step in steps
    )


def stats_table(stats: DatasetStats) -> Table:
    """What a dataset is made up of, one row for each count."""
    table = Table("", "", "utterances")
    table.add_row(
        "all", f"{stats.n_phrases} phrases, {stats.duration_sec:.0f} s", str(stats.n_utterances)
    )
    table.add_row("with a formula", "", str(stats.n_with_formula))
    table.add_row("conversations", str(stats.n_conversations), "")
    for tag, counts in stats.by_tag.items():
        for value, n in counts.items():
            table.add_row(tag, Text(value), str(n))
    return table
