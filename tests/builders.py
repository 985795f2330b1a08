"""Run folders, scored runs and their parts, as tests need them: right, wrong, failed."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from agent.transcript import Formula, Speaker
from evals.analysis.scored_run import ScoredAttempt, ScoredRun
from evals.dataset.utterances import Dataset, Utterance
from evals.notation import NotationScore
from evals.runs.folder import RecordedPrompt, RecordedTutor, Run, RunInfo
from evals.runs.prediction import Prediction
from evals.runs.rows import Attempt
from evals.scoring.normalisers import counts_of_others
from evals.scoring.utterance import UtteranceScore
from evals.scoring.words import word_errors

PROMPT = RecordedPrompt(name="p", version="1", description="", instructions="")
INFO = RunInfo(
    format_version=1,
    status="complete",
    began="2026-01-01T00:00:00+00:00",
    engine="gemini",
    depth="direct",
    versions={},
    tutor=RecordedTutor(model="m", prompt=PROMPT),
    fingerprint="f",
    dataset_name="d",
    dataset_folder="",
    dataset_hash="h",
    utterance_ids=[],
    epochs=1,
    concurrency=1,
)
# A formula that is right in every way, and one that is readable and wrong.
RIGHT = NotationScore(
    formula_said=True,
    present=True,
    valid=True,
    exact_strict=True,
    exact_spoken=True,
    exact_spoken_nocase=True,
    equivalent=True,
    similarity=1.0,
    formulas=None,
    edits=None,
    tier="exact_strict",
    reason="",
)
WRONG = replace(RIGHT, exact_strict=False, exact_spoken=False, tier="valid")
FAILED = Prediction("failed", error="lost")


def formulas(*latex: str, speaker: Speaker = "student") -> tuple[Formula, ...]:
    """Formulas that the model wrote."""
    return tuple(Formula(each, "model", speaker) for each in latex)


def heard(words: str, *latex: str, **more: Any) -> Prediction:
    """An answer that came, with those words heard and those formulas written."""
    return Prediction("ok", words, formulas(*latex), **more)


def run_info(utterance_ids: Iterable[str] = (), **changes: Any) -> RunInfo:
    """What a run folder says of itself."""
    return INFO.model_copy(update={"utterance_ids": list(utterance_ids), **changes})


def run_over(dataset: Dataset, n_utterances: int | None = None, **changes: Any) -> RunInfo:
    """The same for a run over the first utterances of that dataset."""
    about = {
        "dataset_name": dataset.name,
        "dataset_folder": str(dataset.folder),
        "dataset_hash": dataset.content_hash,
    }
    return run_info((each.id for each in dataset.utterances[:n_utterances]), **about | changes)


def write_run(folder: Path, info: RunInfo, predictions: Iterable[Prediction]) -> Run:
    """A run folder with one attempt at each of its utterances, in their order."""
    run = Run.create(folder, info)
    for name, prediction in zip(info.utterance_ids, predictions, strict=True):
        run.add(Attempt(name, 0, 1, prediction))
    return run


def scored_run(
    outcomes: Sequence[bool | None], *, phrases: int | None = None, name: str = "run"
) -> ScoredRun:
    """A run of "x squared" whose formulas came out so; None is a failed attempt."""
    attempts = [
        _scored_attempt(number, outcome, number % (phrases or len(outcomes)))
        for number, outcome in enumerate(outcomes)
    ]
    return ScoredRun(Run(Path(name), INFO), tuple(attempts))


def _scored_attempt(number: int, outcome: bool | None, phrase: int) -> ScoredAttempt:
    utterance = Utterance(str(number), str(phrase), Path(), "x squared", ("x^2",))
    failed = outcome is None
    score = UtteranceScore(
        utterance_id=utterance.id,
        phrase_id=utterance.phrase_id,
        epoch=0,
        status="failed" if failed else "ok",
        words=None if failed else word_errors("x squared", "x squared" if outcome else "x"),
        notation=None if failed else (RIGHT if outcome else WRONG),
        words_only=None,
        words_only_formulas=(),
        n_reference_words=2,
        formula_said=True,
        is_ambiguous=False,
        tags={},
        other_words=counts_of_others("x squared", "x squared" if outcome else "x"),
    )
    return ScoredAttempt(utterance, Attempt(utterance.id, 0, 1, Prediction(score.status)), score)
