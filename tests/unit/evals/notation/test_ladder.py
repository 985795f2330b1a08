"""Several readings, several formulas, none at all."""

import pytest

from evals import notation
from evals.notation import Katex, NotationScore, score_notation


def _score(accepted: list[str], predicted: list[str], katex: Katex) -> NotationScore:
    return score_notation([(accepted, predicted)], katex)[0]


def test_any_accepted_reading_is_right(katex: Katex) -> None:
    """Ambiguous words have more than one right notation."""
    accepted = [r"a+\frac{b}{c}", r"\frac{a+b}{c}"]
    assert _score(accepted, [r"\frac{a+b}{c}"], katex).exact_strict is True
    assert _score(accepted, [r"\frac{a}{b+c}"], katex).exact_spoken is False


def test_an_unreadable_reading_does_not_hide_a_readable_one(katex: Katex) -> None:
    """One slip in a dataset must not unscore the utterance."""
    assert _score([r"\frac{1", "x"], ["x"], katex).exact_spoken is True
    assert _score([r"\frac{1", "x"], ["y"], katex).exact_spoken is False


@pytest.mark.parametrize("predicted", [[], [""], ["  "]])
def test_a_missing_formula_is_wrong(predicted: list[str], katex: Katex) -> None:
    """An empty output is the worst answer, not a missing data point."""
    score = _score(["x"], predicted, katex)
    assert (score.present, score.valid, score.exact_strict, score.exact_spoken) == (False,) * 4
    assert (score.equivalent, score.similarity, score.tier) == (False, 0.0, "missing")


def test_where_no_formula_was_said_only_its_presence_counts(katex: Katex) -> None:
    """Prose turned into a formula is spurious; it can't be exact."""
    for predicted in ([], ["x"]):
        score = _score([], predicted, katex)
        assert (score.formula_said, score.present) == (False, bool(predicted))
        assert (score.valid, score.exact_strict, score.exact_spoken) == (None, None, None)
        assert (score.equivalent, score.similarity, score.edits) == (None, None, None)


def test_one_unreadable_formula_among_several_is_not_valid(katex: Katex) -> None:
    """The page would show an error."""
    assert _score(["$x$ and $y$"], ["x", r"\frac{"], katex).valid is False


SAME_SAID = [
    (["$x=1$ and $y=2$"], ["x=1", "y=2"]),
    (["$x=1$ and $y=2$"], [r"x=1 \text{ and } y=2"]),
    (["$x=1$ and $y=2$"], [r"x=1,\; y=2"]),
    (["$x=1$ and $y=2$"], [r"\begin{aligned}x&=1\\y&=2\end{aligned}"]),
    (["$x=1$ and $y=2$"], ["so $x=1$ and then $y=2$"]),
    (["$x=1$, $y=2$"], ["x=1, y=2"]),
    ([r"x=1 \text{ and } y=2"], ["x=1", "y=2"]),
    (["x=1, y=2"], ["x=1", "y=2"]),
    (["$x=1$ or $x=2$"], [r"x=1 \text{ or } x=2"]),
    (["$x=1$ or $x=2$"], ["x=1", "x=2"]),
    (["if $x>0$ then $y=x$"], [r"\text{if } x>0 \text{ then } y=x"]),
    (["so the answer is $x=3$"], ["x=3"]),
    (["so the answer is $x=3$"], ["$x = 3$."]),
    (["$x=1$, $y=2$ and $z=3$"], ["x=1, y=2", "z=3"]),
    (["$a/b$ and $c$"], [r"\frac{a}{b}", "c"]),
]
OTHER_SAID = [
    (["$x=1$ and $y=2$"], ["x=1"]),
    (["$x=1$ and $y=2$"], ["y=2", "x=1"]),
    (["$x=1$ and $y=2$"], ["x=1", "y=2", "z=3"]),
    (["$x=1$ and $y=2$"], ["x=1", "x=1"]),
    (["$x=1$ and $y=2$"], ["x=1", "y=3"]),
    (["$x=1$ and $y=2$"], [r"x=1 \text{ or } y=2"]),
    (["$x=1$ or $x=2$"], ["x=1, x=2"]),
    (["$x=1$ or $x=2$"], [r"x=1 \text{ and } x=2"]),
    (["x=1"], ["x=1", "x=1"]),
    (["x=1,2"], ["x=1", "2"]),
    (["(x,y)"], ["x", "y"]),
    ([r"1,2,\ldots,n"], ["1", "2", "n"]),
    ([r"a,b\in S"], ["a", r"b\in S"]),
    (["f(x,y)=0"], ["f(x", "y)=0"]),
    (["x+y"], ["x", "+y"]),
]


@pytest.mark.parametrize(("accepted", "predicted"), SAME_SAID)
def test_formulas_may_come_in_one_string_or_several(
    accepted: list[str], predicted: list[str], katex: Katex
) -> None:
    """How a model cuts its answer into tool calls is no matter of notation."""
    assert _score(accepted, predicted, katex).exact_spoken is True


@pytest.mark.parametrize(("accepted", "predicted"), OTHER_SAID)
def test_number_order_and_the_words_between_matter(
    accepted: list[str], predicted: list[str], katex: Katex
) -> None:
    """A lost, added, turned or contradicted formula is wrong."""
    assert _score(accepted, predicted, katex).exact_spoken is False


def test_the_strict_tier_wants_the_same_cut(katex: Katex) -> None:
    """Strict is about what is written, and one string is not two."""
    assert _score(["$x=1$ and $y=2$"], ["x=1", "y=2"], katex).exact_strict is True
    assert _score(["$x=1$ and $y=2$"], ["x=1, y=2"], katex).exact_strict is False


def test_scores_keep_their_order(katex: Katex) -> None:
    """Pairs are typeset in batches, unique formulas once."""
    pairs = [([f"x={n}"], [f"x={n if n % 2 else n + 1}"]) for n in range(150)]
    scores = score_notation(pairs, katex)
    assert [score.exact_strict for score in scores] == [bool(n % 2) for n in range(150)]


def test_a_deep_formula_is_compared_without_recursion(katex: Katex) -> None:
    """Python's stack is 1,000 frames; a formula of 200 levels must not reach it."""
    deep = r"\dfrac{1}{1+" * 199 + "x" + "}" * 199
    assert _score([deep], [deep.replace("dfrac", "frac")], katex).exact_strict is True
    assert _score([deep], [deep.replace("x", "y")], katex).exact_spoken is False


def test_the_package_promises_no_more_and_no_less() -> None:
    """Others build on these names; a new one is a decision."""
    assert set(notation.__all__) == {
        "Difference",
        "Edits",
        "FormulaCounts",
        "Invalid",
        "Katex",
        "MathML",
        "NotationEdits",
        "NotationScore",
        "Piece",
        "Prover",
        "Span",
        "Tier",
        "browser_script",
        "notation_difference",
        "score_notation",
        "split_math",
        "turn_differences",
    }
