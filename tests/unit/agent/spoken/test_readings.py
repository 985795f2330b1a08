"""Several readings of one phrase, how likely they are, and what they decided."""

import pytest

from agent.spoken import __all__ as promised
from agent.spoken import readings


def test_the_package_promises_these_names() -> None:
    """Callers hold on to them."""
    assert promised == [
        "Context",
        "Reading",
        "Span",
        "TimedWord",
        "annotate",
        "edit",
        "readings",
        "require_english",
        "with_pauses",
    ]


@pytest.mark.parametrize(
    ("words", "usual", "other"),
    [
        ("a plus b over c", r"a+\frac{b}{c}", r"\frac{a+b}{c}"),
        ("one over x plus one", r"\frac{1}{x}+1", r"\frac{1}{x+1}"),
        ("square root of x plus y", r"\sqrt{x+y}", r"\sqrt{x}+y"),
        ("x to the n minus one", "x^{n-1}", "x^n-1"),
        ("e to the x minus one", "e^x-1", "e^{x-1}"),
        ("sine of x over two", r"\sin \left(\frac{x}{2}\right)", r"\frac{\sin x}{2}"),
        ("f of x plus one", "f(x)+1", "f(x+1)"),
        ("f of x plus h", "f(x+h)", "f(x)+h"),
        ("a sub n plus one", "a_{n+1}", "a_n+1"),
        ("delta x", r"\Delta x", r"\delta x"),
        ("x two", "x_2", r"x \cdot 2"),
        ("a times b plus c", r"a \times b+c", r"a \times (b+c)"),
        ("the quantity x minus two squared", "(x-2)^2", "(x-2^2)"),
        ("x plus one squared", "x+1^2", "(x+1)^2"),
        ("tan x squared", r"\tan x^2", r"(\tan x)^2"),
        ("g of x squared", "g(x^2)", "g(x)^2"),
        ("u over v over w", r"\frac{\frac{u}{v}}{w}", r"\frac{u}{\frac{v}{w}}"),
        ("y sub k squared", "y_k^2", "y_{k^2}"),
        ("e to the a b", "e^{ab}", "e^ab"),
        ("u to the v over w", r"\frac{u^v}{w}", r"u^{\frac{v}{w}}"),
        ("b k l", "bkl", "b_{kl}"),
        ("Omega equals one", r"\omega=1", r"\Omega=1"),
        ("K superscript i", "K^i", "K^{(i)}"),
        ("g theta", r"g\theta", r"g_{\theta}"),
        ("alpha s", r"\alpha s", r"\alpha_s"),
        ("delta sub t", r"\delta_t", r"\Delta_t"),
        ("z, z bar", r"z,\bar{z}", r"z\bar{z}"),
        ("x plus one all over two minus three", r"\frac{x+1}{2}-3", r"\frac{x+1}{2-3}"),
        ("x plus one all over x minus one", r"\frac{x+1}{x-1}", r"\frac{x+1}{x}-1"),
        ("the determinant of the two by two matrix a b c d",
         r"\det \begin{pmatrix}a & b \\ c & d\end{pmatrix}",
         r"\begin{vmatrix}a & b \\ c & d\end{vmatrix}"),
        ("s comma t", "s,t", "(s,t)"),
        ("two x squared", "2x^2", "(2x)^2"),
        ("minus two squared", "-2^2", "(-2)^2"),
        ("x to the a b", "x^ab", "x^{ab}"),
        ("x to the y to the z", "x^{y^z}", "(x^y)^z"),
        ("log x plus one", r"\log x+1", r"\log (x+1)"),
        ("square root of x over y", r"\frac{\sqrt{x}}{y}", r"\sqrt{\frac{x}{y}}"),
        ("square root of two x", r"\sqrt{2x}", r"\sqrt{2}x"),
        ("one half x plus one", r"\frac{1}{2}x+1", r"\frac{1}{2}(x+1)"),
        ("the absolute value of z squared", "|z|^2", "|z^2|"),
        ("cosine of pi over two minus x", r"\cos \left(\frac{\pi}{2}-x\right)",
         r"\cos \left(\frac{\pi}{2}\right)-x"),
    ],
)  # fmt: skip
def test_the_usual_reading_comes_first_and_the_other_is_kept(
    words: str, usual: str, other: str
) -> None:
    """Ambiguity is shown, not guessed away."""
    best, *others = readings(words)
    assert best.latex == usual
    assert other in [reading.latex for reading in others]
    assert best.confidence > others[0].confidence
    assert all(reading.choices for reading in others)


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("a plus b, over c", r"\frac{a+b}{c}"),
        ("square root of x, plus y", r"\sqrt{x}+y"),
        ("square root of x end root plus y", r"\sqrt{x}+y"),
        ("x minus two, squared", "(x-2)^2"),
        ("sine of x, over x", r"\frac{\sin x}{x}"),
        ("norm of w sub one, subscript two", r"\|w_1\|_2"),
        ("d to the three, subscript four", "d_4^3"),
        ("x squared, open paren x plus one, close paren", "x^2(x+1)"),
        ("one over n, the sum from i equals one to n of x sub i", r"\frac{1}{n}\sum_{i=1}^n x_i"),
    ],
)
def test_a_pause_closes_what_is_open(words: str, latex: str) -> None:
    """A recogniser writes a pause as a comma."""
    assert readings(words)[0].latex == latex


@pytest.mark.parametrize(
    "words", ["", "  ", ".", "hello there", "x squared hello", "plus", "the", "equals two", ")"]
)
def test_what_is_no_formula_as_a_whole_has_no_reading(words: str) -> None:
    """`annotate` is for sentences."""
    assert readings(words) == ()


@pytest.mark.parametrize(
    "words",
    [
        "x squared plus y squared",
        "a squared plus b squared equals c squared",
        "two x plus three",
        "four x squared equals nine",
    ],
)
def test_what_nobody_would_doubt_has_a_sure_first_reading(words: str) -> None:
    """Readings that no speaker means would fill the page with choices."""
    assert readings(words)[0].confidence > 0.8


@pytest.mark.parametrize("n", [1, 2, 5])
def test_there_are_at_most_n_readings_all_different(n: int) -> None:
    """The page has room for a few."""
    found = readings("a over b plus c over d minus f of x plus one", n)
    assert 0 < len(found) <= n
    assert len({reading.latex for reading in found}) == len(found)


@pytest.mark.parametrize("words", ["x squared", "a plus b over c", "why equals two"])
def test_confidences_are_shares(words: str) -> None:
    """They add up to one at most."""
    found = readings(words)
    assert all(0 < reading.confidence <= 1 for reading in found)
    assert sum(reading.confidence for reading in found) <= 1.0 + 1e-9


def test_a_repair_lowers_confidence() -> None:
    """A letter that was heard as a word may have been the word."""
    assert readings("why equals two")[0].confidence < readings("y equals two")[0].confidence
