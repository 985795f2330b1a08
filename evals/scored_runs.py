"""A run's outcomes beside what was meant, scored."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from agent.models import MODELS
from evals.answers import Answer
from evals.figures import Summary
from evals.notation import Katex, Prover
from evals.predictions import Prediction
from evals.runs import Attempt, Run
from evals.scoring import Scorable, UtteranceScore, score_utterances
from evals.summary import summarise
from evals.utterances import Dataset, Utterance, load_dataset


@dataclass(frozen=True, slots=True)
class ScoredAttempt:
    """One outcome with its utterance and score."""

    utterance: Utterance
    attempt: Attempt
    score: UtteranceScore

    @property
    def understood(self) -> tuple[str, ...]:
        """The LaTeX that is scored."""
        return understood(self.attempt)


@dataclass(frozen=True, slots=True)
class ScoredRun:
    """Every outcome of a run, in the order of the dataset."""

    run: Run
    attempts: tuple[ScoredAttempt, ...]
    summary: Summary


def score_run(run: Run, katex: Katex, prover: Prover | None = None) -> ScoredRun:
    """Score what a run holds so far; DatasetError when its dataset is gone."""
    return score_outcomes(run, load_dataset(Path(run.info.dataset_folder)), katex, prover)


def score_outcomes(
    run: Run, dataset: Dataset, katex: Katex, prover: Prover | None = None
) -> ScoredRun:
    """Score a run against a dataset that is loaded already; equivalence needs a prover."""
    utterances = {utterance.id: utterance for utterance in dataset.utterances}
    known = [each for each in run.outcomes() if each.utterance_id in utterances]
    model = MODELS.get(run.info.tutor.model)
    writes_formulas = model is None or not model.transcribes_only
    scorables = [_scorable(utterances[each.utterance_id], each, writes_formulas) for each in known]
    scores: Sequence[UtteranceScore] = score_utterances(scorables, katex, prover)
    attempts = tuple(
        ScoredAttempt(utterances[attempt.utterance_id], attempt, score)
        for attempt, score in zip(known, scores, strict=True)
    )
    return ScoredRun(run, attempts, summarise(scores))


def understood(attempt: Attempt) -> tuple[str, ...]:
    """What counts as understood: the student's formulas from the model alone."""
    return tuple(
        formula.latex
        for formula in attempt.prediction.formulas
        if formula.source == "model" and formula.speaker == "student"
    )


def _scorable(utterance: Utterance, attempt: Attempt, writes_formulas: bool) -> Scorable:
    prediction = attempt.prediction
    return Scorable(
        utterance_id=utterance.id,
        phrase_id=utterance.phrase_id,
        epoch=attempt.epoch,
        status=prediction.status,
        reference=utterance.transcript,
        accepted=utterance.latex,
        transcript=prediction.transcript,
        formulas=understood(attempt),
        tags=utterance.tags,
        writes_formulas=writes_formulas,
        answer=_answer(prediction) if writes_formulas else None,
    )


def _answer(prediction: Prediction) -> Answer:
    timings_sec = prediction.timings_sec
    first_audio_sec = None
    if "answer" in timings_sec and "sent" in timings_sec:
        first_audio_sec = max(0.0, timings_sec["answer"] - timings_sec["sent"])
    return Answer(
        prediction.answer,
        prediction.answer_sec,
        first_audio_sec,
        tuple(each.latex for each in prediction.formulas if each.speaker == "tutor"),
    )
