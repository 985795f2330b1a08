"""Words of mathematics that a recogniser heard as other words."""

import pytest

from agent.spoken import annotate, readings
from agent.spoken.speech.mishearings import mend

# What a recogniser wrote of a natural voice that read formulas, and what was read.
MISHEARD = [
    ("sign of x over two", "sine of x over two"),
    ("my book says that sign of thirty degrees equals one half", "my book says that sine of thirty degrees equals one half"),
    ("sign theta equals one", "sine theta equals one"),
    ("causeine x plus one", "cosine x plus one"),
    ("lord base two of eight", "log base two of eight"),
    ("landa equals three", "lambda equals three"),
    ("parcel f over parcel x", "partial f over partial x"),
    ("partial you partial t", "partial u partial t"),
    ("four open parent x minus seven close parent", "four open paren x minus seven close paren"),
    ("four open pair in x minus seven close pair in", "four open paren x minus seven close paren"),
    ("the square route of x", "the square root of x"),
    ("the enth root of x", "the nth root of x"),
    ("some over j of x sub j", "sum over j of x sub j"),
    ("y is it most two x", "y is at most two x"),
    ("x super script two", "x superscript two"),
    ("fraction x over two and fraction", "fraction x over two end fraction"),
    ("x oversea", "x over c"),
    ("x sub case", "x sub k"),
    ("x sub an plus one", "x sub n plus one"),
    ("two pai r", "two pi r"),
    ("forex cubed", "four x cubed"),
]  # fmt: skip
PROSE = [
    "it was a sign of trouble",
    "please sign the form",
    "the sign of the answer is wrong",
    "she sent a parcel to france",
    "the square route through town was closed",
    "my parents open the door",
    "some over there and some over here",
    "is it most likely that he comes",
    "he moved overseas last year",
    "in that case an apple is fine",
    "a new case for my new phone",
    "forex trading is risky",
    "ada and kai wrote a play",
    "you and i are partial to tea",
    "the law and matrix algebra",
]


@pytest.mark.parametrize(("heard", "said"), MISHEARD)
def test_a_misheard_word_of_mathematics_is_mended(heard: str, said: str) -> None:
    """The sound was right and the formula is lost: only the words around can tell."""
    assert mend(heard) == said
    assert [reading.latex for reading in readings(heard)] == [
        reading.latex for reading in readings(said)
    ]


@pytest.mark.parametrize("text", PROSE)
def test_prose_with_the_same_words_stays_as_it_is(text: str) -> None:
    """A tutor's sentence is shown to the pupil word for word."""
    assert mend(text) == text
    assert annotate(text) == ()


def test_a_mended_formula_covers_the_words_that_were_heard() -> None:
    """The page replaces these characters by the formula."""
    text = "so we get x oversea as before"
    (span,) = annotate(text)
    assert text[span.start : span.end] == "x oversea"
    assert span.latex == r"\frac{x}{c}"
