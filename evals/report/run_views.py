"""A scored run in two documents: a row for each attempt, and the figures of the whole."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from typing_extensions import TypedDict

from evals.analysis.latency import EVENTS, SENT, latencies
from evals.analysis.scored_run import ScoredAttempt, ScoredRun
from evals.analysis.taken import has_readable_formula
from evals.report.documents import summary_json
from evals.report.rows import COLUMNS as ROW_COLUMNS
from evals.report.rows import DETAILS, Row, tag_names
from evals.report.wording import (
    answer_rows,
    engine_name,
    normaliser_rows,
    overlay_note,
    rate_rows,
    tutor_name,
)
from evals.runs.folder import Run
from evals.scoring.confusions import confusions

Document = Mapping[str, object]
ROWS, OVERVIEW = "rows", "overview"  # what they are kept as
SHOWN = tuple(name for name in ROW_COLUMNS if name not in DETAILS)


class PageCells(TypedDict):
    """What the page's rows have after the columns of `Row`.

    `cell` is the square of heard against understood ("hu", "h", "u" or "", None where no formula
    could be scored), `waits` the seconds from the turn's end to each event, `remarked` how many
    remarks were made on it, `marks` a listener's tags, `tags` the values of the dataset's columns.
    """

    cell: str | None
    waits: list[float | None]
    remarked: int
    corrected: bool
    marks: list[str]
    tags: list[str]


COLUMNS = (*SHOWN, *PageCells.__annotations__)


def run_rows(scored: ScoredRun) -> Document:
    """Every attempt as a list in the order of `columns`, short enough for ten thousand.

    First the columns of `Row` but for its long texts, then the `PageCells`: `waits` for each of
    `events`, `tags` for each of `tag_names`.
    """
    names = tags_of(scored)
    return {
        "run": run_head(scored.run),
        "columns": COLUMNS,
        "events": list(EVENTS.values()),
        "tag_names": names,
        "rows": [page_row(scored, each, names) for each in scored.attempts],
    }


def tags_of(scored: ScoredRun) -> list[str]:
    """The dataset's columns, in the order in which they are met."""
    return tag_names(each.utterance.tags for each in scored.attempts)


def page_row(scored: ScoredRun, each: ScoredAttempt, names: Sequence[str]) -> list[object]:
    """One attempt's values; `names` are those of the dataset's columns."""
    row = Row.of_attempt(each)
    remark = scored.overlay.remarks.get(row.utterance_id)
    cells: PageCells = {
        "cell": _cell(each),
        "waits": waits_sec(each.attempt.prediction.timings_sec),
        "remarked": scored.overlay.n_remarks.get(row.utterance_id, 0),
        "corrected": remark is not None and remark.corrects,
        "marks": list(remark.tags) if remark else [],
        "tags": [row.tags.get(name, "") for name in names],
    }
    return [
        *(getattr(row, name) for name in SHOWN),
        *cells.values(),
    ]


def waits_sec(timings_sec: Mapping[str, float]) -> list[float | None]:
    """Seconds from the turn's end to each event; None for one that did not come."""
    sent_sec = timings_sec.get(SENT)
    return [
        None
        if sent_sec is None or name not in timings_sec
        else round(max(0.0, timings_sec[name] - sent_sec), 3)
        for name in EVENTS
    ]


def _cell(each: ScoredAttempt) -> str | None:
    score = each.score
    if score.notation is None or not has_readable_formula(score):
        return None
    return "h" * score.is_heard + "u" * score.is_understood


def run_overview(scored: ScoredRun) -> Document:
    """The figures of the whole run: rates in words, slices, confusions, latencies.

    `sliced` are the titles of the measures that slices have.
    """
    return {
        **summary_json(scored),
        "rates": rate_rows(scored.summary, scored.measures),
        "answer_rates": answer_rows(scored.summary, scored.measures),
        "sliced": {each.name: each.title for each in scored.measures if each.is_sliced},
        "normalisers": normaliser_rows(scored.summary.words),
        "confusions": [asdict(each) for each in confusions(e.score for e in scored.attempts)],
        "latencies": [asdict(each) for each in latencies(scored.attempts)],
        "remarks": overlay_note(scored.overlay),
    }


def run_head(run: Run) -> Document:
    """What a list of runs says of one."""
    info = run.info
    return {
        "id": run.folder.name,
        "dataset": info.dataset_name,
        "tutor": tutor_name(info.tutor),
        "engine": engine_name(info),
        "is_embedded": info.engine == "embedded",
        "depth": info.depth,
        "began": info.began,
        "status": run.status,
        "planned": info.epochs * len(info.utterance_ids),
    }
