"""What the session knows changes which reading comes first; edits change the formula before."""

import pytest

from agent.spoken import Context, annotate, edit, readings
from agent.spoken.vocabulary.words import MAX_CHARACTERS


@pytest.mark.parametrize(
    ("context", "words", "latex"),
    [
        (Context(letters=frozenset("x")), "x two", r"x \cdot 2"),
        (Context(formulas=("x_1+x_2=0",)), "x two", "x_2"),
        (Context(functions=frozenset("a")), "a of t", "a(t)"),
        (Context(functions=frozenset("f")), "f x plus one", "f(x)+1"),
        (Context(letters=frozenset("A")), "a squared plus b squared", "A^2+b^2"),
        (Context(letters=frozenset("aA")), "a squared", "a^2"),
        (Context(letters=frozenset([r"\delta"])), "delta x", r"\delta x"),
        (Context(text="Let $g(t) = 3t$ be given."), "g t equals six", "g(t)=6"),
        (Context(text="The matrices A and B are square."), "a b equals b a", "AB=BA"),
        (Context(), "x two", "x_2"),
    ],
)  # fmt: skip
def test_what_is_known_changes_what_is_likelier(context: Context, words: str, latex: str) -> None:
    """Letters, functions, capitals and indices that are in use."""
    assert readings(words, context=context)[0].latex == latex


def test_the_other_reading_stays() -> None:
    """Context is a prior and no rule."""
    found = readings("a squared", context=Context(letters=frozenset("A")))
    assert [reading.latex for reading in found] == ["A^2", "a^2"]


def test_a_repair_is_surer_when_its_letter_is_in_use() -> None:
    """Why is y where the problem is about y."""
    about_y = Context(formulas=("y=3x",))
    unknown, known = readings("why squared"), readings("why squared", context=about_y)
    assert known[0].confidence > unknown[0].confidence


def test_context_serves_sentences_too() -> None:
    """The live page knows the lesson's letters."""
    (span,) = annotate("so f x equals two x", Context(functions=frozenset("f")))
    assert span.latex == "f(x)=2x"


@pytest.mark.parametrize(
    ("latex", "command", "changed"),
    [
        ("x^2+2x", "change the last two to a three", ["x^2+3x"]),
        ("x^2+2x", "change the two to a three", ["x^3+2x", "x^2+3x"]),
        ("x^2+2x", "change every two to a three", ["x^3+3x"]),
        ("2x+1", "change the plus to a minus", ["2x-1"]),
        ("2x+1", "replace x with y squared", ["2y^2+1"]),
        ("a^n", "change n to n plus one", ["a^{n+1}"]),
        ("x^2", "change x to x plus one", ["(x+1)^2"]),
        ("x^2+1", "square the x", ["(x^2)^2+1"]),
        ("x^2+y", "remove the two", ["x+y"]),
        (
            r"\begin{pmatrix}x & 1\end{pmatrix}",
            "change x to y",
            [r"\begin{pmatrix}y&1\end{pmatrix}"],
        ),
        ("2x+1", "put brackets around x plus one", ["2(x+1)"]),
        ("x+1", "square the whole thing", ["(x+1)^2"]),
        ("y=x+1", "square both sides", ["y^2=(x+1)^2"]),
        ("x+1", "take the square root of it", [r"\sqrt{x+1}"]),
        ("x+1", "divide everything by two", [r"\frac{x+1}{2}"]),
        ("2x=6", "divide both sides by two", [r"\frac{2x}{2}=\frac{6}{2}"]),
        ("x+1", "multiply it by three", ["3(x+1)"]),
        ("x-3=5", "add three to both sides", ["x-3+3=5+3"]),
        ("x^2", "add two x", ["x^2+2x"]),
        ("x+1", "square the x", ["x^2+1"]),
        ("2(x+1)", "remove the brackets", ["2x+1"]),
        ("x+1", "remove the plus one", ["x"]),
        ("a=b+c", "swap the sides", ["b+c=a"]),
        ("a+b", "make the a a capital", ["A+b"]),
        ("x^2-1", "set it equal to zero", ["x^2-1=0"]),
        (r"\sin \theta", "change theta to x", [r"\sin x"]),
        ("x+1", "um, negate the whole thing", ["-(x+1)"]),
    ],
)
def test_an_edit_gives_the_new_formula(latex: str, command: str, changed: list[str]) -> None:
    """Where it may mean several places, each is a reading."""
    assert [reading.latex for reading in edit(latex, command)] == changed


@pytest.mark.parametrize(
    ("latex", "command"),
    [
        ("x+1", "change the three to a four"),  # it holds no three
        ("x+1", "x squared plus one"),  # no request
        ("x+1", "what do you think"),
        ("x+1", ""),
        ("", "square the x"),
        ("x", "remove the x"),  # nothing would be left
        ("a=b", "set it equal to zero"),
        ("x" * (MAX_CHARACTERS + 1), "square it"),
    ],
)
def test_what_is_no_edit_changes_nothing(latex: str, command: str) -> None:
    """No guess where the formula has no such place."""
    assert edit(latex, command) == ()
