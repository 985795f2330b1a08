"""One attempt under one set of names, wherever it is written."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evals.analysis.scored_run import ScoredRun
from evals.api.results import Results
from evals.notation import Katex
from evals.report.documents import FORMATS, report_json
from evals.report.rows import COLUMNS, DETAILS, Row
from evals.report.run_views import run_rows
from tests.unit.evals.scoring.test_verdict import FORMULAS, run_of
from workbench.runs.views import attempt_view

Cells = dict[str, Any]


@pytest.fixture(scope="module")
def katex() -> Iterator[Katex]:
    with Katex() as running:
        yield running


@pytest.fixture
def scored(tmp_path: Path, katex: Katex) -> ScoredRun:
    return run_of("gemini-3.8-live", FORMULAS, tmp_path, katex)


def _json_rows(scored: ScoredRun) -> Iterable[Cells]:
    found: list[Cells] = json.loads(json.dumps(report_json(scored)))["attempts"]
    return found


def _csv_rows(scored: ScoredRun) -> Iterable[Cells]:
    return csv.DictReader(io.StringIO(str(FORMATS[".csv"](scored))))


def _frame_rows(scored: ScoredRun) -> Iterable[Cells]:
    frame = Results.of_run(scored).rows
    return [{str(name): cell for name, cell in row.items()} for _, row in frame.iterrows()]


def _html_rows(scored: ScoredRun) -> Iterable[Cells]:
    page = "".join(FORMATS[".html"](scored))
    (rows,) = re.findall(r'<script id="rows" type="application/json">(.*?)</script>', page, re.S)
    found: list[Cells] = json.loads(rows)
    return sorted(found, key=lambda row: int(row["utterance_id"][1:]))


def _attempt_views(scored: ScoredRun) -> Iterable[Cells]:
    return [attempt_view(each, None, lambda _: None) for each in scored.attempts]


def _page_rows(scored: ScoredRun) -> Iterable[Cells]:
    document = json.loads(json.dumps(run_rows(scored)))
    return [dict(zip(document["columns"], row, strict=True)) for row in document["rows"]]


IN_ALL = ("utterance_id", "verdict", "said", "heard", "reason")


@pytest.mark.parametrize(
    ("read", "left_out"),
    [
        (_json_rows, frozenset()),
        (_csv_rows, frozenset()),
        (_frame_rows, frozenset()),
        (_html_rows, frozenset()),
        (_attempt_views, frozenset()),
        (_page_rows, DETAILS),
    ],
)
def test_every_column_is_in_every_document_under_its_name(
    read: Callable[[ScoredRun], Iterable[Cells]], left_out: frozenset[str], scored: ScoredRun
) -> None:
    """A new column is a field of `Row`, and nothing else is forgotten."""
    rows = [Row.of_attempt(each) for each in scored.attempts]
    found = list(read(scored))
    assert len(found) == len(rows)
    for row, cells in zip(rows, found, strict=True):
        assert set(COLUMNS) - set(cells) == left_out
        assert [cells[name] for name in IN_ALL] == [getattr(row, name) for name in IN_ALL]


def test_a_datasets_column_never_hides_a_score(scored: ScoredRun) -> None:
    """A dataset may name a column `verdict`; read by name, the last of two would win."""
    tags = {"verdict": "hidden", "voice": "v"}
    attempts = tuple(
        replace(each, score=replace(each.score, tags=tags)) for each in scored.attempts
    )
    tagged = ScoredRun(scored.run, attempts)
    for read in (_csv_rows, _frame_rows):
        first = next(iter(read(tagged)))
        assert (first["verdict"], first["voice"]) == ("exact", "v")


def test_no_attempts_are_a_frame_with_columns(scored: ScoredRun) -> None:
    """A notebook that asks for a column of a run without outcomes gets an empty one."""
    frame = Results.of_run(ScoredRun(scored.run, ())).rows
    assert list(frame.columns) == list(COLUMNS)
    assert frame["exact_spoken"].dtype == "boolean"
