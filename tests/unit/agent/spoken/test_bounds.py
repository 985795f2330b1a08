"""Speech is untrusted: whatever is said costs little time and raises nothing."""

import random

import pytest

from agent.spoken import annotate, readings
from agent.spoken.vocabulary.words import MAX_CHARACTERS
from tests.pace import cpu_below

_WORDS = (
    "x y z a i the of to two three plus minus times over squared equals sine cosine root square "
    "open paren close integral from d prime sub n k sum limit as approaches infinity one half and "
    "is in f g point power log base comma bar hat e pi theta we see why are be what dog quantity"
)


@pytest.mark.parametrize(
    "part",
    [
        "open paren ", "square root of ", "x over ", "d ", "x plus ", "the sum of ", "x sub ",
        "x to the ", "(", "x^", "f of ", "the limit of ", "minus ", "x times y plus ",
        "the quantity x over y plus ", "x , ", "sine of x over ", "two ", "one over one plus ",
        "log base ", "absolute value of x plus ", "d by d x of ", "bold ", "½", "x² ", "x ≤ ",
    ],
)  # fmt: skip
def test_repetition_is_read_in_bounded_time(part: str) -> None:
    """Nesting and ambiguity multiply; the parser keeps a few readings and a budget of steps."""
    text = part * (2 * MAX_CHARACTERS // len(part))
    with cpu_below(1):
        annotate(text)
        readings(text)


def test_random_words_are_read_in_bounded_time() -> None:
    """500 words take about 10 ms; ten times that is a fault and not a slow machine."""
    chance = random.Random(7)  # noqa: S311 (no secret)
    for _ in range(10):
        text = " ".join(chance.choices(_WORDS.split(), k=500))
        with cpu_below(0.1):
            spans = annotate(text)
        for span in spans:
            assert 0 <= span.start < span.end <= len(text)
            assert span.latex == span.readings[0].latex


def test_nothing_beyond_the_first_four_thousand_characters_is_read() -> None:
    """The rule for long input: the beginning counts."""
    text = "and so on " * (MAX_CHARACTERS // 10) + "x squared plus one"
    assert annotate(text) == ()
    assert annotate(text[-100:]) != ()


def test_reading_is_a_pure_function() -> None:
    """The same words give the same formulas, in any order of calls."""
    texts = ["x plus one over two", "sine of x", "x plus one over two"]
    first, _, again = [readings(text) for text in texts]
    assert first == again
