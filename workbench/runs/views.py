"""What the page is told about a run's scores: plain values, nothing to escape."""

import re
from collections.abc import Mapping

from typing_extensions import TypedDict

from evals.analysis.scored_run import ScoredAttempt, ScoredRun
from evals.notation import Difference, Span
from evals.report.wording import EMBEDDED_NOTE, answer_remarks, engine_name, is_embedded, verdict
from evals.runs.folder import Run
from evals.scoring.words import Alignment, WordErrors
from workbench.shared.views import ReadingView, Typeset, reading_view, typeset_view


class StepView(TypedDict):
    """One step from the words said to the words heard."""

    kind: Alignment
    said: str | None
    heard: str | None


class AttemptSide(TypedDict):
    """What was said, or what was understood."""

    text: str
    readings: list[ReadingView]


class AttemptView(TypedDict):
    """One attempt; `accepted` is the LaTeX that counts as right, `clip` the recording."""

    utterance_id: str
    verdict: str
    error: str | None
    clip: str | None
    said: AttemptSide
    understood: AttemptSide
    alignment: list[StepView]
    epoch: int
    reason: str
    accepted: list[str]
    answer: str
    answer_remarks: list[str]


class DifferenceView(TypedDict):
    """Where two formulas part, as stretches of either."""

    meant: list[Span]
    written: list[Span]


class RunAttemptView(AttemptView):
    """An attempt of a run that was kept: where its formulas part, and the answer's sound."""

    difference: DifferenceView | None
    answer_clip: str | None


def word_count(words: WordErrors | None) -> str:
    """Word errors of one attempt: `1 of 9`."""
    return "" if words is None else f"{words.n_errors} of {words.n_reference_words}"


def alignment_view(words: WordErrors | None) -> list[StepView]:
    """Each step from what was said to what was heard."""
    steps = () if words is None else words.alignment
    return [{"kind": s.kind, "said": s.reference, "heard": s.heard} for s in steps]


def heading(run: Run, counts: Mapping[str, int]) -> str:
    """What was run and how it ended, as Markdown; names are ours or escaped."""
    info = run.info
    engine = f"**{engine_name(info)}** ({EMBEDDED_NOTE})" if is_embedded(info) else info.tutor.model
    ended = "" if run.status == "complete" else f" The run is {run.status}."
    return (
        f"`{plain(info.dataset_name)}` with prompt `{plain(info.tutor.prompt.name)}` on "
        f"{engine}: {counts['ok']} ok, {counts['cut_off']} cut off, {counts['failed']} failed "
        f"of {counts['total']}.{ended}"
    )


def utterance_rows(scored: ScoredRun) -> list[list[str]]:
    """One row for each attempt, in the order of the dataset."""
    return [
        [
            each.utterance.id,
            verdict(each.score),
            word_count(each.score.words),
            each.utterance.transcript,
            each.attempt.prediction.transcript,
        ]
        for each in scored.attempts
    ]


def attempt_view(each: ScoredAttempt, clip: str | None, typeset: Typeset) -> AttemptView:
    """All about one attempt: said beside understood, and where the words differ."""
    prediction = each.attempt.prediction
    understood = [f.latex for f in prediction.formulas if f.speaker == "student"]
    return {
        "utterance_id": each.utterance.id,
        "verdict": verdict(each.score),
        "error": prediction.error,
        "clip": clip,
        "said": {
            "text": each.utterance.transcript,
            "readings": [reading_view(reading, typeset) for reading in each.utterance.latex],
        },
        "understood": {
            "text": prediction.transcript,
            "readings": [[typeset_view(latex, typeset)] for latex in understood],
        },
        "alignment": alignment_view(each.score.words),
        "epoch": each.attempt.epoch,
        "reason": each.score.notation.reason if each.score.notation else "",
        "accepted": list(each.utterance.latex),
        "answer": prediction.answer,
        "answer_remarks": answer_remarks(each.score.answer),
    }


def difference_view(found: Difference | None) -> DifferenceView | None:
    """Where two formulas part; None where it is not known."""
    if found is None:
        return None
    return {"meant": list(found.reference), "written": list(found.prediction)}


def plain(name: str) -> str:
    """A name without what Markdown would act on."""
    return re.sub(r"[^\w.@-]", "_", name)
