"""Cutting words into the recogniser's tokens."""

from random import Random

import pytest

from agent.local_live.ear.bpe import N_SINGLE, Bpe

# Merged in this order: the lower a token's number, the sooner.
LEARNED = ["▁s", "in", "▁sin", "e", "ne", "▁sine", "▁", "s", "i", "n", "b", "ine"]
TEXTS = ["?"] * N_SINGLE + LEARNED


def test_merges_are_made_in_the_order_of_the_token_numbers() -> None:
    """Any other cut is one that the recogniser seldom writes, and its boost would be lost."""
    assert cut("sine") == ["▁sine"]
    assert cut("bin") == ["▁", "b", "in"]


def test_a_word_never_begins_with_tokens_of_bytes() -> None:
    """They have no text of their own."""
    assert min(Bpe(["s", *TEXTS[1:]]).encode("sin")) >= N_SINGLE


def test_a_letter_that_no_token_has_is_an_error() -> None:
    """A generated word that can't be written would be learned as something else."""
    with pytest.raises(KeyError, match="q"):
        Bpe(TEXTS).encode("q")


def test_dropout_gives_other_cuts_of_the_same_letters() -> None:
    """The recogniser does not always cut as the merges do."""
    bpe, random = Bpe(TEXTS), Random(1)  # noqa: S311 (no secret)
    cuts = {bpe.dropped("sine", random, 0.3) for _ in range(100)}
    assert len(cuts) > 3
    assert {"".join(TEXTS[token] for token in each) for each in cuts} == {"▁sine"}
    assert bpe.dropped("sine", random, 0.0) == bpe.encode("sine")


def cut(word: str) -> list[str]:
    return [TEXTS[token] for token in Bpe(TEXTS).encode(word)]
