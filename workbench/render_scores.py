"""What the page is told about a run's scores: plain values, nothing to escape."""

import re

from evals.notation import split_math
from evals.scored_runs import ScoredAttempt, ScoredRun
from evals.scoring import UtteranceScore
from evals.statistics import Rate
from evals.summary import Summary
from evals.words import WordErrors
from workbench.render import Typeset, View, typeset_view

NO_DATA = "no data"


def verdict(score: UtteranceScore) -> str:
    """How one attempt came out, in a word or two."""
    notation = score.notation
    if score.status != "ok" or notation is None:
        return score.status.replace("_", " ")
    if not notation.formula_said:
        return "spurious formula" if notation.present else "no formula, rightly"
    if notation.exact_spoken is None:
        return "unscored"
    if notation.exact_spoken:
        return "exact" if notation.exact_strict else "as spoken"
    if not notation.present:
        return "no formula"
    return "different" if notation.valid else "unreadable"


def percent(rate: Rate) -> str:
    """`12.5 % (8.0 to 17.1, n 48)`; never a number without what it covers."""
    if rate.value is None:
        return NO_DATA
    if rate.low is None or rate.high is None:
        return f"{100 * rate.value:.1f} % (n {rate.n})"
    low, high = 100 * rate.low, 100 * rate.high
    return f"{100 * rate.value:.1f} % ({low:.1f} to {high:.1f}, n {rate.n})"


def word_count(words: WordErrors | None) -> str:
    """Word errors of one attempt: `1 of 9`."""
    return "" if words is None else f"{words.n_errors} of {words.n_reference_words}"


def reading_view(reading: str, typeset: Typeset) -> list[View]:
    """An accepted reading as prose and formulas: without `$` it is one formula."""
    if "$" not in reading:
        return [typeset_view(reading, typeset)]
    return [
        typeset_view(piece.text, typeset) if piece.is_math else {"text": piece.text}
        for piece in split_math(reading)
    ]


def alignment_view(words: WordErrors | None) -> list[View]:
    """Each step from what was said to what was heard."""
    steps = () if words is None else words.alignment
    return [{"kind": s.kind, "said": s.reference, "heard": s.heard} for s in steps]


def heading(scored: ScoredRun) -> str:
    """What was run and how it ended, as Markdown; names are ours or escaped."""
    info, counts = scored.run.info, scored.summary.utterances
    engine = (
        "**embedded engine** (it does not follow prompts; its scores say nothing about Gemini)"
        if info.engine == "embedded"
        else f"**{info.model}**"
    )
    ended = "" if info.status == "complete" else f" The run is {info.status}."
    return (
        f"`{_plain(info.dataset_name)}` with prompt `{_plain(info.prompt_name)}` on {engine}: "
        f"{counts.ok} ok, {counts.cut_off} cut off, {counts.failed} failed "
        f"of {counts.total}.{ended}"
    )


def rate_rows(summary: Summary) -> list[list[str]]:
    """The summary's headline rates, best-known first."""
    words, notation, none = summary.words, summary.notation, summary.no_formula
    return [
        ["Word error rate", percent(words.wer)],
        ["Formula exact as spoken", percent(notation.exact_spoken)],
        ["Formula exact, strict", percent(notation.exact_strict)],
        ["Formula readable", percent(notation.valid)],
        ["Exact from the words alone", percent(summary.words_only.exact_spoken)],
        ["No formula said, none written", percent(none.correct)],
    ]


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
    }


def _plain(name: str) -> str:
    """A name without what Markdown would act on."""
    return re.sub(r"[^\w.@-]", "_", name)
