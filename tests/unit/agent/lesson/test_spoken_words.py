"""The tutor's words in step with its voice."""

import pytest

from agent.lesson.turns import said_so_far


@pytest.mark.parametrize(
    ("text", "share", "said"),
    [
        ("one two three", 0.0, ""),
        ("one two three", 0.3, "one"),
        ("one two three", 0.5, "one"),
        ("one two three", 0.55, "one two"),
        ("one two three", 0.99, "one two three"),
        ("one two three", 1.0, "one two three"),
        ("word", 0.5, ""),
        ("", 0.5, ""),
    ],
)
def test_words_are_shown_whole(text: str, share: float, said: str) -> None:
    """Half a word reads like an error."""
    assert said_so_far(text, share) == said
