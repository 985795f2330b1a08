"""The figures of a run: values only, computed in `evals/analysis/summary.py`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

from evals.analysis.measure import Measure
from evals.analysis.statistics import Rate
from evals.runs.prediction import UtteranceCounts


@dataclass(frozen=True, slots=True)
class HeardUnderstood:
    """Utterances with a formula, by whether the words were right and the formula was."""

    both: int
    only_heard: int
    only_understood: int
    neither: int


@dataclass(frozen=True, slots=True)
class Repeats:
    """Utterances replayed `epochs` times: right every time, and not always the same.

    Source: pass^k of tau-bench (Yao and others 2024), with k the number of epochs.
    """

    epochs: int
    always_right: Rate
    disagreeing: Rate


Figure = Rate | float | int | None


class Figures(dict[str, Figure | dict[str, Figure] | HeardUnderstood]):
    """One group of figures by the names of their measures; its rates are attributes, too.

    A dictionary, so that `dataclasses.asdict` and JSON take it as it is.
    """

    __slots__ = ()

    def __getattr__(self, name: str) -> Rate:
        """The rate of that name: `words.wer`."""
        value = self.get(name)
        if not isinstance(value, Rate):
            raise AttributeError(f"expected one of {', '.join(self.rates)}, got {name!r}")
        return value

    @property
    def rates(self) -> Mapping[str, Rate]:
        """The figures that have an interval."""
        return {name: value for name, value in self.items() if isinstance(value, Rate)}

    def figure(self, measure: Measure) -> Figure:
        """The figure of a measure of this group."""
        return cast("Figure", self[measure.name])


class WordRates(Figures):
    """What was heard."""

    __slots__ = ()

    @property
    def by_normaliser(self) -> Mapping[str, Rate]:
        """The word error rate under each normaliser: `none`, `ours`, `whisper_english`."""
        return cast("Mapping[str, Rate]", self["by_normaliser"])


class NotationRates(Figures):
    """What was understood, over utterances in which a formula was said."""

    __slots__ = ()

    @property
    def unscored(self) -> int:
        """How many of them have no readable reference."""
        return cast("int", self["unscored"])


class AnswerRates(Figures):
    """What the tutor answered."""

    __slots__ = ()

    @property
    def first_audio_p95_sec(self) -> float | None:
        """The wait that 19 of 20 answers don't exceed."""
        return cast("float | None", self["first_audio_p95_sec"])


class Slice(Figures):
    """One value of one tag, for instance voice "en-us"."""

    __slots__ = ()

    @property
    def heard_understood(self) -> HeardUnderstood:
        """Its utterances with a formula, by words and formulas."""
        return cast("HeardUnderstood", self["heard_understood"])


@dataclass(frozen=True, slots=True)
class Summary:
    """A whole run; `dataclasses.asdict` gives the report's JSON.

    A group holds the figures whose measures' keys begin with its name: `words.wer`.
    `slices` is tag, then value, then rates: `slices["voice"]["en-us"].wer`. `clustered_by`
    says what the intervals were resampled by.
    """

    clustered_by: Literal["phrase", "speaker"]

    utterances: UtteranceCounts
    words: WordRates
    notation: NotationRates
    words_only: NotationRates
    no_formula: Figures
    answers: AnswerRates
    all_counted: Figures
    heard_understood: HeardUnderstood
    repeats: Repeats | None
    slices: dict[str, dict[str, Slice]]

    def figure(self, measure: Measure) -> Figure:
        """The figure of one measure."""
        group: Figures = getattr(self, measure.group)
        return group.figure(measure)

    def rate(self, measure: Measure) -> Rate:
        """The same where it has an interval; KeyError where it has none."""
        group: Figures = getattr(self, measure.group)
        return group.rates[measure.name]
