"""A whole run in rates: what was heard, what was understood."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evals.notation import NotationScore
from evals.scoring import UtteranceScore
from evals.statistics import Rate, ratio, share

SLICED_TAGS = ("category", "voice", "noise")


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


def summarise(scores: Sequence[UtteranceScore], seed: int = 0) -> Summary:
    """Rates with 95 % intervals, resampled by phrase; failed attempts are counted, not rated."""
    return Summary(
        utterances=_count(scores),
        words=_word_rates(scores, seed),
        notation=_notation_rates(scores, _model_notation, seed),
        words_only=_notation_rates(scores, _words_only, seed),
        no_formula=_no_formula_rates(scores, seed),
        slices={tag: _slices(scores, tag, seed) for tag in SLICED_TAGS},
    )


def _count(scores: Sequence[UtteranceScore]) -> UtteranceCounts:
    statuses = [score.status for score in scores]
    return UtteranceCounts(
        total=len(statuses),
        ok=statuses.count("ok"),
        cut_off=statuses.count("cut_off"),
        failed=statuses.count("failed"),
    )


def _word_rates(scores: Sequence[UtteranceScore], seed: int) -> WordRates:
    rated = [(score.words, score.phrase_id) for score in scores if score.words is not None]
    words = [each for each, _ in rated]
    phrases = [phrase for _, phrase in rated]
    errors = [each.n_errors for each in words]
    return WordRates(
        wer=ratio(errors, [each.n_reference_words for each in words], phrases, seed),
        mer=ratio(errors, [each.hits + each.n_errors for each in words], phrases, seed),
        cer=ratio(
            [each.n_character_errors for each in words],
            [each.n_reference_characters for each in words],
            phrases,
            seed,
        ),
    )


_NotationOf = Callable[[UtteranceScore], NotationScore | None]


def _model_notation(score: UtteranceScore) -> NotationScore | None:
    return score.notation


def _words_only(score: UtteranceScore) -> NotationScore | None:
    return score.words_only


def _notation_rates(
    scores: Sequence[UtteranceScore], notation_of: _NotationOf, seed: int
) -> NotationRates:
    said = [
        (notation, score.phrase_id)
        for score in scores
        if (notation := notation_of(score)) is not None and notation.formula_said
    ]
    return NotationRates(
        valid=_share([(notation.valid, phrase) for notation, phrase in said], seed),
        exact_strict=_share([(notation.exact_strict, phrase) for notation, phrase in said], seed),
        exact_spoken=_share([(notation.exact_spoken, phrase) for notation, phrase in said], seed),
        unscored=sum(notation.exact_spoken is None for notation, _ in said),
    )


def _no_formula_rates(scores: Sequence[UtteranceScore], seed: int) -> NoFormulaRates:
    spurious = [
        (score.notation.present, score.phrase_id)
        for score in scores
        if score.notation is not None and not score.notation.formula_said
    ]
    return NoFormulaRates(
        correct=_share([(not present, phrase) for present, phrase in spurious], seed),
        spurious=_share(spurious, seed),
    )


def _share(outcomes: Sequence[tuple[bool | None, str]], seed: int) -> Rate:
    """The share among the outcomes that are known."""
    known = [(outcome, phrase) for outcome, phrase in outcomes if outcome is not None]
    return share([outcome for outcome, _ in known], [phrase for _, phrase in known], seed)


def _slices(scores: Sequence[UtteranceScore], tag: str, seed: int) -> dict[str, Slice]:
    values = sorted({score.tags[tag] for score in scores if tag in score.tags})
    return {
        value: _slice([score for score in scores if score.tags.get(tag) == value], seed)
        for value in values
    }


def _slice(scores: Sequence[UtteranceScore], seed: int) -> Slice:
    return Slice(
        wer=_word_rates(scores, seed).wer,
        exact_spoken=_notation_rates(scores, _model_notation, seed).exact_spoken,
    )
