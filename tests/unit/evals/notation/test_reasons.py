"""Each verdict says how far a formula got, and in words why no further."""

import pytest

from evals.notation import (
    Katex,
    Span,
    Tier,
    notation_difference,
    score_notation,
    turn_differences,
)

# reference, prediction, tier, reason; written for this project
CASES: list[tuple[str, str, Tier, str]] = [
    (r"\frac12", r"\frac{1}{2}", "exact_strict", "the same formula"),
    ("1000", "1,000", "exact_spoken", "the same words, typeset otherwise"),
    (r"2\times 3", r"2\cdot 3", "exact_spoken", "the same words, typeset otherwise"),
    ("$x=1$ and $y=2$", r"x=1 \text{ and } y=2", "exact_spoken", "the same words, typeset otherwise"),
    ("X", "x", "exact_spoken_nocase", "right but for capital letters: small x instead of X"),
    (r"\frac{a}{b}", r"\frac{b}{a}", "valid", "numerator and denominator swapped"),
    (r"\frac{dy}{dx}", r"\frac{dx}{dy}", "valid", "numerator and denominator swapped"),
    ("(x+1)^2", "x+1^2", "valid", "missing bracket"),
    (r"\sum_{i=1}^{n-1} i", r"\sum_{i=1}^{n} i", "valid", "renders, but sums to n instead of n-1"),
    (r"\int_0^1 x\,dx", r"\int_2^1 x\,dx", "valid", "renders, but integrates from 2 instead of 0"),
    (r"\int_0^1 x\,dx", r"\int_1^0 x\,dx", "valid", "lower and upper bound swapped"),
    (r"\frac{a+b}{c}", r"a+\frac{b}{c}", "valid", "the fraction covers b over c instead of a+b over c"),
    (r"\sqrt{x+1}", r"\sqrt{x}+1", "valid", "the root covers x instead of x+1"),
    ("x^{n+1}", "x^n+1", "valid", "the exponent or index covers n instead of n+1"),
    ("x^2", "x_2", "valid", "an index instead of a power"),
    ("x_2", "x^2", "valid", "a power instead of an index"),
    ("x_1", "x", "valid", "index 1 lost"),
    ("x", "x^2", "valid", "power 2 added"),
    ("f''(x)", "f'(x)", "valid", "1 prime instead of 2"),
    ("f(x)", "f'(x)", "valid", "1 prime instead of 0"),
    ("x+1", "x-1", "valid", "- instead of +"),
    ("a<b", "a>b", "valid", "> instead of <"),
    ("n!", "n", "valid", "missing !"),
    (r"\pm 2", "2", "valid", "missing ±"),
    ("2x", "2x+1", "valid", "added +1"),
    (r"\frac{x}{2}", r"\frac{y}{2}", "valid", "y instead of x in the numerator"),
    (r"\lim_{x\to 0} x", r"\lim_{x\to\infty} x", "valid", "∞ instead of 0 in the index"),
    ("$x=1$ and $y=2$", "x=1", "valid", "formula 2 of 2: missing"),
    ("$x=1$ and $y=2$", "$x=1$ and $y=3$", "valid", "formula 2 of 2: 3 instead of 2"),
    ("x=1", "$x=1$ and $y=2$", "valid", "1 formula too many"),
    (r"\{1", r"\left(1", "invalid", "missing bracket: it can't be read"),
    ("x", "", "missing", "no formula was written"),
    (r"\frac{1", "x", "unscored", "no accepted reading can be read"),
]  # fmt: skip


@pytest.mark.parametrize(("reference", "prediction", "tier", "reason"), CASES)
def test_a_verdict_names_its_reason(
    reference: str, prediction: str, tier: Tier, reason: str, katex: Katex
) -> None:
    """A researcher must see at a glance what went wrong."""
    predicted = (prediction,) if prediction else ()
    (score,) = score_notation([((reference,), predicted)], katex)
    assert (score.tier, score.reason) == (tier, reason)


def test_the_nearest_accepted_reading_is_the_one_explained(katex: Katex) -> None:
    """The other reading's difference would be noise."""
    accepted = (r"a+\frac{b}{c}", r"\frac{a+b}{c}")
    (score,) = score_notation([(accepted, (r"\frac{a-b}{c}",))], katex)
    assert score.reason == "- instead of + in the numerator"


def test_prose_without_a_formula_says_so(katex: Katex) -> None:
    """Nothing to write and nothing written is right."""
    quiet, spurious = score_notation([((), ()), ((), ("x",))], katex)
    assert (quiet.tier, spurious.tier) == ("no_formula", "spurious")
    assert spurious.reason == "a formula was written where none was said"


def test_a_difference_is_told_as_stretches_to_colour(katex: Katex) -> None:
    """The page shows both formulas from end to end."""
    found = notation_difference(r"\frac{a+b}{c}", r"\frac{ab}{c}d", katex)
    assert found is not None
    assert found.reference == (
        Span("same", r"\frac{a"),
        Span("missing", "+"),
        Span("same", "b}{c}"),
    )
    assert found.prediction == (
        Span("same", r"\frac{a"),
        Span("same", "b}{c}"),
        Span("added", "d"),
    )
    assert notation_difference("x", r"\frac{", katex) is None


def test_a_turn_parts_from_its_nearest_reading(katex: Katex) -> None:
    """What a page colours is the least that went wrong, whichever reading was meant."""
    readings = (r"\frac{a+b}{c}", r"a+\frac{b}{c}")
    nearest, sentence, unreadable, missing = turn_differences(
        [
            (readings, (r"a-\frac{b}{c}",)),
            (("Find $x$ when $x=3$.",), ("x", "x=4")),
            (readings, (r"\frac{",)),
            (readings, ()),
        ],
        katex,
    )
    assert nearest is not None
    assert [span.text for span in nearest.reference if span.kind == "changed"] == ["+"]
    assert [span.text for span in nearest.prediction if span.kind == "changed"] == ["-"]
    assert sentence is not None
    assert [span.text for span in sentence.prediction if span.kind == "changed"] == ["4"]
    assert (unreadable, missing) == (None, None)
