"""What the page is told about a run's scores: plain values, nothing to escape."""

import re
from collections.abc import Mapping

from evals.analysis.scored_run import ScoredAttempt, ScoredRun
from evals.notation import Difference
from evals.report.wording import EMBEDDED_NOTE, answer_remarks, engine_name, is_embedded, verdict
from evals.runs.folder import Run
from evals.scoring.words import WordErrors
from workbench.shared.views import Typeset, View, reading_view, typeset_view


def word_count(words: WordErrors | None) -> str:
    """Word errors of one attempt: `1 of 9`."""
    return "" if words is None else f"{words.n_errors} of {words.n_reference_words}"


def alignment_view(words: WordErrors | None) -> list[View]:
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


def attempt_view(each: ScoredAttempt, clip: str | None, typeset: Typeset) -> View:
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


def difference_view(found: Difference | None) -> View | None:
    """Where two formulas part, as stretches of either."""
    if found is None:
        return None
    sides = {"meant": found.reference, "written": found.prediction}
    return {
        name: [{"kind": span.kind, "text": span.text} for span in spans]
        for name, spans in sides.items()
    }


def plain(name: str) -> str:
    """A name without what Markdown would act on."""
    return re.sub(r"[^\w.@-]", "_", name)
