"""What the page is told about transcripts and formulas: plain values, nothing to escape.

Words travel as JSON strings and enter the page as text; a formula travels as the MathML
that KaTeX made of it, and the page rebuilds it from a list of allowed elements.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

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
    """One segment so far; a formula is None where the page shows it in that place already,
    and all of them are where it keeps those that it shows."""

    segment_id: str
    speaker: Speaker
    text: str
    is_final: bool
    formulas: list[FormulaView | None] | None


@dataclass(frozen=True, slots=True)
class Card:
    """What is shown of one formula, before it is typeset: itself, and what may have been meant."""

    formula: Formula
    is_provisional: bool
    others: tuple[str, ...]


def words_view(transcript: Transcript) -> TranscriptView:
    """One transcript's words; the page keeps the formulas that it shows."""
    return {
        "segment_id": transcript.segment_id,
        "speaker": transcript.speaker,
        "text": transcript.text,
        "is_final": transcript.is_final,
        "formulas": None,
    }


def cards_of(transcript: Transcript) -> tuple[Card, ...]:
    """A transcript's formulas as they are shown; interim ones of the parser are provisional."""
    return tuple(_card(formula, transcript) for formula in transcript.formulas)


def transcript_view(
    transcript: Transcript, typeset: Typeset, shown: Sequence[Card] = ()
) -> TranscriptView:
    """One transcript with its formulas typeset, except where the page has `shown` the same."""
    numbered = enumerate(cards_of(transcript))
    views = [None if shown[i : i + 1] == (card,) else _view(card, typeset) for i, card in numbered]
    return {**words_view(transcript), "formulas": views}


def _card(formula: Formula, transcript: Transcript) -> Card:
    is_provisional = formula.source == "spoken" and not transcript.is_final
    may_be_corrected = formula.speaker == "student" and not is_provisional
    others = close_readings(formula, transcript.text) if may_be_corrected else []
    return Card(formula, is_provisional, tuple(others))


def _view(card: Card, typeset: Typeset) -> FormulaView:
    """MathML (None when KaTeX can't read it), LaTeX, source, close readings."""
    return {
        **typeset_view(card.formula.latex, typeset),
        "source": card.formula.source,
        "label": SOURCE_LABELS[card.formula.source],
        "provisional": card.is_provisional,
        "alternatives": [typeset_view(latex, typeset) for latex in card.others],
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
    for readings in (formula.readings, *_readings_in(text)):
        if formula.latex in [reading.latex for reading in readings]:
            return [r.latex for r in readings if _is_close(r, readings[0], formula)][
                :MAX_ALTERNATIVES
            ]
    return []


@lru_cache(maxsize=32)
def _readings_in(text: str) -> tuple[tuple[Reading, ...], ...]:
    """Remembered: a turn of a hundred formulas asks a hundred times."""
    return tuple(span.readings for span in annotate(text))


def _is_close(reading: Reading, best: Reading, formula: Formula) -> bool:
    is_likely = reading.confidence >= CLOSE_READING * best.confidence
    return is_likely and reading.latex != formula.latex
