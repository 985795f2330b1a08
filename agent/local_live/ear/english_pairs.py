"""Word pairs of general English, and what they say of tokens."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO

import numpy as np
import numpy.typing as npt

from agent.local_live.ear.token_ngrams import Floats, Ints, Rows

STEPS_PER_NAT = 20  # logarithms are kept as whole numbers of these
BEGIN, END = "<s>", "</s>"

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class WordPairs:
    """A bigram model of words: `word[i]` follows `before[i]` with `pair_probability[i]`.

    What a word's pairs leave over falls to all words by `probability`.
    """

    words: tuple[str, ...]
    probability: Doubles  # shape (n_words,)
    before: Ints  # shape (n_pairs,), places in `words`
    word: Ints
    pair_probability: Doubles


def packed() -> bytes:
    """The file of word pairs that ships; scripts/english_pairs.py makes it."""
    return files("agent.local_live.ear").joinpath("english_pairs.npz").read_bytes()


def load_word_pairs() -> WordPairs:
    """The pairs that ship: those of CMU's en-us model that say more than their words alone do."""
    with np.load(BytesIO(packed())) as kept:
        return WordPairs(
            tuple(bytes(kept["words"]).decode().split("\n")),
            _unpacked(kept["log_prob"]),
            kept["before"].astype(np.int64),
            kept["word"].astype(np.int64),
            _unpacked(kept["pair_log_prob"]),
        )


def _unpacked(steps: npt.NDArray[np.uint8]) -> Doubles:
    probabilities: Doubles = np.exp(steps / -STEPS_PER_NAT)
    return probabilities


def token_rows(
    pairs: WordPairs, cut: Callable[[str], Ints], n_classes: int, vocabulary: Ints
) -> tuple[Floats, Rows]:
    """Unigram and rows of the tokens of general English after one token, for `vocabulary` alone.

    `cut` gives the token classes of a word. The unigram is that of words' first tokens.
    """
    cuts = [cut(word) for word in pairs.words]
    first = np.array([classes[0] for classes in cuts])
    last = np.array([classes[-1] for classes in cuts])
    probability = np.where(np.array(pairs.words) == BEGIN, 0, pairs.probability)
    probability /= probability.sum()
    history = probability.copy()
    history[pairs.words.index(BEGIN)] = probability[pairs.words.index(END)]
    across = history[pairs.before] * pairs.pair_probability
    inside = np.repeat(probability, [len(classes) - 1 for classes in cuts])
    left_over = np.maximum(history - np.bincount(pairs.before, across, len(history)), 0.0)
    keys = np.concatenate(
        [
            *(classes[:-1] * n_classes + classes[1:] for classes in cuts),
            last[pairs.before] * n_classes + first[pairs.word],
        ]
    )
    weights = np.concatenate([inside, across])
    begins = np.bincount(first, probability, n_classes)[vocabulary]
    spread: Doubles = np.bincount(last, left_over, n_classes).astype(np.float64)
    rows = _rows(keys, weights, spread, vocabulary)
    return begins.astype(np.float32), rows


def _rows(keys: Ints, weights: Doubles, left_over: Doubles, vocabulary: Ints) -> Rows:
    """Rows of weighted pairs of classes; `left_over` has what backs off from each class."""
    n_classes = len(left_over)
    totals = left_over + np.bincount(keys // n_classes, weights, n_classes)
    pairs, places = np.unique(keys, return_inverse=True)
    sums = np.bincount(places, weights)
    history, following = np.divmod(pairs, n_classes)
    is_wanted = np.isin(following, vocabulary)
    history, following, sums = history[is_wanted], following[is_wanted], sums[is_wanted]
    histories = np.flatnonzero(totals)
    return Rows(
        histories,
        np.searchsorted(history, np.append(histories, n_classes)),
        np.searchsorted(vocabulary, following),
        (sums / totals[history]).astype(np.float32),
        (left_over[histories] / totals[histories]).astype(np.float32),
    )
