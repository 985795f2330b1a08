"""Formulas that a text marks itself."""

import pytest

from agent.lesson.delimiters import MAX_LATEX_CHARS, delimited_formulas


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("so $x^2$ it is", ["x^2"]),
        ("$$x^2$$", ["x^2"]),
        (r"\(x^2\)", ["x^2"]),
        (r"\[x^2\]", ["x^2"]),
        ("$a$ and $b$", ["a", "b"]),
        (r"$a$, \(b\), $$c$$ and \[d\]", ["a", "b", "c", "d"]),
        ("$$\nx\n$$", ["x"]),
        (r"\[\begin{aligned}a\\b\end{aligned}\]", [r"\begin{aligned}a\\b\end{aligned}"]),
        (r"$5\$ + x$", [r"5\$ + x"]),
        (r"$\text{a (b)}$", [r"\text{a (b)}"]),
    ],
)
def test_what_stands_between_delimiters_is_a_formula(text: str, expected: list[str]) -> None:
    """Models write them although they are told to speak."""
    found = delimited_formulas(text, "tutor")
    assert [formula.latex for formula in found] == expected
    assert {(formula.source, formula.speaker) for formula in found} == {("delimiters", "tutor")}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x squared",
        "it costs $5",
        r"it costs \$5 or \$6",
        "$$",
        "$ $",
        "$$ $$",
        r"\(",
        r"\( \)",
        r"\)x\(",
        r"(x) [y]",
        "one $ here\nand one $ there",
        f"${'x' * (MAX_LATEX_CHARS + 1)}$",
    ],
)
def test_prose_has_no_formula(text: str) -> None:
    """A delimiter that is never closed may still be: the text is growing."""
    assert delimited_formulas(text, "tutor") == ()
