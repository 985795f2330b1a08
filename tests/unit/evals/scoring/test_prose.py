"""Word errors of the prose around formulas, counted by hand."""

import pytest

from evals.scoring.prose import ProseErrors, prose_errors
from evals.scoring.words import word_errors

SAID = "find x when x plus one equals three please"
READING = "Find $x$ when $x+1=3$, please."


@pytest.mark.parametrize(
    ("said", "heard", "readings", "found"),
    [
        (SAID, SAID, [READING], ProseErrors(0, 3)),
        (SAID, "find y when y minus nine equals four please", [READING], ProseErrors(0, 3)),
        (SAID, "mind x then x plus one equals three please", [READING], ProseErrors(2, 3)),
        (SAID, "find x when x plus one equals three", [READING], ProseErrors(1, 3)),
        (SAID, "oh find x when x plus one equals three please", [READING], ProseErrors(1, 3)),
        (SAID, "find x when x plus twenty one equals three please", [READING], ProseErrors(0, 3)),
        (SAID, "find the x when x plus one equals three please", [READING], ProseErrors(0, 3)),
        (SAID, "", [READING], ProseErrors(3, 3)),
        ("so x squared", "so x cubed", ["so $x^2$"], ProseErrors(0, 1)),
        ("x squared is big", "x squared was big", ["$x^2$ is big"], ProseErrors(1, 2)),
        # "when" is in the formula's words too: the prose ends where the sentence does
        ("let a be a", "let a be", ["let $a$ be $a$"], ProseErrors(0, 2)),
        (SAID, SAID, ["x", READING], ProseErrors(0, 3)),  # the first that has both
        (SAID, SAID, ["x+1=3"], None),  # a formula alone
        (SAID, SAID, ["no formula at all"], None),
        (SAID, SAID, [], None),
        (SAID, SAID, ["Solve $x$ when $x+1=3$."], None),  # other words than were said
        ("find it", "find it", ["find it $x$"], None),  # no words are left for the formula
    ],
)
def test_errors_count_where_the_words_are_no_formula(
    said: str, heard: str, readings: list[str], found: ProseErrors | None
) -> None:
    """A model that hears every formula wrongly may still hear the sentence."""
    assert prose_errors(said, readings, word_errors(said, heard).alignment) == found
