"""Same value, other notation: asked only where notation fails, guarded, and never for long."""

import asyncio
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from evals.notation import Katex, Prover, score_notation
from tests.pace import cpu_below

EQUIVALENT = [
    ("a+b", "b+a"),
    ("2(x+1)", "2x+2"),
    ("x^2-1", "(x-1)(x+1)"),
    (r"\frac{1}{2}", "0.5"),
    (r"\frac{2}{4}", r"\frac{1}{2}"),
    ("x+x", "2x"),
    (r"\sqrt{8}", r"2\sqrt{2}"),
    ("y=x+1", "y=1+x"),
    (r"a^{-1}", r"\frac{1}{a}"),
    (r"\sqrt{x}", r"x^{\frac{1}{2}}"),
    ("2x=4", "x=2"),
    ("y-2x=1", "2y=4x+2"),
]
DIFFERENT = [
    ("x+1", "x-1"),
    ("2x=4", "x=4"),
    ("x=3", "x=-3"),
    ("x(x-1)=0", "x=1"),  # a solution is not the equation
    ("y=x", "y=x^2"),
    ("x^2", "2x"),
    ("f'(x)", "f''(x)"),  # libraries read both as f
    ("f'(x)", "f(x)"),
    ("X", "x"),
    (r"\frac{dy}{dx}", r"\frac{dx}{dy}"),
    (r"\frac{\partial f}{\partial x}", r"\frac{df}{dx}"),
    (r"a\pm b", r"a\mp b"),
    (r"\int_0^1 x\,dx", r"\int_0^1 x"),
    (r"\begin{pmatrix}1&2\end{pmatrix}", r"\begin{vmatrix}1&2\end{vmatrix}"),
    (r"5\%", "5"),
    (r"90^\circ", "90"),
    ("(a,b)", "(b,a)"),
    (r"A\subset B", r"A\subseteq B"),
    (r"\hat{x}", "x"),
    ("f^{(n)}", "f^n"),
    (r"\nabla\times F", r"\nabla\cdot F"),
    (r"\lim_{x\to 0}f", r"\lim_{x\to\infty}f"),
]
UNKNOWN = [
    ("9^{9^{9^{9}}}", "9^{9^{9^{8}}}"),
    ("2^{100000}", "2^{100001}"),
    ("1" * 40, "2" * 40),
    ("1000!", "1000!+1"),
    ("(n!)!", "n!"),
]


@pytest.fixture(scope="module")
def prover() -> Iterator[Prover]:
    with Prover() as running:
        yield running


def equivalent(reference: str, prediction: str, katex: Katex, prover: Prover) -> bool | None:
    (score,) = score_notation([((reference,), (prediction,))], katex, prover)
    return score.equivalent


@pytest.mark.parametrize(("one", "other"), EQUIVALENT)
def test_the_same_value_is_recognised(one: str, other: str, katex: Katex, prover: Prover) -> None:
    """Worth knowing, though it is not what was said."""
    assert equivalent(one, other, katex, prover) is True


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_what_libraries_confuse_is_kept_apart(
    one: str, other: str, katex: Katex, prover: Prover
) -> None:
    """Canonical trees are compared before a library is asked."""
    assert equivalent(one, other, katex, prover) is False


@pytest.mark.parametrize(("one", "other"), UNKNOWN)
def test_what_would_take_for_ever_is_unknown_at_once(
    one: str, other: str, katex: Katex, prover: Prover
) -> None:
    """Bounds come before any library."""
    with cpu_below(1):
        assert equivalent(one, other, katex, prover) is None


def test_it_is_asked_only_where_notation_fails(katex: Katex) -> None:
    """Without a prover the rung is unknown, and what is exact is equivalent anyway."""
    right, wrong = score_notation([(("x",), ("x",)), (("a+b",), ("b+a",))], katex)
    assert (right.equivalent, wrong.equivalent) == (True, None)


def test_a_killed_process_costs_one_verdict(prover: Prover) -> None:
    """A run of ten thousand must not end with one bomb."""
    assert prover.are_equal("a+b", "b+a") is True
    assert prover.process_id is not None
    os.kill(prover.process_id, signal.SIGKILL)
    assert prover.are_equal("a+b", "b+a") is None
    assert prover.are_equal("a+b", "b+a") is True


async def test_it_works_from_threads_and_from_asyncio(prover: Prover) -> None:
    """Signals would work in the main thread alone."""
    assert await asyncio.to_thread(prover.are_equal, "a+b", "b+a") is True
    with ThreadPoolExecutor(4) as pool:
        verdicts = list(pool.map(lambda n: prover.are_equal(f"{n}+x", f"x+{n % 7}"), range(12)))
    assert verdicts == [n == n % 7 for n in range(12)]
