"""What the page is told about a run's scores: plain values, nothing to escape."""

import html
import re
from collections.abc import Iterable, Mapping, Sequence

from evals.analysis.scored_run import ScoredAttempt
from evals.notation import Difference
from evals.report.documents import rates_markdown
from evals.report.rows import Row
from evals.report.wording import EMBEDDED_NOTE, RateRow, engine_name, is_embedded
from evals.runs.folder import Run
from evals.scoring.words import WordErrors
from workbench.shared.views import Typeset, View, reading_view, typeset_view


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


def attempt_view(each: ScoredAttempt, clip: str | None, typeset: Typeset) -> View:
    """Its row, with what was accepted and what the student's formulas are, typeset, and where
    the words differ.
    """
    row = Row.of_attempt(each)
    written = [f.latex for f in each.attempt.prediction.formulas if f.speaker == "student"]
    return row.cells() | {
        "clip": clip,
        "readings": {
            "accepted": [reading_view(reading, typeset) for reading in row.accepted],
            "written": [[typeset_view(latex, typeset)] for latex in written],
        },
        "alignment": alignment_view(each.score.words),
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


def explained_rates(rows: Iterable[Sequence[str]]) -> str:
    """Measures and their values as a Markdown table; a pointer on a measure shows its hint."""
    return rates_markdown(
        RateRow(f'<span title="{html.escape(hint)}">{title}</span>', value, hint)
        for title, value, hint in rows
    )


def plain(name: str) -> str:
    """A name without what Markdown would act on."""
    return re.sub(r"[^\w.@-]", "_", name)
