"""`evals.score`: a run folder, or predictions of another system."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pandas as pd

from agent.errors import DatasetError
from evals.analysis.scored_run import score_run
from evals.api.results import Results
from evals.notation import Katex, Prover
from evals.report.rows import Row, Texts
from evals.runs.folder import Run
from evals.scoring.external import read_predictions, scorables
from evals.scoring.utterance import Scorable, score_utterances

Predictions = pd.DataFrame | Iterable[Mapping[str, object]]


def score(what: str | Path | Predictions, *, equivalent: bool = False) -> Results:
    """Score a run folder, a file of predictions, or predictions as a frame or mappings.

    A file has one prediction per line of JSON, a frame one per row, an iterable one per mapping.
    All have the same columns: `id`, `reference` (the words said), `latex` (accepted readings,
    empty if no formula was said); and, if known, `transcript`, `formulas`, `answer`,
    `phrase_id`, `epoch`, `status`, `tags`. With `equivalent`, formulas that are not exact are
    compared by value, which takes longer.

    Raises RunError and DatasetError, which name the line that can't be read.
    """
    with ExitStack() as stack:
        katex = stack.enter_context(Katex())
        prover = stack.enter_context(Prover()) if equivalent else None
        if isinstance(what, str | Path) and Path(what).is_dir():
            return Results.of_run(score_run(Run.open(Path(what)), katex, prover))
        name, items = _predictions(what)
        scores = score_utterances(items, katex, prover)
    rows = map(Row.of, scores, map(Texts.of_prediction, items))
    return Results(name, name, None, tuple(scores), tuple(rows))


def _predictions(what: str | Path | Predictions) -> tuple[str, list[Scorable]]:
    if isinstance(what, str | Path):
        return Path(what).name, read_predictions(Path(what))
    items = scorables((f"prediction {n}", line) for n, line in enumerate(_lines(what), start=1))
    if not items:
        raise DatasetError("expected at least one prediction, got none")
    return "predictions", items


def _lines(given: Predictions) -> Iterator[str]:
    """The predictions as a file would hold them, so that both are read alike."""
    found = given.to_dict("records") if isinstance(given, pd.DataFrame) else given
    for number, each in enumerate(found, start=1):
        if not isinstance(each, Mapping):
            raise DatasetError(f"prediction {number}: expected a mapping, got {each!r:.80}")
        known = {name: value for name, value in each.items() if not _is_missing(value)}
        try:
            yield json.dumps(known)
        except (TypeError, ValueError) as error:
            raise DatasetError(f"prediction {number}: expected plain values: {error}") from error


def _is_missing(value: object) -> bool:
    """Whether a frame has nothing there."""
    is_no_number = isinstance(value, float) and math.isnan(value)
    return value is None or value is pd.NA or is_no_number
