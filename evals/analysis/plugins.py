"""Scorers that others bring: entry points of the group `workbench.scorers`."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points

from agent.errors import EnvironmentNotReady
from evals.analysis.scored_run import ScoredAttempt
from evals.analysis.statistics import Rate, ratio
from evals.dataset.utterances import Utterance
from evals.runs.prediction import UNANSWERED, Prediction

GROUP = "workbench.scorers"
Scorer = Callable[[Utterance, Prediction], float | None]


@dataclass(frozen=True, slots=True)
class PluginScores:
    """What one scorer gave, an entry an attempt; None where it has no opinion or no answer came."""

    name: str
    version: str
    scores: tuple[float | None, ...]
    mean: Rate


def plugin_scores(attempts: Sequence[ScoredAttempt]) -> list[PluginScores]:
    """Every installed scorer's scores; attempts without an answer are not shown to any.

    Raises EnvironmentNotReady that names a scorer which can't be loaded or breaks.
    """
    return [
        _scored(entry.name, entry.dist.version if entry.dist else "0", entry.load, attempts)
        for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name)
    ]


def _scored(
    name: str, version: str, load: Callable[[], Scorer], attempts: Sequence[ScoredAttempt]
) -> PluginScores:
    try:
        scorer = load()
        scores = [_score(scorer, each) for each in attempts]
    except Exception as error:
        raise EnvironmentNotReady(
            f"scorer {name!r}: expected a function from utterance and prediction to a number or "
            f"None, got {type(error).__name__}: {error}"
        ) from error
    return PluginScores(name, version, tuple(scores), _mean(scores, attempts))


def _score(scorer: Scorer, each: ScoredAttempt) -> float | None:
    if each.attempt.prediction.status in UNANSWERED:
        return None
    score = scorer(each.utterance, each.attempt.prediction)
    return None if score is None else float(score)


def _mean(scores: Iterable[float | None], attempts: Sequence[ScoredAttempt]) -> Rate:
    known = [
        (score, each.utterance.phrase_id)
        for score, each in zip(scores, attempts, strict=True)
        if score is not None
    ]
    return ratio([score for score, _ in known], [1] * len(known), [phrase for _, phrase in known])
