"""Scores of utterances and of a whole run: what was heard, what was understood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from evals.notation import Katex, NotationScore
from evals.statistics import Rate
from evals.words import WordErrors

SCORER_VERSION = "1"
Status = Literal["ok", "cut_off", "failed"]


@dataclass(frozen=True, slots=True)
class Scorable:
    """One attempt beside its reference.

    `accepted` are the dataset's readings (empty: no formula was said); `formulas` the
    student's formulas from the model, in order; `tags` hold category, voice, noise.
    """

    utterance_id: str
    phrase_id: str
    epoch: int
    status: Status
    reference: str
    accepted: tuple[str, ...]
    transcript: str
    formulas: tuple[str, ...]
    tags: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class UtteranceScore:
    """What one attempt scored; words and notations are None when it failed.

    `words_only` scores the formulas that the spoken-maths parser finds in the predicted
    transcript, `words_only_formulas`, instead of the model's.
    """

    utterance_id: str
    phrase_id: str
    epoch: int
    status: Status
    words: WordErrors | None
    notation: NotationScore | None
    words_only: NotationScore | None
    words_only_formulas: tuple[str, ...]
    tags: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class UtteranceCounts:
    """Attempts by how they ended."""

    total: int
    ok: int
    cut_off: int
    failed: int


@dataclass(frozen=True, slots=True)
class WordRates:
    """Corpus word, match and character error rates."""

    wer: Rate
    mer: Rate
    cer: Rate


@dataclass(frozen=True, slots=True)
class NotationRates:
    """Shares over utterances in which a formula was said; `unscored` had no readable reference."""

    valid: Rate
    exact_strict: Rate
    exact_spoken: Rate
    unscored: int


@dataclass(frozen=True, slots=True)
class NoFormulaRates:
    """Shares over utterances in which no formula was said."""

    correct: Rate
    spurious: Rate


@dataclass(frozen=True, slots=True)
class Slice:
    """One value of one tag, for instance voice "en-us"."""

    wer: Rate
    exact_spoken: Rate


@dataclass(frozen=True, slots=True)
class Summary:
    """A whole run; `dataclasses.asdict` gives the report's JSON.

    `slices` is tag, then value, then rates: `slices["voice"]["en-us"].wer`.
    """

    utterances: UtteranceCounts
    words: WordRates
    notation: NotationRates
    words_only: NotationRates
    no_formula: NoFormulaRates
    slices: dict[str, dict[str, Slice]]


def score_utterances(items: Sequence[Scorable], katex: Katex) -> list[UtteranceScore]:
    """Score each attempt, in order, with batched typesetting."""
    raise NotImplementedError


def summarise(scores: Sequence[UtteranceScore], seed: int = 0) -> Summary:
    """Rates with intervals over `scores`; failed attempts are counted, not rated."""
    raise NotImplementedError
