"""What the page is told about transcripts and formulas: plain values, nothing to escape.

Words travel as JSON strings and enter the page as text; a formula travels as the MathML
that KaTeX made of it, and the page rebuilds it from a list of allowed elements.
"""

from collections.abc import Callable, Mapping

from typing_extensions import TypedDict

from agent.spoken import Reading, annotate
from agent.transcript import Formula, FormulaSource, Speaker, Transcript
from evals.notation import split_math

Typeset = Callable[[str], str | None]
View = Mapping[str, object]

SOURCE_LABELS = {
    "model": "written by the model",
    "delimiters": "in the model's text",
    "spoken": "parsed from the words",
    "chosen": "chosen by you",
}
CLOSE_READING = 0.33  # an alternative this likely, compared with the best, is shown too
MAX_ALTERNATIVES = 3


class TypesetView(TypedDict):
    """LaTeX and its MathML, None when KaTeX can't read it."""

    latex: str
    mathml: str | None


class ProseView(TypedDict):
    """Words between formulas."""

    text: str


ReadingView = list[TypesetView | ProseView]


class FormulaView(TypesetView):
    """A formula of a transcript, and the close readings that may have been meant instead."""

    source: FormulaSource
    label: str
    provisional: bool
    alternatives: list[TypesetView]


class TranscriptView(TypedDict):
    """One segment so far; formulas are None where the page keeps those that it shows."""

    segment_id: str
    speaker: Speaker
    text: str
    is_final: bool
    formulas: list[FormulaView] | None


def words_view(transcript: Transcript) -> TranscriptView:
    """One transcript's words; the page keeps the formulas that it shows."""
    return {
        "segment_id": transcript.segment_id,
        "speaker": transcript.speaker,
        "text": transcript.text,
        "is_final": transcript.is_final,
        "formulas": None,
    }


def transcript_view(transcript: Transcript, typeset: Typeset) -> TranscriptView:
    """One transcript with its formulas typeset; interim formulas are provisional."""
    return {
        "segment_id": transcript.segment_id,
        "speaker": transcript.speaker,
        "text": transcript.text,
        "is_final": transcript.is_final,
        "formulas": [formula_view(formula, transcript, typeset) for formula in transcript.formulas],
    }


def formula_view(formula: Formula, transcript: Transcript, typeset: Typeset) -> FormulaView:
    """One formula: MathML (None when KaTeX can't read it), LaTeX, source, close readings."""
    is_provisional = formula.source == "spoken" and not transcript.is_final
    may_be_corrected = formula.speaker == "student" and not is_provisional
    others = close_readings(formula, transcript.text) if may_be_corrected else []
    return {
        **typeset_view(formula.latex, typeset),
        "source": formula.source,
        "label": SOURCE_LABELS[formula.source],
        "provisional": is_provisional,
        "alternatives": [typeset_view(latex, typeset) for latex in others],
    }


def typeset_view(latex: str, typeset: Typeset) -> TypesetView:
    """LaTeX and its MathML, None when it can't be typeset."""
    return {"latex": latex, "mathml": typeset(latex)}


def reading_view(reading: str, typeset: Typeset) -> ReadingView:
    """An accepted reading as prose and formulas: without `$` it is one formula."""
    if "$" not in reading:
        return [typeset_view(reading, typeset)]
    return [
        typeset_view(piece.text, typeset) if piece.is_math else {"text": piece.text}
        for piece in split_math(reading)
    ]


def close_readings(formula: Formula, text: str) -> list[str]:
    """Other formulas that the same words may mean, best first.

    A formula that the model wrote carries no readings of its own: where the words can be
    read in two ways and the model chose one of them, the other is shown.
    """
    for readings in (formula.readings, *(span.readings for span in annotate(text))):
        if formula.latex in [reading.latex for reading in readings]:
            return [r.latex for r in readings if _is_close(r, readings[0], formula)][
                :MAX_ALTERNATIVES
            ]
    return []


def _is_close(reading: Reading, best: Reading, formula: Formula) -> bool:
    is_likely = reading.confidence >= CLOSE_READING * best.confidence
    return is_likely and reading.latex != formula.latex
