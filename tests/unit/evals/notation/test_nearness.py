"""How near a wrong formula came: similarity, counts of formulas, edits."""

import pytest

from evals.notation import Edits, FormulaCounts, Katex, NotationScore, score_notation
from tests.pace import cpu_below


def scored(reference: str, prediction: str, katex: Katex) -> NotationScore:
    (score,) = score_notation([((reference,), (prediction,) if prediction else ())], katex)
    return score


@pytest.mark.parametrize(
    ("reference", "nearer", "farther"),
    [
        ("x^2+2x+1", "x^2+2x-1", "y"),  # a sign against everything
        (r"\frac{a+b}{c}", r"\frac{a-b}{c}", r"\frac{c}{a}"),
        ("x=1", "x=2", ""),
        (r"\sqrt{x+1}", r"\sqrt{x}+1", r"\sqrt"),  # unreadable is as far as missing
    ],
)
def test_what_shares_more_is_more_alike(
    reference: str, nearer: str, farther: str, katex: Katex
) -> None:
    """Raw edit distance can't tell: a formatting variant costs more edits than a wrong sign."""
    near, far = (scored(reference, each, katex).similarity for each in (nearer, farther))
    assert near is not None
    assert far is not None
    assert 0 <= far < near < 1


@pytest.mark.parametrize("same", [r"\dfrac{1}{2}", r"\frac12", "1/2"])
def test_what_is_right_is_wholly_alike_and_needs_no_edits(same: str, katex: Katex) -> None:
    """However it is typeset."""
    score = scored(r"\frac{1}{2}", same, katex)
    assert score.similarity == 1
    assert score.edits is not None
    assert score.edits.tokens.errors == score.edits.characters.errors == 0


def test_papers_count_the_strings_as_they_stand(katex: Katex) -> None:
    """Their protocols are printed for comparison, flaws included."""
    edits = scored("X + 1", "x+1", katex).edits
    assert edits is not None
    assert edits.raw == Edits(3, 5)
    assert edits.spaceless == Edits(1, 3)
    assert edits.lower == Edits(2, 5)
    assert edits.tokens == Edits(1, 3)


def test_a_missing_formula_loses_every_token(katex: Katex) -> None:
    """Dropping empty outputs is how papers flatter themselves."""
    edits = scored("x+1", "", katex).edits
    assert edits is not None
    assert edits.tokens == Edits(3, 3)


@pytest.mark.parametrize(
    ("prediction", "counts"),
    [
        ("$a=1$ and $b=2$ and $c=3$", FormulaCounts(3, 3, 3)),
        ("$a=1$ and $c=3$", FormulaCounts(3, 2, 2)),
        ("$a=1$ and $x$ and $b=2$ and $c=3$", FormulaCounts(3, 4, 3)),
        ("$c=3$ and $b=2$ and $a=1$", FormulaCounts(3, 3, 1)),  # order is part of what was said
        ("x", FormulaCounts(3, 1, 0)),
    ],
)
def test_formulas_are_counted_in_their_order(
    prediction: str, counts: FormulaCounts, katex: Katex
) -> None:
    """Recall and precision over formulas, aligned monotonically."""
    assert scored("$a=1$ and $b=2$ and $c=3$", prediction, katex).formulas == counts


def test_large_trees_are_compared_in_bounded_time(katex: Katex) -> None:
    """Tree edit distance grows with the fourth power; beyond a bound tokens must do."""
    long = "+".join(f"x_{{{n}}}" for n in range(300))
    score = scored(long, long.replace("+", "-", 1), katex)
    assert score.similarity is not None
    assert 0.99 < score.similarity < 1


def test_two_long_sides_are_compared_in_bounded_time(katex: Katex) -> None:
    """Minutes went into how near each of a runaway model's formulas came to each reference."""
    sentence = "$x$ and " * 400
    turn = tuple(f"x_{{{i}}}" * 300 for i in range(20))
    with cpu_below(10):
        (score,) = score_notation([((sentence,), turn)], katex)
    assert score.similarity == 0.0
