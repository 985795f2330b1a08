"""Spoken mathematics becomes LaTeX, and prose stays prose."""

import pytest

from agent.spoken import annotate, readings
from tests.pace import cpu_below


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("x squared plus two x plus one equals zero", "x^2+2x+1=0"),
        ("a plus b over c", r"a+\frac{b}{c}"),
        ("one over one minus p", r"\frac{1}{1-p}"),
        ("a plus b all over c", r"\frac{a+b}{c}"),
        ("forty two divided by six", r"\frac{42}{6}"),
        ("three quarters plus one half", r"\frac{3}{4}+\frac{1}{2}"),
        ("one hundred and five plus twenty three point five", "105+23.5"),
        ("square root of x plus y", r"\sqrt{x+y}"),
        ("square root of x, plus y", r"\sqrt{x}+y"),
        ("the square root of two over two", r"\frac{\sqrt{2}}{2}"),
        ("the cube root of twenty seven equals three", r"\sqrt[3]{27}=3"),
        ("e to the i x y", "e^{ixy}"),
        ("x to the n y", "x^ny"),
        ("x to the n minus one", "x^{n-1}"),
        ("e to the x minus one", "e^x-1"),
        ("two to the power of ten", "2^{10}"),
        ("x minus two squared", "x-2^2"),
        ("x minus two all squared", "(x-2)^2"),
        ("the quantity x plus one squared", "(x+1)^2"),
        ("sine of pi over two", r"\sin \left(\frac{\pi}{2}\right)"),
        ("sine x over x", r"\frac{\sin x}{x}"),
        ("cosine squared theta plus sine squared theta equals one",
         r"\cos^2 \theta+\sin^2 \theta=1"),
        ("log base two of eight equals three", r"\log_2 8=3"),
        ("f of x plus one", "f(x)+1"),
        ("f of x plus h", "f(x+h)"),
        ("f prime of x equals three x squared", "f'(x)=3x^2"),
        ("a sub n plus one", "a_{n+1}"),
        ("a sub i comma j", "a_{i,j}"),
        ("delta x", r"\Delta x"),
        ("n choose k", r"\binom{n}{k}"),
        ("the absolute value of x minus two is less than five", "|x-2|<5"),
        ("x is greater than or equal to minus three", r"x \ge -3"),
        ("why equals two x plus five", "y=2x+5"),
        ("the sum from k equals one to n of k squared", r"\sum_{k=1}^n k^2"),
        ("the integral from zero to one of x squared d x", r"\int_0^1 x^2\,dx"),
        ("the integral of sine x d x", r"\int \sin x\,dx"),
        ("the limit as x approaches zero of sine of x over x",
         r"\lim_{x \to 0} \frac{\sin x}{x}"),
        ("d y d x equals two x", r"\frac{dy}{dx}=2x"),
        ("the second derivative of y with respect to x", r"\frac{d^2y}{dx^2}"),
        ("partial f partial x", r"\frac{\partial f}{\partial x}"),
        ("minus b plus or minus the square root of b squared minus four a c all over two a",
         r"\frac{-b \pm \sqrt{b^2-4ac}}{2a}"),
        ("x^2 + 2x + 1 = 0", "x^2+2x+1=0"),
    ],
)  # fmt: skip
def test_a_phrase_is_read_the_usual_way(words: str, latex: str) -> None:
    """The conventions of spoken mathematics that most speakers share."""
    assert [span.latex for span in annotate(words)] == [latex]


@pytest.mark.parametrize(
    "prose",
    [
        "",
        "I have two apples and a dog.",
        "What time is it over there?",
        "The student is less than happy.",
        "Three times a day.",
        "Can you be there by five, please?",
        "The root of the problem is that I see no sign of it.",
        "To be or not to be, that is the question.",
        "He scored a goal in the second half.",
        "Plus, it was raining.",
    ],
)
def test_ordinary_prose_holds_no_formula(prose: str) -> None:
    """A formula that nobody said is worse than one that is missed."""
    assert annotate(prose) == ()


def test_a_formula_inside_a_sentence_is_found_where_it_stands() -> None:
    """The page marks the words that a formula was made of."""
    text = "Let us expand x plus one all squared, and then stop."
    (span,) = annotate(text)
    assert (span.latex, text[span.start : span.end]) == ("(x+1)^2", "x plus one all squared")


@pytest.mark.parametrize(
    ("words", "others"),
    [
        ("x plus one over two", {r"\frac{x+1}{2}"}),
        ("f of x plus one", {"f(x+1)"}),
        ("delta x", {r"\delta x"}),
        ("x squared", set()),
    ],
)
def test_words_with_two_meanings_give_both(words: str, others: set[str]) -> None:
    """Ambiguity is shown, not guessed away; what is clear has one reading."""
    found = readings(words)
    assert {reading.latex for reading in found[1:]} == others
    assert sum(reading.confidence for reading in found) == pytest.approx(1)
    assert all(reading.choices for reading in found[1:])


@pytest.mark.parametrize(
    "words", ["open paren " * 200, "square root of " * 130, "x over " * 200, "d " * 400]
)
def test_nonsense_is_given_up_in_time(words: str) -> None:
    """Whatever is said is untrusted: it may not stall the lessons of others."""
    with cpu_below(2):
        annotate(words)
