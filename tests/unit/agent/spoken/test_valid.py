"""Whatever is said: LaTeX that KaTeX renders, in bounded time, and never an exception."""

import random

import pytest

from agent.spoken import annotate, edit, readings
from benchmarks._spoken_suite import load_phrases, load_prose
from evals.notation import Invalid, Katex
from tests.pace import cpu_below

LONGEST = 30  # words
_STRANGE = [
    "",
    "\0\x07 x squared \u202e plus one",
    "😀 😀 😀",
    "x 😀 squared",
    "שלום x squared",
    "\\frac{a}{b} plus $x^2$ over \\sqrt{2}",
    "\\begin{cases} x",
    "{{{{ }}}} ____ ^^^^ &&& ## %% ~~",
    "r r r r r r r r r r",
    "one " * 400,
    "x plus " * 2_000,
    "( " * 2_000,
    "matrix row one " * 300,
    "case one x if x equals one " * 200,
    "for all x there exists y such that " * 200,
    "no x sorry x actually " * 300,
    "um " * 3_000,
    "the vector one comma " * 400,
    "the set containing " * 400,
    "probability that " * 400,
    "line a b is parallel to " * 200,
    "h two o plus " * 400,
    "five metres per second per " * 300,
    "x sub i superscript j baseline " * 200,
    "start fraction " * 400,
    "| x " * 1_000,
    "less than or equal to " * 400,
    "x " * 10_000,
    " ".join(["theta", "one", "sub", "of"] * 2_500),
]


def _random_texts(n_texts: int) -> list[str]:
    """Words of the suite in any order."""
    chance = random.Random(3)  # noqa: S311 (no secret)
    words = [word for phrase in load_phrases() for word in phrase.text.split()]
    return [" ".join(chance.choices(words, k=chance.randint(2, LONGEST))) for _ in range(n_texts)]


def _all_latex(texts: list[str]) -> set[str]:
    return {
        reading.latex
        for text in texts
        for found in (readings(text), *(span.readings for span in annotate(text)))
        for reading in found
    }


@pytest.mark.parametrize("n_random", [150, pytest.param(1_500, marks=pytest.mark.slow)])
def test_every_reading_of_anything_renders(n_random: int, katex: Katex) -> None:
    """One formula that KaTeX refuses breaks the page that shows it."""
    texts = [
        *(phrase.text for phrase in load_phrases()),
        *load_prose(),
        *_random_texts(n_random),
        *_STRANGE,
    ]
    latex = sorted(_all_latex(texts))
    outcomes = katex.mathml(latex)
    assert [
        one for one, what in zip(latex, outcomes, strict=True) if isinstance(what, Invalid)
    ] == []


_REQUESTS = (
    "change {} to {}", "replace every {} with {}", "put brackets round {}", "remove the {}",
    "square the {}", "divide everything by {}", "add {} to both sides", "multiply it by {}",
    "make the {} a capital", "set it equal to {}", "take the square root of it",
    "swap the sides", "cube the whole thing", "negate it",
)  # fmt: skip
_PARTS = (
    "the two", "x", "x plus one", "the first x", "the minus", "theta", "three", "y squared",
    "a over b", "sine x", "brackets", "minus one",
)  # fmt: skip


@pytest.mark.parametrize("n_edits", [600, pytest.param(3_000, marks=pytest.mark.slow)])
def test_every_edit_of_anything_renders(n_edits: int, katex: Katex) -> None:
    """A change lands between the tokens of a formula, never inside a name or a script."""
    chance = random.Random(5)  # noqa: S311 (no secret)
    formulas = [found[0].latex for p in load_phrases() if (found := readings(p.text, 1))]
    edited: set[str] = set()
    for _ in range(n_edits):
        request = chance.choice(_REQUESTS)
        said = request.format(*chance.choices(_PARTS, k=request.count("{}")))
        edited |= {changed.latex for changed in edit(chance.choice(formulas), said)}
    latex = sorted(edited)
    assert len(latex) > 200
    outcomes = katex.mathml(latex)
    assert [
        one for one, what in zip(latex, outcomes, strict=True) if isinstance(what, Invalid)
    ] == []


@pytest.mark.parametrize("text", _STRANGE)
def test_strange_input_is_read_in_bounded_time(text: str) -> None:
    """Speech is untrusted; a second is a hundred times what any of these takes."""
    with cpu_below(1):
        spans = annotate(text)
        readings(text)
    assert all(text[span.start : span.end].strip() for span in spans)
