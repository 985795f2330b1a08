"""Whether a segment's words were said."""

import pytest

from agent.local_live.ear.beam import Hypothesis
from agent.local_live.ear.segment import is_doubted, spoken_words
from agent.local_live.ear.tokenizer import Tokenizer

SENTENCE = tuple(range(10, 20))


@pytest.mark.parametrize(
    ("tokens", "log_prob", "is_babble"),
    [
        (SENTENCE, -0.1, False),
        (SENTENCE, -0.8, False),
        (SENTENCE, -1.0, True),
        (SENTENCE[:7], -1.5, False),  # too short to judge
        ((), 0.0, False),
    ],
)
def test_a_sentence_that_the_model_doubts_was_not_said(
    tokens: tuple[int, ...], log_prob: float, is_babble: bool
) -> None:
    """Babble gives fluent sentences, each word of which is a guess."""
    assert is_doubted(Hypothesis(0, tokens, (log_prob,) * len(tokens))) == is_babble


def test_a_sentence_that_is_said_again_counts_once() -> None:
    """The model is sure of its repetitions, which come from its own words."""
    doubted, repeated = (-1.1,) * len(SENTENCE), (-0.01,) * len(SENTENCE)
    assert is_doubted(Hypothesis(0, SENTENCE * 3, doubted + repeated * 2))


def test_a_word_is_as_sure_as_its_tokens_together() -> None:
    """The page shows doubt; marks are no words of their own."""
    pieces = [b"<unk>", b"<s>", b"</s>", "▁Co".encode(), b"sine", "▁K".encode(), b".", "▁twenty".encode()]  # fmt: skip
    hypothesis = Hypothesis(0, (3, 4, 5, 6, 7), (-0.1, -0.2, -0.5, 0.0, -0.0, -3.0))
    words = dict(spoken_words(hypothesis, Tokenizer(pieces)))
    assert list(words) == ["cosine", "k", "twenty"]
    assert list(words.values()) == pytest.approx([0.7408, 0.6065, 1.0], abs=1e-3)
