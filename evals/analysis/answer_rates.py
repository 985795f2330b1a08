"""The answers of a run in rates, and one attempt's share in each of them."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import numpy as np

from evals.analysis.figures import AnswerRates
from evals.analysis.resampling import Draw
from evals.analysis.statistics import Rate, ratio, share
from evals.scoring.utterance import UtteranceScore

Counted = Callable[[UtteranceScore], float | None]


def answer_rates(scores: Sequence[UtteranceScore], draw: Draw) -> AnswerRates:
    """Over the attempts that were answered; no data where nobody answers."""
    shares = {name: _share(scores, counted, draw) for name, counted in SHARES.items()}
    means = {name: _mean(scores, counted, draw) for name, counted in MEANS.items()}
    waits_sec = [each for each in map(MEANS["first_audio_sec"], scores) if each is not None]
    return AnswerRates(
        latex_aloud=shares["latex_aloud"],
        asked_back=shares["asked_back"],
        asked_needlessly=shares["asked_needlessly"],
        gave_away=shares["gave_away"],
        written_per_said=_written_per_said(scores, draw),
        words=means["words"],
        duration_sec=means["duration_sec"],
        first_audio_sec=means["first_audio_sec"],
        first_audio_p95_sec=float(np.quantile(waits_sec, 0.95)) if waits_sec else None,
    )


def n_written(score: UtteranceScore) -> int | None:
    """The student's formulas that were written; None where none was said, or none is known."""
    formulas = score.notation.formulas if score.notation else None
    return formulas.written if formulas and score.answer else None


def n_said(score: UtteranceScore) -> int:
    """The formulas of the nearest accepted reading; 0 where none was said."""
    formulas = score.notation.formulas if score.notation else None
    return formulas.said if formulas else 0


def _latex_aloud(score: UtteranceScore) -> float | None:
    return None if score.answer is None else float(bool(score.answer.latex_aloud))


def _asked_back(score: UtteranceScore) -> float | None:
    return float(score.answer.asked_back) if score.answer and score.is_ambiguous else None


def _asked_needlessly(score: UtteranceScore) -> float | None:
    is_clear = score.formula_said and not score.is_ambiguous
    return float(score.answer.asked_back) if score.answer and is_clear else None


def _gave_away(score: UtteranceScore) -> float | None:
    gave_away = score.answer.gave_away if score.answer else None
    return None if gave_away is None else float(gave_away)


def _words(score: UtteranceScore) -> float | None:
    return None if score.answer is None else float(score.answer.n_words)


def _duration_sec(score: UtteranceScore) -> float | None:
    return None if score.answer is None else score.answer.duration_sec


def _first_audio_sec(score: UtteranceScore) -> float | None:
    return None if score.answer is None else score.answer.first_audio_sec


SHARES: Mapping[str, Counted] = MappingProxyType(
    {
        "latex_aloud": _latex_aloud,
        "asked_back": _asked_back,
        "asked_needlessly": _asked_needlessly,
        "gave_away": _gave_away,
    }
)
MEANS: Mapping[str, Counted] = MappingProxyType(
    {"words": _words, "duration_sec": _duration_sec, "first_audio_sec": _first_audio_sec}
)


def _known(
    scores: Sequence[UtteranceScore], counted: Counted, draw: Draw
) -> tuple[list[float], list[str]]:
    found = [
        (value, draw.cluster(score)) for score in scores if (value := counted(score)) is not None
    ]
    return [value for value, _ in found], [cluster for _, cluster in found]


def _share(scores: Sequence[UtteranceScore], counted: Counted, draw: Draw) -> Rate:
    values, clusters = _known(scores, counted, draw)
    return share([bool(value) for value in values], clusters, draw.seed)


def _mean(scores: Sequence[UtteranceScore], counted: Counted, draw: Draw) -> Rate:
    values, clusters = _known(scores, counted, draw)
    return ratio(values, [1] * len(values), clusters, draw.seed)


def _written_per_said(scores: Sequence[UtteranceScore], draw: Draw) -> Rate:
    counted = [score for score in scores if n_written(score) is not None]
    return ratio(
        [n_written(score) or 0 for score in counted],
        [n_said(score) for score in counted],
        [draw.cluster(score) for score in counted],
        draw.seed,
    )
