"""A whole run in rates: what was heard, what was understood."""

from collections import Counter
from collections.abc import Sequence

from evals.analysis.aggregation import aggregate
from evals.analysis.figures import (
    AnswerRates,
    Figure,
    Figures,
    HeardUnderstood,
    NotationRates,
    Repeats,
    Slice,
    Summary,
    WordRates,
)
from evals.analysis.measure import Group, Measure
from evals.analysis.measures import MEASURES
from evals.analysis.resampling import Draw, draw_of
from evals.analysis.statistics import Rate, ratio, share
from evals.analysis.taken import has_readable_formula
from evals.runs.prediction import UtteranceCounts
from evals.scoring.normalisers import OTHERS, OURS
from evals.scoring.utterance import UtteranceScore

MAX_SLICES = 30
MAX_SLICED_TAGS = 16  # each value costs two intervals


def summarise(
    scores: Sequence[UtteranceScore], seed: int = 0, measures: Sequence[Measure] = MEASURES
) -> Summary:
    """Rates with 95 % intervals; attempts without an answer are counted, not rated.

    Resampled are phrases, or speakers from ten speakers on; in a slice by what it holds.
    """
    draw = draw_of(scores, seed)
    clusters = [draw.cluster(score) for score in scores]

    def group(name: Group) -> dict[str, Figure]:
        return {
            each.name: aggregate(each.how, scores, clusters, seed)
            for each in measures
            if each.group == name
        }

    words = group("words")
    by_normaliser: dict[str, Figure] = {
        OURS: words["wer"],
        **_rates_by_others(scores, clusters, seed),
    }
    return Summary(
        clustered_by=draw.clustered_by,
        utterances=UtteranceCounts.of(score.status for score in scores),
        words=WordRates(words, by_normaliser=by_normaliser),
        notation=NotationRates(group("notation")),
        words_only=NotationRates(group("words_only")),
        no_formula=Figures(group("no_formula")),
        answers=AnswerRates(group("answers")),
        all_counted=Figures(group("all_counted")),
        heard_understood=_heard_understood(scores),
        repeats=_repeats(scores, draw),
        slices={tag: _slices(scores, tag, seed, measures) for tag in _sliced_tags(scores)},
    )


def _rates_by_others(
    scores: Sequence[UtteranceScore], clusters: Sequence[str], seed: int
) -> dict[str, Rate]:
    answered = [
        (score, cluster)
        for score, cluster in zip(scores, clusters, strict=True)
        if score.words is not None
    ]
    return {
        name: ratio(
            [score.other_words[name].n_errors for score, _ in answered],
            [score.other_words[name].n_reference_words for score, _ in answered],
            [cluster for _, cluster in answered],
            seed,
        )
        for name in OTHERS
    }


def _heard_understood(scores: Sequence[UtteranceScore]) -> HeardUnderstood:
    answered = [
        score for score in scores if has_readable_formula(score) and score.notation is not None
    ]
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
        if has_readable_formula(score):
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


def _slices(
    scores: Sequence[UtteranceScore], tag: str, seed: int, measures: Sequence[Measure]
) -> dict[str, Slice]:
    values = sorted({score.tags[tag] for score in scores if tag in score.tags})
    sliced = [each for each in measures if each.is_sliced]
    return {
        value: _slice([score for score in scores if score.tags.get(tag) == value], seed, sliced)
        for value in values
    }


def _slice(scores: Sequence[UtteranceScore], seed: int, measures: Sequence[Measure]) -> Slice:
    """Few rates alone: a run has many slices, and every rate an interval to resample."""
    draw = draw_of(scores, seed)
    clusters = [draw.cluster(score) for score in scores]
    figures = {each.name: aggregate(each.how, scores, clusters, seed) for each in measures}
    return Slice(figures, heard_understood=_heard_understood(scores))
