"""What the page is told about a run's scores: plain values, nothing to escape."""

import html
import re
from collections.abc import Iterable, Sequence

from typing_extensions import TypedDict

from evals.analysis.scored_run import ScoredAttempt
from evals.notation import Difference, Span
from evals.report.documents import rates_markdown
from evals.report.rows import Row
from evals.report.wording import EMBEDDED_NOTE, RateRow, engine_name, is_embedded
from evals.runs.folder import Run
from evals.runs.prediction import UtteranceCounts, counts_text
from evals.scoring.words import Alignment, WordErrors
from workbench.shared.views import ReadingView, Typeset, View, reading_view, typeset_view


class StepView(TypedDict):
    """One step from the words said to the words heard."""

    kind: Alignment
    said: str | None
    heard: str | None


class AttemptReadings(TypedDict):
    """What is accepted, and the student's formulas as they were written, typeset."""

    accepted: list[ReadingView]
    written: list[ReadingView]


class AttemptParts(TypedDict):
    """What the view of an attempt has besides its row's columns; `clip` is the recording."""

    clip: str | None
    readings: AttemptReadings
    alignment: list[StepView]


class DifferenceView(TypedDict):
    """Where two formulas part, as stretches of either."""

    meant: list[Span]
    written: list[Span]


class RunAttemptParts(TypedDict):
    """What is told of a kept run's attempt, too: where its formulas part, the answer's sound."""

    difference: DifferenceView | None
    answer_clip: str | None


def alignment_view(words: WordErrors | None) -> list[StepView]:
    """Each step from what was said to what was heard."""
    steps = () if words is None else words.alignment
    return [{"kind": s.kind, "said": s.reference, "heard": s.heard} for s in steps]


def heading(run: Run, counts: UtteranceCounts) -> str:
    """What was run and how it ended, as Markdown; names are ours or escaped."""
    info = run.info
    engine = f"**{engine_name(info)}** ({EMBEDDED_NOTE})" if is_embedded(info) else info.tutor.model
    ended = "" if run.status == "complete" else f" The run is {run.status}."
    return (
        f"`{plain(info.dataset_name)}` with prompt `{plain(info.tutor.prompt.name)}` on "
        f"{engine}: {counts_text(counts)} of "
        f"{counts.total}.{ended}"
    )


def attempt_view(each: ScoredAttempt, clip: str | None, typeset: Typeset) -> View:
    """Its row, with what was accepted and what the student's formulas are, typeset, and where
    the words differ.
    """
    row = Row.of_attempt(each)
    written = [f.latex for f in each.attempt.prediction.formulas if f.speaker == "student"]
    parts: AttemptParts = {
        "clip": clip,
        "readings": {
            "accepted": [reading_view(reading, typeset) for reading in row.accepted],
            "written": [[typeset_view(latex, typeset)] for latex in written],
        },
        "alignment": alignment_view(each.score.words),
    }
    return {**row.cells(), **parts}


def difference_view(found: Difference | None) -> DifferenceView | None:
    """Where two formulas part; None where it is not known."""
    if found is None:
        return None
    return {"meant": list(found.reference), "written": list(found.prediction)}


def explained_rates(rows: Iterable[Sequence[str]]) -> str:
    """Measures and their values as a Markdown table; a pointer on a measure shows its hint."""
    return rates_markdown(
        RateRow(f'<span title="{html.escape(hint)}">{title}</span>', value, hint)
        for title, value, hint in rows
    )


def plain(name: str) -> str:
    """A name without what Markdown would act on."""
    return re.sub(r"[^\w.@-]", "_", name)
