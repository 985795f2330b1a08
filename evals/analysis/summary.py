"""A whole run in rates: what was heard, what was understood."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Literal

from evals.analysis.answer_rates import answer_rates
from evals.analysis.figures import (
    AllCounted,
    HeardUnderstood,
    NoFormulaRates,
    NotationRates,
    Repeats,
    Slice,
    Summary,
    UtteranceCounts,
    WordRates,
)
from evals.analysis.resampling import Draw, draw_of
from evals.analysis.statistics import Rate, information_lost, ratio, share
from evals.notation import Edits, NotationScore
from evals.scoring.normalisers import OTHERS, OURS
from evals.scoring.utterance import UtteranceScore

MAX_SLICES = 30
MAX_SLICED_TAGS = 16  # each value costs two intervals


def summarise(scores: Sequence[UtteranceScore], seed: int = 0) -> Summary:
    """Rates with 95 % intervals; failed attempts are counted, not rated.

    Resampled are phrases, or speakers from ten speakers on; in a slice by what it holds.
    """
    draw = draw_of(scores, seed)
    return Summary(
        clustered_by=draw.clustered_by,
        utterances=_count(scores),
        words=_word_rates(scores, draw),
        notation=_notation_rates(scores, _model_notation, draw),
        words_only=_notation_rates(scores, _words_only, draw),
        no_formula=_no_formula_rates(scores, draw),
        answers=answer_rates(scores, draw),
        all_counted=_all_counted(scores, draw),
        heard_understood=_heard_understood(scores),
        repeats=_repeats(scores, draw),
        slices={tag: _slices(scores, tag, seed) for tag in _sliced_tags(scores)},
    )


def _count(scores: Sequence[UtteranceScore]) -> UtteranceCounts:
    statuses = [score.status for score in scores]
    return UtteranceCounts(
        total=len(statuses),
        ok=statuses.count("ok"),
        cut_off=statuses.count("cut_off"),
        failed=statuses.count("failed"),
    )


def _word_rates(scores: Sequence[UtteranceScore], draw: Draw) -> WordRates:
    rated = [(score.words, draw.cluster(score)) for score in scores if score.words is not None]
    words = [each for each, _ in rated]
    phrases = [phrase for _, phrase in rated]
    lengths = [each.n_reference_words for each in words]

    def rate(counts: Sequence[int], totals: Sequence[int] = lengths) -> Rate:
        return ratio(counts, totals, phrases, draw.seed)

    errors, hits = [each.n_errors for each in words], [each.hits for each in words]
    return WordRates(
        wer=rate(errors),
        mer=rate(errors, [each.hits + each.n_errors for each in words]),
        cer=rate(
            [each.n_character_errors for each in words],
            [each.n_reference_characters for each in words],
        ),
        wil=information_lost(
            hits, lengths, [each.n_heard_words for each in words], phrases, draw.seed
        ),
        insertions=rate([each.insertions for each in words]),
        deletions=rate([each.deletions for each in words]),
        substitutions=rate([each.substitutions for each in words]),
        prose=_prose_rate(scores, draw),
        by_normaliser={OURS: rate(errors)} | _rates_by_others(scores, draw),
    )


def _prose_rate(scores: Sequence[UtteranceScore], draw: Draw) -> Rate:
    rated = [(score.prose, draw.cluster(score)) for score in scores if score.prose is not None]
    return ratio(
        [prose.n_errors for prose, _ in rated],
        [prose.n_words for prose, _ in rated],
        [cluster for _, cluster in rated],
        draw.seed,
    )


def _rates_by_others(scores: Sequence[UtteranceScore], draw: Draw) -> dict[str, Rate]:
    answered = [score for score in scores if score.words is not None]
    clusters = [draw.cluster(score) for score in answered]
    return {
        name: ratio(
            [score.other_words[name].n_errors for score in answered],
            [score.other_words[name].n_reference_words for score in answered],
            clusters,
            draw.seed,
        )
        for name in OTHERS
    }


_Said = tuple[NotationScore, str]
_NotationOf = Callable[[UtteranceScore], NotationScore | None]


def _model_notation(score: UtteranceScore) -> NotationScore | None:
    return score.notation


def _words_only(score: UtteranceScore) -> NotationScore | None:
    return score.words_only


def _notation_rates(
    scores: Sequence[UtteranceScore], notation_of: _NotationOf, draw: Draw
) -> NotationRates:
    said = [
        (notation, draw.cluster(score))
        for score in scores
        if (notation := notation_of(score)) is not None and notation.formula_said
    ]
    return NotationRates(
        valid=_share([(notation.valid, phrase) for notation, phrase in said], draw),
        exact_strict=_share([(notation.exact_strict, phrase) for notation, phrase in said], draw),
        exact_spoken=_share([(notation.exact_spoken, phrase) for notation, phrase in said], draw),
        exact_spoken_nocase=_share(
            [(notation.exact_spoken_nocase, phrase) for notation, phrase in said], draw
        ),
        equivalent=_share([(notation.equivalent, phrase) for notation, phrase in said], draw),
        similarity=_mean_similarity(said, draw),
        token_error_rate=_edit_rate(said, draw, "tokens"),
        character_error_rate=_edit_rate(said, draw, "characters"),
        unscored=sum(notation.exact_spoken is None for notation, _ in said),
    )


def _mean_similarity(said: Sequence[_Said], draw: Draw) -> Rate:
    known = [(n.similarity, phrase) for n, phrase in said if n.similarity is not None]
    ones = [1] * len(known)
    return ratio([value for value, _ in known], ones, [phrase for _, phrase in known], draw.seed)


def _edit_rate(said: Sequence[_Said], draw: Draw, kind: Literal["tokens", "characters"]) -> Rate:
    """All edits over all of the references' length."""
    known = [(getattr(n.edits, kind), phrase) for n, phrase in said if n.edits is not None]
    edits: list[Edits] = [each for each, _ in known]
    phrases = [phrase for _, phrase in known]
    return ratio([e.errors for e in edits], [e.length for e in edits], phrases, draw.seed)


def _all_counted(scores: Sequence[UtteranceScore], draw: Draw) -> AllCounted:
    """A failed attempt lost every word and every formula."""
    errors = [s.words.n_errors if s.words else s.n_reference_words for s in scores]
    phrases = [draw.cluster(score) for score in scores]
    said = [score for score in scores if _is_scored(score)]
    return AllCounted(
        wer=ratio(errors, [score.n_reference_words for score in scores], phrases, draw.seed),
        exact_spoken=share(
            [score.is_understood for score in said],
            [draw.cluster(score) for score in said],
            draw.seed,
        ),
    )


def _is_scored(score: UtteranceScore) -> bool:
    """Whether a formula was said, and its reference can be read as far as is known."""
    unreadable = score.notation is not None and score.notation.exact_spoken is None
    return score.formula_said and not unreadable


def _heard_understood(scores: Sequence[UtteranceScore]) -> HeardUnderstood:
    answered = [score for score in scores if _is_scored(score) and score.notation is not None]
    cells = Counter((score.is_heard, score.is_understood) for score in answered)
    return HeardUnderstood(
        both=cells[True, True],
        only_heard=cells[True, False],
        only_understood=cells[False, True],
        neither=cells[False, False],
    )


def _repeats(scores: Sequence[UtteranceScore], draw: Draw) -> Repeats | None:
    """Over the utterances whose every epoch is there; None for a single epoch."""
    epochs = 1 + max((score.epoch for score in scores), default=0)
    if epochs == 1:
        return None
    takes: dict[str, list[UtteranceScore]] = {}
    for score in scores:
        if _is_scored(score):
            takes.setdefault(score.utterance_id, []).append(score)
    whole = [found for found in takes.values() if len(found) == epochs]
    phrases = [draw.cluster(found[0]) for found in whole]
    right = [sum(score.is_understood for score in found) for found in whole]
    return Repeats(
        epochs,
        always_right=share([n == epochs for n in right], phrases, draw.seed),
        disagreeing=share([0 < n < epochs for n in right], phrases, draw.seed),
    )


def _sliced_tags(scores: Sequence[UtteranceScore]) -> list[str]:
    """The first columns that tell utterances apart without naming each."""
    values: dict[str, set[str]] = {}
    for score in scores:
        for tag, value in score.tags.items():
            values.setdefault(tag, set()).add(value)
    n_utterances = len({score.utterance_id for score in scores})
    return [tag for tag, found in values.items() if _is_slicing(len(found), n_utterances)][
        :MAX_SLICED_TAGS
    ]


def _is_slicing(n_values: int, n_utterances: int) -> bool:
    """A column with a value for every utterance or two is a name, a length, a date."""
    return n_values <= MAX_SLICES and (2 * n_values <= n_utterances or n_utterances < 5)


def _no_formula_rates(scores: Sequence[UtteranceScore], draw: Draw) -> NoFormulaRates:
    spurious = [
        (score.notation.present, draw.cluster(score))
        for score in scores
        if score.notation is not None and not score.notation.formula_said
    ]
    return NoFormulaRates(
        correct=_share([(not present, phrase) for present, phrase in spurious], draw),
        spurious=_share(spurious, draw),
    )


def _share(outcomes: Sequence[tuple[bool | None, str]], draw: Draw) -> Rate:
    """The share among the outcomes that are known."""
    known = [(outcome, phrase) for outcome, phrase in outcomes if outcome is not None]
    return share([outcome for outcome, _ in known], [phrase for _, phrase in known], draw.seed)


def _slices(scores: Sequence[UtteranceScore], tag: str, seed: int) -> dict[str, Slice]:
    values = sorted({score.tags[tag] for score in scores if tag in score.tags})
    return {
        value: _slice([score for score in scores if score.tags.get(tag) == value], seed)
        for value in values
    }


def _slice(scores: Sequence[UtteranceScore], seed: int) -> Slice:
    """Its two rates alone: a run has many slices, and every rate an interval to resample."""
    draw = draw_of(scores, seed)
    heard = [(score.words, draw.cluster(score)) for score in scores if score.words is not None]
    understood = [
        (s.notation.exact_spoken, draw.cluster(s)) for s in scores if s.notation is not None
    ]
    return Slice(
        wer=ratio(
            [words.n_errors for words, _ in heard],
            [words.n_reference_words for words, _ in heard],
            [phrase for _, phrase in heard],
            draw.seed,
        ),
        exact_spoken=_share(understood, draw),
        heard_understood=_heard_understood(scores),
    )
