"""A scored run as a document, in the format that a file's name asks for."""

import html
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from agent.errors import RunError
from agent.files import replace_file
from evals.analysis.figures import HeardUnderstood
from evals.analysis.plugins import PluginScores
from evals.analysis.scored_run import ScoredAttempt, ScoredRun
from evals.report.csv_junit import report_csv, report_junit
from evals.report.html import report_html
from evals.report.rows import Row
from evals.report.wording import (
    EMBEDDED_NOTE,
    RateRow,
    answer_rows,
    engine_name,
    figure_text,
    is_embedded,
    normaliser_rows,
    overlay_note,
    rate_rows,
    unreadable_note,
)
from evals.runs.bill import bill_of
from evals.runs.folder import Run
from evals.runs.prediction import counts_text
from evals.scoring.confusions import confusions
from evals.scoring.utterance import SCORER_VERSION
from evals.scoring.words import NORMALISER_VERSION

Document = Mapping[str, object]
RATE_HEADS = ("Measure", "Value (95 % interval, utterances)")


def summary_json(scored: ScoredRun, plugins: Sequence[PluginScores] = ()) -> Document:
    """What was run and its rates; each rate is `{value, low, high, n}`."""
    scorers = {f"{each.name}@{each.version}": asdict(each.mean) for each in plugins}
    overlay = {"corrected": scored.overlay.n_corrected, "tagged": scored.overlay.n_tagged}
    return {
        "run": _run_json(scored.run),
        "overlay": overlay,
        **asdict(scored.summary),
        "scorers": scorers,
    }


def report_json(scored: ScoredRun) -> Document:
    """The summary and every attempt with its verdict."""
    return {
        **summary_json(scored),
        "confusions": [asdict(each) for each in confusions(e.score for e in scored.attempts)],
        "attempts": [_attempt_json(each) for each in scored.attempts],
    }


def report_markdown(scored: ScoredRun) -> str:
    """The summary, its slices and every attempt as tables; text from outside is escaped."""
    parts = [
        f"# {plain_text(scored.run.folder.resolve().name)}",
        _opening(scored),
        rates_markdown(rate_rows(scored.summary, scored.measures)),
        _cells(scored.summary.heard_understood),
        f"## Words by normaliser\n\n{rates_markdown(normaliser_rows(scored.summary.words))}",
        *_answers(scored),
        *_slice_tables(scored),
        "## Utterances",
        _table(
            ["Utterance", "Epoch", "Verdict", "Said", "Heard", "Formula said", "Understood"],
            [_attempt_row(Row.of_attempt(each)) for each in scored.attempts],
        ),
    ]
    return "\n\n".join(parts) + "\n"


def rates_markdown(rows: Iterable[RateRow]) -> str:
    """Measures and their values as a Markdown table."""
    return _table(RATE_HEADS, [(row.title, row.value) for row in rows])


def write_report(scored: ScoredRun, path: Path) -> None:
    """Write the report in the format that the name's ending asks for."""
    write = FORMATS.get(path.suffix.lower())
    if write is None:
        raise RunError(f"{path}: expected a name that ends in {' or '.join(FORMATS)}")
    replace_file(path, write(scored))


def dump(document: Document) -> str:
    """JSON that a person can read too."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


FORMATS: dict[str, Callable[[ScoredRun], str | Iterable[str]]] = {
    ".md": report_markdown,
    ".json": lambda scored: dump(report_json(scored)),
    ".html": report_html,
    ".csv": report_csv,
    ".xml": report_junit,
}


def _run_json(run: Run) -> Document:
    info = run.info
    return {
        "folder": run.folder.resolve().name,
        "status": run.status,
        "began": info.began,
        "engine": info.engine,
        "engine_note": EMBEDDED_NOTE if is_embedded(info) else None,
        "depth": info.depth,
        "model": info.tutor.model,
        "prompt": f"{info.tutor.prompt.name}@{info.tutor.prompt.version}",
        "fingerprint": info.fingerprint,
        "dataset": info.dataset_name,
        "dataset_hash": info.dataset_hash,
        "epochs": info.epochs,
        "planned": info.epochs * len(info.utterance_ids),
        "retries": run.n_retries,
        "cost": _cost_json(run),
        "unreadable": run.n_unreadable,
        "versions": info.versions,
        "normaliser_version": NORMALISER_VERSION,
        "scorer_version": SCORER_VERSION,
    }


def _cost_json(run: Run) -> Document:
    bill = bill_of(run)
    return {
        "usd": bill.cost_usd,
        "tokens": asdict(bill.tokens),
        "attempts_without_count": bill.n_uncounted,
    }


def _attempt_json(each: ScoredAttempt) -> Document:
    answer = each.score.answer
    return Row.of_attempt(each).cells() | {"answer_score": asdict(answer) if answer else None}


def _opening(scored: ScoredRun) -> str:
    run, counts = scored.run, scored.summary.utterances
    info = run.info
    warning = f"**Embedded engine: {EMBEDDED_NOTE}.**\n\n" if is_embedded(info) else ""
    prompt = f"{info.tutor.prompt.name}@{info.tutor.prompt.version}"
    n_planned = info.epochs * len(info.utterance_ids)
    note = overlay_note(scored.overlay)
    remarks = f"\n\nA listener's remarks: {note}." if note else ""
    left_out = f"\n\n{unreadable_note(run.n_unreadable)}" if run.n_unreadable else ""
    return (
        f"{warning}Dataset {plain_text(info.dataset_name)}, prompt {plain_text(prompt)}, "
        f"{plain_text(engine_name(info))}, depth {plain_text(info.depth)}, tutor "
        f"{plain_text(info.fingerprint)}, began {plain_text(info.began)}.\n\n"
        f"The run is {run.status}: {counts.total} of {n_planned} utterances replayed, "
        f"{counts_text(counts)}, {run.n_retries} retries. Those without an answer and those that "
        f"failed are in no rate but those that say so.{left_out}{remarks}"
    )


def _cells(cells: HeardUnderstood) -> str:
    rows = [
        ["words right", str(cells.both), str(cells.only_heard)],
        ["words wrong", str(cells.only_understood), str(cells.neither)],
    ]
    return f"## Heard against understood\n\n{_table(['', 'formula right', 'formula wrong'], rows)}"


def _answers(scored: ScoredRun) -> Iterable[str]:
    rows = answer_rows(scored.summary, scored.measures)
    if rows:
        yield f"## The answers\n\n{rates_markdown(rows)}"


def _slice_tables(scored: ScoredRun) -> Iterable[str]:
    sliced = [each for each in scored.measures if each.is_sliced]
    for tag, slices in scored.summary.slices.items():
        rows = [
            [plain_text(value), *(figure_text(each, rates.figure(each)) for each in sliced)]
            for value, rates in slices.items()
        ]
        if rows:
            heads = [tag.capitalize(), *(each.title for each in sliced)]
            yield f"## By {tag}\n\n{_table(heads, rows)}"


def _attempt_row(row: Row) -> list[str]:
    return [
        plain_text(row.utterance_id),
        str(row.epoch),
        row.verdict,
        plain_text(row.said),
        plain_text(row.error or row.heard),
        _code_spans(row.accepted),
        _code_spans(row.understood),
    ]


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def plain_text(text: str) -> str:
    """Text from outside as Markdown that shows it and does nothing else."""
    shown = html.escape(" ".join(text.split()), quote=False)
    return re.sub(r"([\\`*_\[\]|~$#!])", r"\\\1", shown)


def _code_spans(formulas: Sequence[str]) -> str:
    return ", ".join(_code_span(formula) for formula in formulas)


def _code_span(latex: str) -> str:
    """LaTeX as a code span in a table's cell, fenced by more backticks than it holds."""
    one_line = " ".join(latex.split()).replace("|", r"\|")
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", one_line)), default=0))
    return f"{fence} {one_line} {fence}" if len(fence) > 1 else f"`{one_line}`"
