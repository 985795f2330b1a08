"""A run's outcomes beside what was meant, scored."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from agent.models import MODELS
from evals.analysis.figures import Summary
from evals.analysis.measure import Measure
from evals.analysis.measures import MEASURES
from evals.analysis.score_cache import keep_scores, read_scores
from evals.analysis.summary import summarise
from evals.dataset.utterances import Dataset, Utterance, load_dataset
from evals.notation import Katex, Prover
from evals.runs.folder import Run
from evals.runs.overlay import NO_REMARKS, Overlay, read_overlay
from evals.runs.prediction import Prediction
from evals.runs.rows import Attempt
from evals.scoring.answers import Answer
from evals.scoring.utterance import Scorable, UtteranceScore, score_utterances


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


@dataclass(frozen=True)
class ScoredRun:
    """Every outcome of a run, in the order of the dataset, scored by the references that
    `overlay` corrects; `measures` are those of its summary, reports and comparisons.
    """

    run: Run
    attempts: tuple[ScoredAttempt, ...]
    overlay: Overlay = NO_REMARKS
    measures: Sequence[Measure] = MEASURES

    @cached_property
    def summary(self) -> Summary:
        """The run in rates, made when it is first asked for: it takes a second or two."""
        return summarise([each.score for each in self.attempts], measures=self.measures)

    @property
    def wrong_ids(self) -> frozenset[str]:
        """The utterances that came out wrong in at least one epoch."""
        return frozenset(
            each.utterance.id for each in self.attempts if each.score.verdict.is_right is False
        )


def load_references(run: Run) -> Dataset:
    """What a run is scored against, its recordings unread; DatasetError when it is gone."""
    return load_dataset(Path(run.info.dataset_folder), with_recordings=False)


def score_run(run: Run, katex: Katex, prover: Prover | None = None) -> ScoredRun:
    """Score what a run holds so far; DatasetError when its dataset is gone."""
    return score_or_recall(run, load_references(run), katex, prover)


def score_or_recall(
    run: Run, dataset: Dataset, katex: Katex, prover: Prover | None = None
) -> ScoredRun:
    """The scores kept in the run folder while they hold, else new ones, which are kept.

    Kept are those by the dataset's own references; what a listener corrected is scored anew.
    """
    equivalent = prover is not None
    kept = read_scores(run, dataset, equivalent=equivalent)
    if kept is not None:
        scored = _beside(run, _known(run, dataset), kept)
    else:
        scored = score_outcomes(run, dataset, katex, prover)
        if run.status == "complete":
            scores = [each.score for each in scored.attempts]
            keep_scores(run, dataset, scores, equivalent=equivalent)
    return with_overlay(scored, read_overlay(run.folder), katex, prover)


def with_overlay(
    scored: ScoredRun, overlay: Overlay, katex: Katex, prover: Prover | None = None
) -> ScoredRun:
    """The run as a listener left it: only utterances with another reference are scored."""
    if not overlay.n_corrected:
        return replace(scored, overlay=overlay)
    better = {each.utterance.id: overlay.corrected(each.utterance) for each in scored.attempts}
    changed = [each for each in scored.attempts if better[each.utterance.id] != each.utterance]
    writes_formulas = _writes_formulas(scored.run.info.tutor.model)
    scorables = [
        _scorable(better[each.utterance.id], each.attempt, writes_formulas) for each in changed
    ]
    known = [(better[each.utterance.id], each.attempt) for each in changed]
    anew = _beside(scored.run, known, score_utterances(scorables, katex, prover)).attempts
    by_old = {id(old): new for old, new in zip(changed, anew, strict=True)}
    attempts = tuple(by_old.get(id(each), each) for each in scored.attempts)
    return replace(scored, attempts=attempts, overlay=overlay)


def with_shared_corrections(runs: Sequence[ScoredRun], katex: Katex) -> list[ScoredRun]:
    """Runs to be compared: a reference that was corrected beside one is corrected in all.

    Else the difference would be one of the references; runs over other data stay as they are.
    """
    by_data: dict[str, list[Overlay]] = {}
    for scored in runs:
        by_data.setdefault(scored.run.info.dataset_folder, []).append(scored.overlay)
    return [
        with_overlay(
            scored,
            scored.overlay.with_corrections_of(by_data[scored.run.info.dataset_folder]),
            katex,
        )
        for scored in runs
    ]


def score_outcomes(
    run: Run, dataset: Dataset, katex: Katex, prover: Prover | None = None
) -> ScoredRun:
    """Score a run against a dataset that is loaded already; equivalence needs a prover."""
    known = _known(run, dataset)
    writes_formulas = _writes_formulas(run.info.tutor.model)
    scorables = [_scorable(utterance, each, writes_formulas) for utterance, each in known]
    return _beside(run, known, score_utterances(scorables, katex, prover))


def score_attempt(
    utterance: Utterance, attempt: Attempt, model: str, katex: Katex
) -> ScoredAttempt:
    """One outcome of `model`, of a run or of none."""
    (score,) = score_utterances([_scorable(utterance, attempt, _writes_formulas(model))], katex)
    return ScoredAttempt(utterance, attempt, score)


def _writes_formulas(name: str) -> bool:
    model = MODELS.get(name)
    return model is None or not model.transcribes_only


_Known = list[tuple[Utterance, Attempt]]


def _known(run: Run, dataset: Dataset) -> _Known:
    """The outcomes whose utterance the dataset has."""
    utterances = {utterance.id: utterance for utterance in dataset.utterances}
    return [
        (utterances[each.utterance_id], each)
        for each in run.outcomes()
        if each.utterance_id in utterances
    ]


def _beside(run: Run, known: _Known, scores: Sequence[UtteranceScore]) -> ScoredRun:
    attempts = tuple(
        ScoredAttempt(utterance, attempt, score)
        for (utterance, attempt), score in zip(known, scores, strict=True)
    )
    return ScoredRun(run, attempts)


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
