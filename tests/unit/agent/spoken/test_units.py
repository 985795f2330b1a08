"""Quantities with units, and simple chemistry."""

import pytest

from agent.spoken import annotate, readings


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("five seconds", r"5 \, \text{s}"),
        ("twelve square metres", r"12 \, \text{m}^2"),
        ("three cubic centimeters", r"3 \, \text{cm}^3"),
        ("nine point eight metres per second squared", r"9.8 \, \text{m/s}^2"),
        ("one and two thirds kilograms", r"1\frac{2}{3} \, \text{kg}"),
        ("f equals ten newtons", r"f=10 \, \text{N}"),
        ("three times ten to the eight meters per second", r"3 \times 10^8 \, \text{m/s}"),
        ("two square metres per hour", r"2 \, \text{m}^2/\text{h}"),
        ("thirty degrees celsius", r"30^{\circ}\text{C}"),
        ("x squared", "x^2"),
    ],
)
def test_units_follow_numbers(words: str, latex: str) -> None:
    """Singular and plural, British and American, with powers and "per"."""
    assert readings(words)[0].latex == latex


@pytest.mark.parametrize(
    "prose",
    [
        "she is five feet tall and weighs seventy kilograms",
        "it took two hours and ten minutes",
        "give me a second",
        "we drove sixty miles",
        "a metre is longer than a yard",
    ],
)
def test_quantities_of_every_day_are_no_formulas(prose: str) -> None:
    """A number with its unit is worth showing only inside a formula."""
    assert annotate(prose) == ()


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("h two o", "H_2O"),
        ("c o two", "CO_2"),
        ("h two s o four", "H_2SO_4"),
        ("n h four plus", "NH_4^+"),
        ("two h two plus o two yields two h two o", r"2H_2+O_2 \to 2H_2O"),
    ],
)
def test_compounds(words: str, latex: str) -> None:
    """Elements are capitals, and their counts indices."""
    assert readings(words)[0].latex == latex


@pytest.mark.parametrize(
    ("words", "latex"),
    [("c two", "c_2"), ("n plus h", "n+h"), ("h squared", "h^2"), ("o of n", "o(n)")],
)
def test_letters_that_are_no_elements(words: str, latex: str) -> None:
    """Mathematics has these letters too."""
    assert readings(words)[0].latex == latex
