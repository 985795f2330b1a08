"""Matrices, vectors by components, cases and systems."""

import pytest

from agent.spoken import annotate, readings

_IDENTITY = r"\begin{pmatrix}1 & 0 \\ 0 & 1\end{pmatrix}"


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("the two by two matrix one zero zero one", _IDENTITY),
        ("the 2 by 2 matrix 1, 0, 0, 1", _IDENTITY),
        ("the matrix with rows one zero and zero one", _IDENTITY),
        ("matrix first row one zero second row zero one", _IDENTITY),
        ("the matrix with columns one zero and zero one", _IDENTITY),
        ("matrix one zero semicolon zero one", _IDENTITY),
        ("the 2 by 2 matrix. Row 1: 1, 0 Row 2: 0, 1. end matrix", _IDENTITY),
        (
            "the 2 by 2 matrix; row 1; column 1; 1, column 2; 0; row 2; column 1; 0, column 2; 1",
            _IDENTITY,
        ),
        (
            "the two by two determinant row one a comma b row two c comma d",
            r"\begin{vmatrix}a & b \\ c & d\end{vmatrix}",
        ),
        ("the determinant of matrix a", r"\det a"),
        ("the three by three identity matrix", "I_3"),
        ("the column vector two minus three", r"\begin{pmatrix}2 \\ -3\end{pmatrix}"),
        ("the row vector one comma two", r"\begin{pmatrix}1 & 2\end{pmatrix}"),
        ("the vector one two three", "(1,2,3)"),
        ("vector a", r"\vec{a}"),
        ("the two by two matrix with rows x plus one, two and three, x minus one",
         r"\begin{pmatrix}x+1 & 2 \\ 3 & x-1\end{pmatrix}"),
    ],
)  # fmt: skip
def test_matrices_by_rows_columns_and_size(words: str, latex: str) -> None:
    """However the cells are told, they land in their places."""
    assert readings(words)[0].latex == latex


@pytest.mark.parametrize(
    "words",
    [
        "the two by two matrix one two three",
        "the matrix with rows one two and three",
        "the matrix",
        "the first row and the second column",
        "two by two they went in",
    ],
)
def test_cells_that_do_not_fill_a_matrix_make_none(words: str) -> None:
    """A matrix with a hole would be a guess."""
    assert not any("matrix" in reading.latex for reading in readings(words))
    assert annotate(words) == ()


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        (
            "f of x equals x if x is at least zero and minus x if x is less than zero",
            r"f(x)=\begin{cases}x & \text{if } x \ge 0 \\ -x & \text{if } x<0\end{cases}",
        ),
        (
            "f of x equals one for x greater than two, zero otherwise",
            r"f(x)=\begin{cases}1 & \text{for } x>2 \\ 0 & \text{otherwise}\end{cases}",
        ),
        (
            "f of x, equals, Case 1: negative x if x is less than 0. Case 2: x if x is greater than 0",
            r"f(x)=\begin{cases}-x & \text{if } x<0 \\ x & \text{if } x>0\end{cases}",
        ),
        (
            "the system x plus y equals five and x minus y equals one",
            r"\begin{cases}x+y=5 \\ x-y=1\end{cases}",
        ),
    ],
)
def test_cases_and_systems(words: str, latex: str) -> None:
    """A value needs a condition each, and a system two equations."""
    assert readings(words)[0].latex == latex


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("x equals two if y equals three", r"x=2 \text{ if } y=3"),
        ("x equals one or x equals two", r"x=1 \text{ or } x=2"),
        ("p and q", r"p \land q"),
        ("not p or q", r"\neg p \lor q"),
        ("for all x in r, x squared is at least zero", r"\forall x \in r, x^2 \ge 0"),
        ("there exists an x such that f of x equals zero", r"\exists x: f(x)=0"),
        ("there exists a unique x", r"\exists! x"),
        ("f of x equals zero for all x", r"f(x)=0 \; \forall x"),
        ("the inner product of u and v", r"\langle u,v\rangle"),
        ("the greatest common divisor of twelve and eighteen", r"\gcd(12,18)"),
        ("triangle a b c is congruent to triangle d e f",
         r"\triangle abc \equiv \triangle def"),
        ("angle a b c equals ninety degrees", r"\angle abc=90^{\circ}"),
        ("f maps x to x squared", r"f:x \mapsto x^2"),
        ("|x - 3| < 2", "|x-3|<2"),
    ],
)  # fmt: skip
def test_logic_figures_and_maps(words: str, latex: str) -> None:
    """Quantifiers, connectives, corners, several arguments."""
    assert readings(words)[0].latex == latex


@pytest.mark.parametrize(
    "prose",
    [
        "for all of you and for each of us there is a way",
        "there is a problem such that nobody solves it",
        "not all of them are the same",
        "a triangle and a line",
        "the angle is acute and the side is long",
        "in this case if you agree I will go and otherwise not",
        "the system works if you press both buttons",
    ],
)
def test_words_of_logic_in_prose(prose: str) -> None:
    """And, or, if, for all and not belong to every sentence."""
    assert annotate(prose) == ()
