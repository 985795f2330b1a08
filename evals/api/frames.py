"""Scores as pandas frames."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import get_args, get_type_hints

import pandas as pd

from evals.analysis.difference import MetricDifference
from evals.analysis.figures import Figures, Slice, Summary
from evals.analysis.measure import Group
from evals.analysis.pairing import Pair
from evals.analysis.statistics import Rate
from evals.report.rows import COLUMNS, Row, tag_columns

MISSING_TYPES = {bool | None: "boolean", int | None: "Int64", float | None: "float64"}
ROW_TYPES = {
    name: MISSING_TYPES[hint] for name, hint in get_type_hints(Row).items() if hint in MISSING_TYPES
}
RATE_COLUMNS = ["value", "low", "high", "n"]
RATE_TYPES = {"value": "float64", "low": "float64", "high": "float64", "n": "int64"}


def rows_frame(rows: Sequence[Row]) -> pd.DataFrame:
    """A row an attempt: its scores, then the dataset's columns that bear another name."""
    names = tag_columns(rows)
    found = [
        [*(getattr(row, name) for name in COLUMNS), *(row.tags.get(name, "") for name in names)]
        for row in rows
    ]
    return pd.DataFrame(found, columns=[*COLUMNS, *names]).astype(ROW_TYPES)


def rates_frame(summary: Summary) -> pd.DataFrame:
    """A row a rate, named as in the report's JSON (`notation.exact_spoken`)."""
    return _rate_rows(dict(_rates(summary)), "rate")


def slices_frame(slices: Mapping[str, Slice], rate: str, column: str) -> pd.DataFrame:
    """A row a value of that column."""
    return _rate_rows({value: found.rates[rate] for value, found in slices.items()}, column)


def metrics_frame(metrics: Iterable[MetricDifference]) -> pd.DataFrame:
    """A row a measure: the second run less the first."""
    found = [
        {
            "measure": each.name,
            "value": each.difference.value,
            "low": each.difference.low,
            "high": each.difference.high,
            "n": each.difference.n,
            "p": each.p,
            "test": each.test,
            "unit": each.unit,
            "is_better_high": each.is_better_high,
            "is_decisive": each.is_decisive,
        }
        for each in metrics
    ]
    kinds = RATE_TYPES | {"p": "float64", "is_better_high": "boolean", "is_decisive": "bool"}
    return pd.DataFrame(found).astype(kinds).set_index("measure")


def changes_frame(regressions: Iterable[Pair], improvements: Iterable[Pair]) -> pd.DataFrame:
    """A row an utterance whose formula came out differently, regressions first."""
    columns = ["change", "utterance_id", "epoch", "said", "accepted", "first", "second"]
    found = [
        (
            change,
            pair.one.utterance.id,
            pair.one.attempt.epoch,
            pair.one.utterance.transcript,
            pair.one.utterance.latex,
            pair.one.understood,
            pair.other.understood,
        )
        for change, pairs in (("regression", regressions), ("improvement", improvements))
        for pair in pairs
    ]
    return pd.DataFrame(found, columns=columns)


def _rate_rows(rates: Mapping[str, Rate], index: str) -> pd.DataFrame:
    rows = [[getattr(rate, name) for name in RATE_COLUMNS] for rate in rates.values()]
    names = pd.Index(list(rates), name=index)
    return pd.DataFrame(rows, columns=RATE_COLUMNS, index=names).astype(RATE_TYPES)


def _rates(summary: Summary) -> Iterator[tuple[str, Rate]]:
    for group in get_args(Group):
        rates: Figures = getattr(summary, group)
        for name, rate in rates.rates.items():
            yield f"{group}.{name}", rate
