"""Whatever a model writes gets a verdict."""

import pytest

from benchmarks._mutations import mutated
from evals.notation import Katex, score_notation
from evals.notation.score import Tier
from tests.pace import cpu_below

FORMULAS = [
    r"\frac{a+b}{c}-\sqrt[3]{x^2+1}",
    r"\int_0^1 \sin^2 x\,dx = \left[\frac{x}{2}\right]_0^1",
    r"\sum_{i=1}^{n} a_i \le \lim_{x\to\infty} f''(x)",
    r"\begin{pmatrix}1&2\\3&4\end{pmatrix}\vec{v} = \lambda\mathbf{v}",
    r"f(x) = \begin{cases}1{,}000 & x > 0 \\ |x| & \text{otherwise}\end{cases}",
    r"so $x=1$ or \(y=2\), $$z=\binom{n}{k}!$$ and $\frac\sin x$",
    r"\frac{\partial^2 u}{\partial x^2} \ne \overline{z}\cdot 90^\circ \pm 5\%",
]
BATCH = 100
TIERS: set[Tier] = {"invalid", "valid", "exact_strict"}


@pytest.mark.parametrize("n_strings", [1_000, pytest.param(10_000, marks=pytest.mark.slow)])
def test_spoilt_formulas_are_scored_without_an_exception_and_without_delay(
    n_strings: int, katex: Katex
) -> None:
    """Formulas that are spoilt up to six times each, in batches that must stay quick."""
    spoilt = list(mutated(FORMULAS, n_strings, seed=7))
    reached = set()
    for start in range(0, n_strings, BATCH):
        batch = spoilt[start : start + BATCH]
        with cpu_below(2):
            scores = score_notation([((said,), (written,)) for said, written in batch], katex)
        reached |= {score.tier for score in scores}
        assert all(score.similarity is None or 0 <= score.similarity <= 1 for score in scores)
    assert reached >= TIERS


@pytest.mark.parametrize(
    "formula",
    [
        "\u2061^2",  # nothing to hang the power on
        "x_\u2061^\u2061",
        r"\int_{\sin}^x",  # KaTeX adds an invisible sign to the index
        "\\frac\u2061{x}",
        r"\frac\sin\cos",
    ],
)
def test_invisible_signs_do_not_shift_the_parts_of_a_formula(formula: str, katex: Katex) -> None:
    """KaTeX writes some of its own, and a prediction may hold others."""
    (score,) = score_notation([((formula,), (formula,))], katex)
    assert score.exact_strict is True
