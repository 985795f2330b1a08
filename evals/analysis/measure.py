"""What a measure is: its words, and how it is taken, aggregated, compared and gated.

Light to import: command lines read their options from the measures.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from evals.scoring.utterance import UtteranceScore

Part = tuple[float, int]  # what one attempt adds to a rate: numerator and denominator
Unit = Literal["%", "s", "words", "formulas", "utterances"]
Group = Literal["words", "notation", "words_only", "no_formula", "answers", "all_counted"]
Better = Literal["high", "low", "neither"]
Shown = Literal["always", "if known", "never"]


@dataclass(frozen=True, slots=True)
class Share:
    """The share of attempts for which it holds; `of` gives None for one that is left out."""

    of: Callable[["UtteranceScore"], bool | None]


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean over attempts; `of` gives None for one that is left out."""

    of: Callable[["UtteranceScore"], float | None]


@dataclass(frozen=True, slots=True)
class Ratio:
    """All numerators over all denominators; `of` gives None for an attempt that is left out."""

    of: Callable[["UtteranceScore"], Part | None]


@dataclass(frozen=True, slots=True)
class InformationLost:
    """1 less the product of the hits' shares in the words said and the words heard.

    `of` gives hits, words said and words heard, None for an attempt that is left out.
    """

    of: Callable[["UtteranceScore"], tuple[int, int, int] | None]


@dataclass(frozen=True, slots=True)
class Quantile:
    """The value that the share `at` of attempts does not exceed, without an interval."""

    of: Callable[["UtteranceScore"], float | None]
    at: float


@dataclass(frozen=True, slots=True)
class Count:
    """How many attempts it holds for, without an interval."""

    of: Callable[["UtteranceScore"], bool | None]


Aggregation = Share | Mean | Ratio | InformationLost | Quantile | Count


class Among(Enum):
    """The pairs of attempts over which two runs are compared.

    Where an attempt of such a pair has no value, it counts as all wrong; of `BOTH_KNOWN`
    none has.
    """

    ALL_PAIRS = "all pairs"
    FORMULA_SAID = "pairs in which a formula was said that can be scored"
    NO_FORMULA_SAID = "pairs in which no formula was said"
    BOTH_KNOWN = "pairs of which both attempts have a value"


def nothing_right(_: "UtteranceScore") -> Part:
    """An attempt of which nothing is right."""
    return 0, 1


@dataclass(frozen=True, slots=True)
class Compared:
    """How two runs are compared by a share, mean or ratio.

    `name` is what the difference is called, `all_wrong` what an attempt without a value adds.
    """

    name: str
    among: Among = Among.BOTH_KNOWN
    all_wrong: Callable[["UtteranceScore"], Part] = nothing_right


@dataclass(frozen=True, slots=True)
class Gate:
    """A limit that a rate must keep: `--max-NAME` where lower is better, otherwise `--min-NAME`.

    `told` is what the measure is called where a run does not keep it.
    """

    name: str
    told: str


_BETTER: dict[Better, str] = {
    "high": " Higher is better.",
    "low": " Lower is better.",
    "neither": "",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of a run.

    `key` is its place in `summary.json` and its name in frames, `title` its heading in tables,
    `explanation` one sentence. A figure in `%` is kept as a share, 1 for 100 %. `shown` says
    whether reports and pages have it among the headline rates, `is_sliced` whether it is given
    for each value of a dataset's column.
    """

    key: str
    title: str
    explanation: str
    how: Aggregation
    better: Better
    unit: Unit = "%"
    shown: Shown = "never"
    is_sliced: bool = False
    compared: Compared | None = None
    gate: Gate | None = None

    @property
    def group(self) -> str:
        """The part of the summary that it belongs to: `words` of `words.wer`."""
        return self.key.partition(".")[0]

    @property
    def name(self) -> str:
        """Its name in that part: `wer` of `words.wer`."""
        return self.key.partition(".")[2]

    @property
    def hint(self) -> str:
        """The explanation, and which way is better."""
        return f"{self.explanation}{_BETTER[self.better]}"

    @property
    def is_better_high(self) -> bool | None:
        """Which way is better; None where neither is."""
        return None if self.better == "neither" else self.better == "high"

    def part_of(self) -> Callable[["UtteranceScore"], Part | None]:
        """What one attempt adds to the rate; TypeError for a figure that is not made of parts."""
        match self.how:
            case Ratio(of):
                return of
            case Share(of) | Mean(of):
                return lambda score: None if (value := of(score)) is None else (value, 1)
        raise TypeError(f"{self.key}: expected a share, mean or ratio, got {self.how}")
