"""What the embedded tutor writes and says."""

import pytest

from agent.local_live.conversation import reply_to


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("x squared", ["x^2"]),
        ("either x squared or y plus one", ["x^2", "y+1"]),
        ("good morning everybody", []),
        ("thank you", []),
        ("", []),
        ("   ", []),
    ],
)
def test_each_formula_said_is_written_and_nothing_else(words: str, latex: list[str]) -> None:
    """In the order of the words."""
    reply = reply_to(words, None, was_heard=True)
    assert [f.latex for f in reply.formulas if f.speaker == "student"] == latex


def test_the_words_of_a_formula_are_those_that_were_said() -> None:
    """The tool's `spoken` is a piece of the transcript."""
    (formula,) = reply_to("it is x squared of course", None, was_heard=True).formulas
    assert formula.spoken == "x squared"


def test_formulas_are_read_back() -> None:
    """A student hears what was understood."""
    speech = reply_to("either x squared or y plus one", None, was_heard=True).speech
    assert speech == "You said x squared and y plus one. What is your next step?"


def test_two_close_readings_are_both_shown_and_asked_about() -> None:
    """The student's own reading stays one formula; the other is the tutor's."""
    reply = reply_to("x plus one over two", None, was_heard=True)
    assert [f.speaker for f in reply.formulas] == ["student", "tutor"]
    assert reply.speech.endswith("Which one do you mean?")


def test_much_mathematics_is_counted_instead_of_read_back() -> None:
    """Nobody listens to a minute of it."""
    words = " and then we have ".join(["x squared"] * 20)
    reply = reply_to(words, None, was_heard=True)
    assert reply.speech.startswith("You said 20 formulas.")


@pytest.mark.parametrize(
    ("words", "last_formula", "was_heard", "speech"),
    [
        ("", None, True, "I did not hear any words. Could you say that again?"),
        ("", "x squared", True, "I did not hear any words. Could you say that again?"),
        ("", None, False, "What would you like to work on?"),
        ("hello", None, True, "I found no formula in that. Which problem are you working on?"),
        (
            "hello",
            "x squared",
            True,
            "I found no formula in that. Your last one was x squared. What comes next?",
        ),
    ],
)
def test_without_mathematics_the_tutor_says_so(
    words: str, last_formula: str | None, was_heard: bool, speech: str
) -> None:
    """It claims nothing that it doesn't know."""
    assert reply_to(words, last_formula, was_heard=was_heard).speech == speech
