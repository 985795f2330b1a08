"""Back-off models of up to three words over one vocabulary: mixing them, writing them."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

SMALLEST = 1e-7  # keeps rounded sums from giving a back-off of nothing or less


@dataclass(frozen=True, slots=True)
class BackoffModel:
    """Probabilities (not logarithms) of words after up to two others.

    Word ids index the vocabulary, of size V. A bigram is the key before * V + word, a
    trigram the key (first * V + second) * V + word; keys are sorted. Every bigram's words,
    and both bigrams of every trigram, are in the model.
    """

    unigram: Floats  # shape (V,)
    unigram_backoff: Floats  # shape (V,)
    bigrams: Ints  # shape (n_bigrams,)
    bigram: Floats
    bigram_backoff: Floats
    trigrams: Ints  # shape (n_trigrams,)
    trigram: Floats

    def after_one(self, keys: Ints) -> Floats:
        """The probability of each bigram, backed off where it isn't there."""
        before, word = np.divmod(keys, len(self.unigram))
        at, is_here = _find(self.bigrams, keys)
        backed_off = self.unigram_backoff[before] * self.unigram[word]
        return np.where(is_here, _take(self.bigram, at), backed_off)

    def after_two(self, keys: Ints) -> Floats:
        """The probability of each trigram, backed off where it isn't there."""
        n_words = len(self.unigram)
        at, is_here = _find(self.trigrams, keys)
        history_at, has_history = _find(self.bigrams, keys // n_words)
        backoff = np.where(has_history, _take(self.bigram_backoff, history_at), 1.0)
        backed_off = backoff * self.after_one(keys % n_words**2)
        return np.where(is_here, _take(self.trigram, at), backed_off)


def with_backoffs(
    unigram: Floats, bigrams: Ints, bigram: Floats, trigrams: Ints, trigram: Floats
) -> BackoffModel:
    """A model whose back-off weights make the words after each history sum to one."""
    n_words, n_bigrams = len(unigram), len(bigrams)
    before, word = np.divmod(bigrams, n_words)
    unigram_backoff = _backoff(before, bigram, unigram[word], n_words)
    history, _ = _find(bigrams, trigrams // n_words)
    shorter, _ = _find(bigrams, trigrams % n_words**2)
    bigram_backoff = _backoff(history, trigram, _take(bigram, shorter), n_bigrams)
    return BackoffModel(
        unigram, unigram_backoff, bigrams, bigram, bigram_backoff, trigrams, trigram
    )


def mix(one: BackoffModel, other: BackoffModel, weight: float) -> BackoffModel:
    """Linear interpolation over the union of n-grams; `weight` is that of `one`."""
    bigrams = np.union1d(one.bigrams, other.bigrams)
    trigrams = np.union1d(one.trigrams, other.trigrams)
    return with_backoffs(
        weight * one.unigram + (1 - weight) * other.unigram,
        bigrams,
        weight * one.after_one(bigrams) + (1 - weight) * other.after_one(bigrams),
        trigrams,
        weight * one.after_two(trigrams) + (1 - weight) * other.after_two(trigrams),
    )


def to_arpa(model: BackoffModel, words: Sequence[str]) -> str:
    """The model in ARPA format; `words` is the vocabulary."""
    n_words = len(words)
    text = StringIO()
    counts = (n_words, len(model.bigrams), len(model.trigrams))
    text.write("\\data\\\n")
    text.writelines(f"ngram {n}={count}\n" for n, count in enumerate(counts, 1))
    text.write("\n\\1-grams:\n")
    rows = zip(_log10(model.unigram), words, _log10(model.unigram_backoff), strict=True)
    text.writelines(f"{p:.4f}\t{word}\t{b:.4f}\n" for p, word, b in rows)
    text.write("\n\\2-grams:\n")
    pairs = zip(*(ids.tolist() for ids in np.divmod(model.bigrams, n_words)), strict=True)
    columns = zip(_log10(model.bigram), pairs, _log10(model.bigram_backoff), strict=True)
    text.writelines(f"{p:.4f}\t{words[v]} {words[w]}\t{b:.4f}\n" for p, (v, w), b in columns)
    text.write("\n\\3-grams:\n")
    for p, key in zip(_log10(model.trigram), model.trigrams.tolist(), strict=True):
        (u, v), w = divmod(key // n_words, n_words), key % n_words
        text.write(f"{p:.4f}\t{words[u]} {words[v]} {words[w]}\n")
    text.write("\n\\end\\\n")
    return text.getvalue()


def _backoff(history: Ints, seen: Floats, shorter: Floats, n_histories: int) -> Floats:
    left = 1 - np.bincount(history, seen, n_histories)
    left_shorter = 1 - np.bincount(history, shorter, n_histories)
    return np.maximum(left, SMALLEST) / np.maximum(left_shorter, SMALLEST)


def _find(keys: Ints, wanted: Ints) -> tuple[Ints, npt.NDArray[np.bool_]]:
    at = np.searchsorted(keys, wanted)
    at[at == len(keys)] = 0
    return at, (keys[at] == wanted if len(keys) else np.zeros(len(wanted), dtype=np.bool_))


def _take(values: Floats, at: Ints) -> Floats:
    return values[at] if len(values) else np.ones(len(at))


def _log10(values: Floats) -> list[float]:
    logs: list[float] = np.log10(np.maximum(values, 1e-99)).tolist()
    return logs
