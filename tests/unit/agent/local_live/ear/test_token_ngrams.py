"""Counting tokens and backing off."""

import numpy as np
import pytest

from agent.local_live.ear.token_ngrams import DISCOUNT, UNSEEN, count_rows, unigram

BEGIN, END, X, PLUS, ONE = range(5)
N = 5
VOCABULARY = np.array([END, X, PLUS, ONE])
SENTENCES = [[X, PLUS, ONE], [X, PLUS, ONE], [X, PLUS, X], [ONE]]
STREAM = np.array([token for each in SENTENCES for token in (BEGIN, BEGIN, *each, END)])
SPOKEN = STREAM[STREAM != BEGIN]


def test_every_token_has_some_probability_and_all_of_them_one() -> None:
    """A logarithm of nothing would forbid a word."""
    shares = unigram(SPOKEN, VOCABULARY)
    assert shares.sum() == pytest.approx(1)
    assert shares[1] == pytest.approx((1 - UNSEEN) * 4 / 14 + UNSEEN / 4)
    assert unigram(SPOKEN[SPOKEN != X], VOCABULARY)[1] == pytest.approx(UNSEEN / 4)


def test_counts_are_discounted_and_the_rest_falls_to_the_shorter_history() -> None:
    """After "plus" came one twice and x once."""
    shorter = unigram(SPOKEN, VOCABULARY)
    row = count_rows(STREAM, 2, BEGIN, N, VOCABULARY).after(PLUS, shorter)
    left = DISCOUNT * 2 / 3
    assert row[3] == pytest.approx((2 - DISCOUNT) / 3 + left * shorter[3])
    assert row[1] == pytest.approx((1 - DISCOUNT) / 3 + left * shorter[1])
    assert row[0] == pytest.approx(left * shorter[0])
    assert row.sum() == pytest.approx(1)


def test_a_history_that_was_never_seen_backs_off_whole() -> None:
    """Most histories of a beam are none of mathematics."""
    shorter = unigram(SPOKEN, VOCABULARY)
    rows = count_rows(STREAM, 3, BEGIN, N, VOCABULARY)
    assert rows.after(ONE * N + ONE, shorter) is shorter
    assert rows.after(N**2 - 1, shorter) is shorter


def test_long_ngrams_that_occur_once_are_left_out() -> None:
    """They make the file three times as large."""
    rows = count_rows(STREAM, 3, BEGIN, N, VOCABULARY)
    none = np.zeros(len(VOCABULARY), np.float32)
    assert rows.after(X * N + PLUS, none).tolist() == pytest.approx([0, 0, 0, (2 - DISCOUNT) / 2])


def test_no_ngram_ends_with_a_beginning() -> None:
    """Sentences follow each other in the stream, but not in speech."""
    rows = count_rows(STREAM, 2, BEGIN, N, VOCABULARY)
    assert END not in rows.histories
