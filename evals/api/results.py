"""The scores of a run, or of another system's predictions, to look at and to plot."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd

from agent.errors import RunError
from evals.analysis.figures import Summary
from evals.analysis.measure import Measure
from evals.analysis.measures import MEASURES
from evals.analysis.scored_run import ScoredRun
from evals.analysis.summary import summarise
from evals.api.frames import rates_frame, rows_frame, slices_frame
from evals.report.rows import Row
from evals.report.wording import EMBEDDED_NOTE, engine_name, is_embedded, percent
from evals.scoring.utterance import UtteranceScore


@dataclass(frozen=True)
class Results:
    """`label` says whose scores these are, for the title of a plot.

    `run` is the scored run behind them, None for predictions that another system made.
    """

    name: str
    label: str
    run: ScoredRun | None
    scores: tuple[UtteranceScore, ...] = field(repr=False)
    attempts: tuple[Row, ...] = field(repr=False)

    @classmethod
    def of_run(cls, scored: ScoredRun) -> "Results":
        """Those of a run."""
        info = scored.run.info
        label = f"embedded engine ({EMBEDDED_NOTE})" if is_embedded(info) else engine_name(info)
        return cls(
            scored.run.folder.resolve().name,
            label,
            scored,
            tuple(each.score for each in scored.attempts),
            tuple(Row.of_attempt(each) for each in scored.attempts),
        )

    @property
    def _measures(self) -> Sequence[Measure]:
        return self.run.measures if self.run else MEASURES

    @property
    def folder(self) -> Path | None:
        """The run folder, None for predictions that another system made."""
        return self.run.run.folder if self.run else None

    @cached_property
    def rows(self) -> pd.DataFrame:
        """A row an utterance and epoch, in the order of the dataset.

        The columns are those of `evals.report.rows.Row`; what is not known is missing. Then the
        dataset's other columns as text, empty where an utterance has none.
        """
        return rows_frame(self.attempts)

    @cached_property
    def summary(self) -> Summary:
        """All figures as typed values."""
        return self.run.summary if self.run else summarise(self.scores)

    @property
    def rates(self) -> pd.DataFrame:
        """A row a rate (`words.wer`, `notation.exact_spoken`): `value`, `low`, `high`, `n`.

        Shares are from 0 to 1, times in seconds; `low` and `high` bound the 95 % interval and
        are missing where fewer than two phrases were heard. `n` is how many attempts it covers.
        """
        return rates_frame(self.summary)

    def slices(self, column: str, rate: str = "exact_spoken") -> pd.DataFrame:
        """A row a value of a dataset's column: `value`, `low`, `high`, `n` as in `rates`.

        `rate` is `exact_spoken` or `wer`. RunError names the columns there are; one with more
        than 30 values, or another for nearly every utterance, is a name and no slice.
        """
        found = self.summary.slices
        rates = sorted(each.name for each in self._measures if each.is_sliced)
        if column not in found or rate not in rates:
            raise RunError(
                f"expected a column of {', '.join(found) or 'none'} and {' or '.join(rates)}, "
                f"got {column!r} and {rate!r}"
            )
        return slices_frame(found[column], rate, column)

    def __str__(self) -> str:
        counts = self.summary.utterances
        return (
            f"{self.name}: {counts.total} utterances, {counts.no_answer} without an answer, "
            f"{counts.failed} failed; formula exact as spoken {percent(self.summary.notation.exact_spoken)}, word error rate "
            f"{percent(self.summary.words.wer)}; {self.label}"
        )

    __repr__ = __str__
