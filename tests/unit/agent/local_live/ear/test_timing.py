"""When each word was said."""

from collections.abc import Sequence

import pytest

from agent.local_live.ear.timing import word_times

Stretch = tuple[float, float]


@pytest.mark.parametrize(
    ("words", "stretches", "before_pauses", "times"),
    [
        ("", [(0, 1)], [], []),
        ("x plus", [(1, 2)], [], [(1, 1.2), (1.2, 2)]),  # by their letters
        ("x one", [(0, 1), (2, 3)], ["x"], [(0, 1), (2, 3)]),
        ("y one", [(0, 1), (2, 3)], ["why"], [(0, 1), (2, 3)]),  # heard otherwise before
        ("x one", [(0, 1), (2, 3), (4, 5)], ["x", "x one"], [(0, 1), (2, 3)]),
        ("x one", [(0, 1), (2, 3), (4, 5)], ["x", "x"], [(0, 1), (4, 5)]),  # a cough
        ("one", [(0, 1), (2, 3)], [""], [(2, 3)]),
    ],
)
def test_words_lie_between_the_pauses_that_part_them(
    words: str, stretches: Sequence[Stretch], before_pauses: list[str], times: list[Stretch]
) -> None:
    """The words up to a pause are those that were decoded when it came."""
    before = [text.split() for text in before_pauses]
    got = word_times(words.split(), stretches, before)
    assert [sec for pair in got for sec in pair] == pytest.approx(
        [sec for pair in times for sec in pair]
    )
