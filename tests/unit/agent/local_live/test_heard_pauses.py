"""What was heard, as the spoken-maths parser wants it."""

from agent.local_live.conversation import reply_to
from agent.local_live.ear.recogniser_protocol import Heard, HeardWord


def heard(*words: tuple[str, float, float]) -> Heard:
    text = " ".join(word for word, _, _ in words)
    return Heard(text, tuple(HeardWord(*word, confidence=1.0) for word in words))


def test_a_pause_before_over_closes_the_numerator() -> None:
    """Speakers say scope with their breath; a recogniser writes no commas."""
    quick = heard(
        ("x", 0, 0.2), ("plus", 0.2, 0.5), ("one", 0.5, 0.8), ("over", 0.8, 1), ("two", 1, 1.2)
    )
    slow = heard(
        ("x", 0, 0.2), ("plus", 0.2, 0.5), ("one", 0.5, 0.8), ("over", 1.4, 1.6), ("two", 1.6, 2)
    )
    formulas = [
        reply_to(each.with_pauses, None, was_heard=True).formulas[0].latex for each in (quick, slow)
    ]
    assert formulas == [r"x+\frac{1}{2}", r"\frac{x+1}{2}"]
    assert slow.text == "x plus one over two"


def test_without_times_the_text_stands_as_it_is() -> None:
    """Not every ear tells when a word was said."""
    assert Heard("x plus one").with_pauses == "x plus one"
