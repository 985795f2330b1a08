"""What the page is told about transcripts and readings."""

import pytest

from agent.spoken import annotate
from agent.transcript import Formula, FormulaSource, Transcript
from workbench.shared.views import reading_view, transcript_view


def typeset(latex: str) -> str | None:
    return None if latex == "\\broken" else f"<math>{latex}</math>"


def view_of(text: str, formula: Formula, *, is_final: bool) -> dict[str, object]:
    transcript = Transcript("1-student", "student", text, (formula,), is_final)
    (formula_view,) = transcript_view(transcript, typeset)["formulas"]  # type: ignore[misc]
    return formula_view  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("source", "is_final", "is_provisional"),
    [
        ("spoken", False, True),
        ("spoken", True, False),
        ("model", False, False),
        ("model", True, False),
        ("delimiters", True, False),
    ],
)
def test_only_what_the_parser_guesses_from_interim_words_is_provisional(
    source: FormulaSource, is_final: bool, is_provisional: bool
) -> None:
    """Grey means that it may still change."""
    formula = Formula("x^2", source, "student")
    assert view_of("x squared", formula, is_final=is_final)["provisional"] == is_provisional


@pytest.mark.parametrize("source", ["model", "spoken"])
def test_two_close_readings_are_both_shown(source: FormulaSource) -> None:
    """Ambiguous words are the tutor's question to ask, not the page's to hide."""
    (span,) = annotate("x plus one over two")
    readings = span.readings if source == "spoken" else ()
    formula = Formula(span.latex, source, "student", readings)
    view = view_of("x plus one over two", formula, is_final=True)
    assert [other["latex"] for other in view["alternatives"]] == [r"\frac{x+1}{2}"]  # type: ignore[index, attr-defined]


def test_a_formula_that_katex_refuses_is_shown_as_its_source() -> None:
    """The page shows the LaTeX as text where there is no MathML."""
    view = view_of("", Formula("\\broken", "model", "student"), is_final=True)
    assert (view["latex"], view["mathml"]) == ("\\broken", None)


def test_a_sentence_keeps_its_prose_and_typesets_its_islands() -> None:
    """Accepted readings are formulas, or sentences with formulas in them."""
    view = reading_view("so $x=1$, then", lambda latex: f"<math>{latex}</math>")
    assert view == [
        {"text": "so "},
        {"latex": "x=1", "mathml": "<math>x=1</math>"},
        {"text": ", then"},
    ]
