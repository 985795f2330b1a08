"""`evals.compare`: whether one run is better than another, as pandas frames."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from agent.errors import RunError
from evals.analysis.comparison import RunComparison, compare_runs, normaliser_verdict, verdict
from evals.analysis.scored_run import with_shared_corrections
from evals.api.frames import changes_frame, metrics_frame
from evals.api.results import Results
from evals.api.scoring import score
from evals.notation import Katex


@dataclass(frozen=True)
class Comparison:
    """The second run compared with the first; `compared` has all of it as typed values."""

    one: Results
    other: Results
    compared: RunComparison

    @property
    def verdict(self) -> str:
        """One sentence: which run is better, how sure that is, how much more data is needed."""
        return verdict(self.compared)

    @property
    def normalisers(self) -> str:
        """Whether the order of the two runs by word errors depends on the normaliser."""
        return normaliser_verdict(self.compared)

    @cached_property
    def metrics(self) -> pd.DataFrame:
        """One row per measure: words, formulas, answers.

        `value`, `low` and `high` are the second run less the first, in `unit` (`points` are
        shares from 0 to 1); `n` counts the compared attempts. `p` is adjusted for all measures,
        and `test` names the test. `is_better_high` is missing if neither direction is better.
        """
        return metrics_frame((*self.compared.metrics, *self.compared.answers))

    @cached_property
    def changes(self) -> pd.DataFrame:
        """One row per formula with a different outcome, regressions first.

        `change` is regression or improvement; `utterance_id`, `epoch`, `said`; `accepted`,
        `first` and `second` are tuples of LaTeX.
        """
        return changes_frame(self.compared.regressions, self.compared.improvements)

    def __str__(self) -> str:
        return f"{self.one.name} -> {self.other.name}: {self.verdict}"

    __repr__ = __str__


def compare(
    one: str | Path | Results, other: str | Path | Results, *, only_shared: bool = False
) -> Comparison:
    """Compare two runs by utterance; the first is the baseline. Takes folders or results.

    Raises RunError for runs over different data, unless `only_shared` compares what they share.
    """
    first, second = _results(one), _results(other)
    if first.run is None or second.run is None:
        raise RunError("expected two runs, got predictions: there are no recordings to pair")
    runs = [first.run, second.run]
    if any(run.overlay.n_corrected for run in runs):
        with Katex() as katex:
            runs = with_shared_corrections(runs, katex)
    compared = compare_runs(runs[0], runs[1], only_shared=only_shared)
    return Comparison(first, second, compared)


def _results(run: str | Path | Results) -> Results:
    return run if isinstance(run, Results) else score(run)
