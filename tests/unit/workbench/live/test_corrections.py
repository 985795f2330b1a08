"""Choosing among readings: only what was offered, and it stays chosen."""

import pytest

from agent.spoken import annotate
from agent.transcript import Formula, Transcript
from workbench.live.corrections import Corrections, NoSuchReadingError

FIRST, OTHER = r"x+\frac{1}{2}", r"\frac{x+1}{2}"


def heard(text: str = "x plus one over two", latex: str = FIRST) -> Transcript:
    return Transcript("1-student", "student", text, (Formula(latex, "model", "student"),))


def test_a_chosen_reading_stays_when_the_transcript_comes_again() -> None:
    """A turn's words may still settle after its formula was chosen."""
    corrections = Corrections()
    assert corrections.apply(heard()) == heard()
    correction = corrections.choose("1-student", 0, OTHER)
    assert correction.formula == Formula(OTHER, "chosen", "student")
    again = corrections.apply(heard("x plus one over two."))
    assert again.formulas == (correction.formula,)


def test_one_can_change_ones_mind() -> None:
    """The first formula is offered again once another was chosen."""
    corrections = Corrections()
    corrections.apply(heard())
    corrections.choose("1-student", 0, OTHER)
    assert corrections.choose("1-student", 0, FIRST).formula.latex == FIRST


@pytest.mark.parametrize(
    ("segment_id", "number", "latex"),
    [
        ("2-student", 0, OTHER),
        ("1-student", 1, OTHER),
        ("1-student", 0, r"\text{anything}"),
    ],
)
def test_what_was_not_offered_is_refused(segment_id: str, number: int, latex: str) -> None:
    """A request must not write just anything onto the page and into a dataset."""
    corrections = Corrections()
    corrections.apply(heard())
    with pytest.raises(NoSuchReadingError):
        corrections.choose(segment_id, number, latex)


def test_another_formula_of_the_turn_is_left_alone() -> None:
    """Corrections follow the formula, not its place: more may be written later."""
    corrections = Corrections()
    both = (Formula("y", "model", "student"), *heard().formulas)
    text = "y and x plus one over two"
    corrections.apply(Transcript("1-student", "student", text, both))
    found = corrections.choose("1-student", 1, OTHER).transcript.formulas
    assert [formula.latex for formula in found] == ["y", OTHER]
    assert annotate(text)
