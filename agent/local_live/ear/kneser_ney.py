"""A trigram model of generated sentences, smoothed as Kneser and Ney (1995) say."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from agent.local_live.ear.backoff import BackoffModel, Floats, Ints, with_backoffs


def train(sentences: Iterable[list[str]], word_ids: dict[str, int]) -> BackoffModel:
    """An interpolated Kneser-Ney model with one discount for each order.

    `word_ids` is the vocabulary, sentence marks among it. Trigrams seen once are left out.
    """
    n_words = len(word_ids)
    stream = _encode(sentences, word_ids)
    begin = word_ids["<s>"]
    pairs_all = stream[:-1] * n_words + stream[1:]
    inside = stream[1:] != begin
    triples_all = pairs_all[:-1] * n_words + stream[2:]
    triples, triple_counts = np.unique(triples_all[inside[:-1] & inside[1:]], return_counts=True)
    pairs = np.unique(pairs_all[inside])
    unigram = np.bincount(pairs % n_words, minlength=n_words) / len(pairs)
    pair_counts = _pair_counts(pairs, pairs_all[inside], triples, n_words, begin)
    bigram = _discounted(pairs // n_words, pair_counts, n_words, unigram[pairs % n_words])
    history = np.searchsorted(pairs, triples // n_words)
    shorter = bigram[np.searchsorted(pairs, triples % n_words**2)]
    trigram = _discounted(history, triple_counts, len(pairs), shorter)
    repeated = triple_counts > 1
    return with_backoffs(unigram, pairs, bigram, triples[repeated], trigram[repeated])


def _encode(sentences: Iterable[list[str]], word_ids: dict[str, int]) -> Ints:
    """All sentences in one row, each with its marks."""
    begin, end = word_ids["<s>"], word_ids["</s>"]
    ids: list[int] = []
    for words in sentences:
        ids.append(begin)
        ids.extend(word_ids[word] for word in words)
        ids.append(end)
    return np.array(ids, dtype=np.int64)


def _pair_counts(
    pairs: Ints, occurrences: Ints, triples: Ints, n_words: int, begin: int
) -> npt.NDArray[np.int64]:
    """In how many contexts each pair occurs; at a sentence's beginning, how often."""
    contexts = np.bincount(np.searchsorted(pairs, triples % n_words**2), minlength=len(pairs))
    frequency = np.bincount(np.searchsorted(pairs, occurrences), minlength=len(pairs))
    return np.where(pairs // n_words == begin, frequency, contexts)


def _discounted(
    history: Ints, counts: npt.NDArray[np.int64], n_histories: int, shorter: Floats
) -> Floats:
    """The interpolated probability of each n-gram; `shorter` is that of its newest words."""
    once, twice = int((counts == 1).sum()), int((counts == 2).sum())
    discount = once / max(once + 2 * twice, 1)
    total = np.bincount(history, counts, n_histories)
    n_followers = np.bincount(history, minlength=n_histories)
    left_over = discount * n_followers[history] / total[history]
    probability: Floats = np.maximum(counts - discount, 0) / total[history] + left_over * shorter
    return probability
