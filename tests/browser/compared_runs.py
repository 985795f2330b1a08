"""Run folders to be compared on the page, written without any service."""

from collections.abc import Mapping
from pathlib import Path

from agent.models import DEFAULT_MODEL
from agent.prompts.prompt import find_prompt
from agent.transcript import Formula
from agent.tutor.endpoint import LiveEndpoint
from agent.tutor.tutor import Tutor
from evals.dataset.utterances import load_dataset
from evals.replay.runner import Plan, create_run
from evals.runs.prediction import Prediction
from evals.runs.rows import Attempt
from tests.paths import DATASET

HOSTILE = '<img src=x onerror="window.hit=1">'
TIMINGS_SEC = {"sent": 0.1, "words": 0.6, "formula": 0.7, "answer": 0.9, "complete": 2.0}


def write_runs(
    runs: Path, name: str, n_right: Mapping[str, int], n_utterances: int = 4
) -> list[str]:
    """A run for each entry, over the first utterances of the shipped dataset; gives their names.

    The first `n_right` formulas are right, the others `z`; the last utterance failed. The first
    word of each transcript was heard as "blue", and hostile markup stands wherever a model writes.
    """
    return [_write_run(runs / f"{name}-{end}", n, n_utterances) for end, n in n_right.items()]


def _write_run(folder: Path, n_right: int, n_utterances: int) -> str:
    if folder.exists():
        return folder.name
    tutor = Tutor(find_prompt("transcribe"), DEFAULT_MODEL)
    plan = Plan(load_dataset(DATASET), tutor, folder, limit=n_utterances)
    run = create_run(plan, LiveEndpoint("gemini", "none"))
    for number, utterance in enumerate(plan.utterances):
        latex = utterance.latex[0] if number < n_right else "z"
        made = Prediction(
            "ok",
            f"blue {utterance.transcript.split(maxsplit=1)[1]}",
            (Formula(latex, "model", "student"),),
            f"Well said. {HOSTILE}",
            timings_sec=TIMINGS_SEC,
        )
        if number == n_utterances - 1:
            made = Prediction("failed", error=f"lost {HOSTILE}")
        run.add(Attempt(utterance.id, 0, 1, made))
    run.set_status("complete")
    return folder.name
