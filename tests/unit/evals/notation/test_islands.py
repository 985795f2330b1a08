"""Formulas inside prose."""

import pytest

from evals.notation import split_math
from tests.pace import cpu_below


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("$x=1$", ["x=1"]),
        ("Find $x$ when $x+1=3$.", ["x", "x+1=3"]),
        ("$$x=1$$", ["x=1"]),
        (r"so \(x=1\) and \[y=2\]", ["x=1", "y=2"]),
        (
            r"a matrix $\begin{pmatrix}1\\2\end{pmatrix}$ here",
            [r"\begin{pmatrix}1\\2\end{pmatrix}"],
        ),
        (r"$\text{if $x>0$}$", [r"\text{if $x>0$}"]),
        ("$ x $", ["x"]),
        ("x=1", []),
        (r"it costs \$5 or \$6", []),
        ("it costs $5", []),
        ("", []),
        ("$$", []),
        ("$ $", []),
        (r"\text{if $x>0$ then} y", []),
        (r"\begin{matrix}1\\[2pt]3\end{matrix}", []),
        (r"\(x", []),
        (r"x\)", []),
    ],
)
def test_delimited_formulas_are_found_in_order(text: str, formulas: list[str]) -> None:
    """A dollar of the prose, an escaped or an unclosed one opens nothing."""
    assert [piece.text for piece in split_math(text) if piece.is_math] == formulas


def test_prose_between_formulas_is_kept() -> None:
    """The words between two formulas are said too."""
    pieces = split_math("if $x>0$ then $y$")
    assert [(piece.text.strip(), piece.is_math) for piece in pieces] == [
        ("if", False),
        ("x>0", True),
        ("then", False),
        ("y", True),
    ]


@pytest.mark.parametrize(
    "text", ["$" * 7_999, "{$" * 4_000, r"\(" * 4_000, r"\(" * 500_000, "$x$" * 300_000]
)
def test_hostile_text_is_split_in_time(text: str) -> None:
    """Model output is untrusted."""
    with cpu_below(5):
        split_math(text)
