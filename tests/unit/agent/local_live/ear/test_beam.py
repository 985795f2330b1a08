"""Which of the ended hypotheses comes first."""

import pytest

from agent.local_live.ear.beam import Hypothesis, longest_said


def ended(words: str, *log_probs: float) -> Hypothesis:
    """A hypothesis of one token a word, and its end."""
    text = "".join(f"▁{word}" for word in words.split())
    return Hypothesis(sum(log_probs), tuple(range(len(log_probs) - 1)), log_probs, words=text)


@pytest.mark.parametrize(
    ("hypotheses", "first"),
    [
        # at a pause the model may end; the words after it cost more together
        ([ended("x", -0.1, -0.9), ended("x plus one", -0.1, -0.6, -0.4, -0.3)], 1),
        # what goes on is a guess
        ([ended("x", -0.1, -0.9), ended("x plus one", -0.1, -2.0, -0.4, -0.3)], 0),
        # other words, not more
        ([ended("x", -0.1, -0.9), ended("y plus one", -0.1, -0.6, -0.4, -0.3)], 0),
        # a longer word, not another
        ([ended("in", -0.1, -0.9), ended("integral", -0.2, -0.9)], 0),
        ([ended("x", -0.1, -0.1)], 0),
    ],
)
def test_a_sound_is_heard_to_its_end(hypotheses: list[Hypothesis], first: int) -> None:
    """Half a sentence is likelier than the whole one, and was not all that was said."""
    assert longest_said(hypotheses)[0] is hypotheses[first]
    assert len(longest_said(hypotheses)) == len(hypotheses)
