"""Token n-grams that back off: for each history its likely next tokens, the rest by a shorter one."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

DISCOUNT = 0.75
UNSEEN = 0.02  # share of the unigrams' mass that all tokens have in equal parts
N_MIN_LONG = 2  # n-grams of three tokens and more that occur once are left out


@dataclass(frozen=True, slots=True)
class Rows:
    """p(next | history) = seen + left * p(next | shorter history), for histories of one length.

    `histories` are sorted keys, shape (n,). History i has the entries `starts[i]` to
    `starts[i + 1]` of `following` (places in a vocabulary) and of `seen`; `left` has shape (n,).
    """

    histories: Ints
    starts: Ints
    following: Ints
    seen: Floats
    left: Floats

    def after(self, history: int, shorter: Floats) -> Floats:
        """The probabilities after a history, given those after the shorter one."""
        at = int(np.searchsorted(self.histories, history))
        if at == len(self.histories) or self.histories[at] != history:
            return shorter
        row: Floats = self.left[at] * shorter
        entries = slice(self.starts[at], self.starts[at + 1])
        row[self.following[entries]] += self.seen[entries]
        return row


def unigram(stream: Ints, vocabulary: Ints) -> Floats:
    """The share of each token of `vocabulary` in `stream`; none is left without any."""
    counts = np.bincount(np.searchsorted(vocabulary, stream), minlength=len(vocabulary))
    shares = (1 - UNSEEN) * counts / counts.sum() + UNSEEN / len(vocabulary)
    return np.asarray(shares, np.float32)


def count_rows(stream: Ints, order: int, begin: int, n_classes: int, vocabulary: Ints) -> Rows:
    """The n-grams of `order` tokens in a stream, an absolute discount off each count.

    Sentences begin with order - 1 times `begin` or more. A history's key is its tokens as
    digits of base `n_classes`, the oldest first.
    """
    n_windows = len(stream) - order + 1
    keys = np.zeros(n_windows, dtype=np.int64)
    for at in range(order):
        keys = keys * n_classes + stream[at : at + n_windows]
    ngrams, counts = np.unique(keys[stream[order - 1 :] != begin], return_counts=True)
    if order > 2:
        ngrams, counts = ngrams[counts >= N_MIN_LONG], counts[counts >= N_MIN_LONG]
    history, following = np.divmod(ngrams, n_classes)
    histories, starts = np.unique(history, return_index=True)
    totals = np.add.reduceat(counts, starts)
    starts = np.append(starts, len(ngrams))
    n_followers = np.diff(starts)
    seen = (counts - DISCOUNT) / np.repeat(totals, n_followers)
    left = DISCOUNT * n_followers / totals
    return Rows(
        histories,
        starts,
        np.searchsorted(vocabulary, following),
        seen.astype(np.float32),
        left.astype(np.float32),
    )
