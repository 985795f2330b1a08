"""Spontaneous speech: hesitations, repetitions, corrections, and what stands around."""

import pytest

from agent.spoken import annotate, readings


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("x squared um plus uh one", "x^2+1"),
        ("x plus, um, three", "x+3"),
        ("y equals like seven", "y=7"),
        ("the integral of uh sine x d x", r"\int \sin x\,dx"),
        ("a plus plus b", "a+b"),
        ("the the square root of two", r"\sqrt{2}"),
        ("y equals y equals three x", "y=3x"),
        ("three three x", "3x"),
        ("x squared you know plus one", "x^2+1"),
    ],
)
def test_hesitations_leave_no_trace(words: str, latex: str) -> None:
    """Fillers and repeated words are no mathematics."""
    assert readings(words)[0].latex == latex


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("five minus minus two", "5-(-2)"),
        ("x plus x plus one", "x+x+1"),
        ("two x plus two x", "2x+2x"),
    ],
)
def test_what_is_meant_twice_stays_twice(words: str, latex: str) -> None:
    """A repetition that mathematics needs is no hesitation."""
    assert readings(words)[0].latex == latex


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("x squared, no, x cubed", "x^3"),
        ("x squared scratch that x cubed minus one", "x^3-1"),
        ("a plus two b i mean three b", "a+3b"),
        ("sine of x sorry cosine of x", r"\cos x"),
        ("x plus seven no minus seven", "x-7"),
        ("x equals four, sorry, five", "x=5"),
        ("x equals two i mean minus two", "x=-2"),
        ("three x oh sorry three y", "3y"),
        ("a to the five i mean a to the six", "a^6"),
        ("x equals three or sorry x equals four", "x=4"),
        ("the integral of x squared d x no x cubed d x", r"\int x^3\,dx"),
        ("the limit as x goes to zero no infinity of one over x",
         r"\lim_{x \to \infty} \frac{1}{x}"),
    ],
)  # fmt: skip
def test_a_correction_takes_the_place_of_what_was_wrong(words: str, latex: str) -> None:
    """It replaces what looks most like it, and what was right before stays."""
    assert readings(words)[0].latex == latex


def test_a_correction_inside_a_sentence_is_one_formula() -> None:
    """What was taken back is no part of its span."""
    text = "I think it is x squared, no, x cubed plus one, isn't it?"
    (span,) = annotate(text)
    assert span.latex == "x^3+1"
    assert text[span.start : span.end] == "x cubed plus one"


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("x is no more than five", r"x \le 5"),
        ("is it x squared? no, I do not think so", "x^2"),
        ("actually x squared is right", "x^2"),
    ],
)
def test_words_of_correction_that_correct_nothing(words: str, latex: str) -> None:
    """No, actually and sorry are common words."""
    (span,) = annotate(words)
    assert span.latex == latex


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("so it's x squared plus one", "x^2+1"),
        ("okay f of x equals three x please", "f(x)=3x"),
        ("linear equation: two x plus seven equals eleven", "2x+7=11"),
        ("the slope intercept form equals y equals m x plus b", "y=mx+b"),
        ("the area of a circle is pi r squared", r"\pi r^2"),
    ],
)
def test_a_lead_in_or_a_name_before_the_formula_is_passed_over(words: str, latex: str) -> None:
    """The whole phrase was given as a formula: what names it is no part of it."""
    assert readings(words)[0].latex == latex


@pytest.mark.parametrize(
    "words", ["my name is John", "the answer is no", "my age is five", "what I mean is this"]
)
def test_a_name_for_nothing_is_no_formula(words: str) -> None:
    """Behind "is" there must be mathematics beyond doubt."""
    assert readings(words) == ()


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("two why plus see", "2y+c"),
        ("see equals two pie are", r"c=2\pi r"),
        ("eye times eye", r"i \times i"),
        ("ate plus too", "8+2"),
    ],
)
def test_a_phrase_that_is_a_formula_may_sound_like_prose(words: str, latex: str) -> None:
    """Given as a formula, words that sound like letters are letters, at little confidence."""
    found = readings(words)
    assert found[0].latex == latex
    assert found[0].confidence < 0.6


@pytest.mark.parametrize("words", ["you see", "be you", "are you", "why see you", "to be"])
def test_prose_that_sounds_like_letters_is_no_formula(words: str) -> None:
    """Without a word of mathematics there is nothing to repair for."""
    assert readings(words) == ()
