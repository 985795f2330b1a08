"""The figures of a run: values only, computed in `evals/analysis/summary.py`."""

from dataclasses import dataclass
from typing import Literal

from evals.analysis.statistics import Rate


@dataclass(frozen=True, slots=True)
class UtteranceCounts:
    """Attempts by how they ended."""

    total: int
    ok: int
    cut_off: int
    failed: int


@dataclass(frozen=True, slots=True)
class WordRates:
    """Corpus word, match and character error rates, word information lost, and what went wrong.

    Insertions, deletions and substitutions are rates over the reference's words. `prose` is
    the word error rate around formulas. `by_normaliser` has the word error rate under each
    normaliser: `none`, `ours`, `whisper_english`.
    """

    wer: Rate
    mer: Rate
    cer: Rate
    wil: Rate
    insertions: Rate
    deletions: Rate
    substitutions: Rate
    prose: Rate
    by_normaliser: dict[str, Rate]


@dataclass(frozen=True, slots=True)
class NotationRates:
    """Shares over utterances in which a formula was said; `unscored` had no readable reference."""

    valid: Rate
    exact_strict: Rate
    exact_spoken: Rate
    exact_spoken_nocase: Rate
    equivalent: Rate
    similarity: Rate
    token_error_rate: Rate
    character_error_rate: Rate
    unscored: int


@dataclass(frozen=True, slots=True)
class AllCounted:
    """The two headline rates with failed attempts as all wrong."""

    wer: Rate
    exact_spoken: Rate


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


@dataclass(frozen=True, slots=True)
class NoFormulaRates:
    """Shares over utterances in which no formula was said."""

    correct: Rate
    spurious: Rate


@dataclass(frozen=True, slots=True)
class AnswerRates:
    """What the tutor answered.

    Shares of answers: `latex_aloud`, `asked_back` (over utterances with several readings),
    `asked_needlessly` (over those with one), `gave_away` (where there was a solution to give
    away). Means: `words` and `duration_sec` an answer, `first_audio_sec` from the end of the
    student's turn. `written_per_said`: the student's formulas written over those said.
    """

    latex_aloud: Rate
    asked_back: Rate
    asked_needlessly: Rate
    gave_away: Rate
    written_per_said: Rate
    words: Rate
    duration_sec: Rate
    first_audio_sec: Rate
    first_audio_p95_sec: float | None


@dataclass(frozen=True, slots=True)
class Slice:
    """One value of one tag, for instance voice "en-us"."""

    wer: Rate
    exact_spoken: Rate
    heard_understood: HeardUnderstood


@dataclass(frozen=True, slots=True)
class Summary:
    """A whole run; `dataclasses.asdict` gives the report's JSON.

    `slices` is tag, then value, then rates: `slices["voice"]["en-us"].wer`. `clustered_by`
    says what the intervals were resampled by.
    """

    clustered_by: Literal["phrase", "speaker"]

    utterances: UtteranceCounts
    words: WordRates
    notation: NotationRates
    words_only: NotationRates
    no_formula: NoFormulaRates
    answers: AnswerRates
    all_counted: AllCounted
    heard_understood: HeardUnderstood
    repeats: Repeats | None
    slices: dict[str, dict[str, Slice]]
