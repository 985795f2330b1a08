"""Words without the recogniser's case and marks."""

import pytest

from agent.local_live.ear.folding import folded
from agent.spoken import annotate


@pytest.mark.parametrize(
    ("heard", "words"),
    [
        ("A squared plus B squared.", "a squared plus b squared"),
        ("The sum from K. equals one", "the sum from k equals one"),
        ("Three, quarters, plus, one half,", "three quarters plus one half"),
        ("let's, let\N{RIGHT SINGLE QUOTATION MARK}s", "let's let's"),
        ("Euler's 'number'", "euler's number"),
        ("twenty-five", "twenty five"),
        ("What? No!", "what no"),
        ("dot... dot", "dot dot"),
        ("x_1", "x 1"),
        (" . ", ""),
        ("", ""),
    ],
)
def test_case_and_marks_are_taken_off(heard: str, words: str) -> None:
    """Nobody said them; an apostrophe within a word belongs to it."""
    assert folded(heard) == words


def test_the_parser_reads_the_letter_that_was_said() -> None:
    """The model writes single letters as capitals, and A squared is not a squared."""
    (span,) = annotate(folded("A squared plus B squared."))
    assert span.latex == "a^2+b^2"
