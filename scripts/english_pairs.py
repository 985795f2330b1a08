"""Writes the word pairs of general English that the recogniser's boost is measured against.

They come out of the en-us model that PocketSphinx's package carries (BSD):

    uv run --with "pocketsphinx==5.1.0" python scripts/english_pairs.py
"""

import struct
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pocketsphinx import get_model_path

from agent.local_live.ear.english_pairs import STEPS_PER_NAT

OUTPUT = Path(__file__).parents[1] / "agent" / "local_live" / "ear" / "english_pairs.npz"
N_WORDS = 15_000
MIN_GAIN = 3e-6
MAGIC = b"Trie Language Model"
N_BINS = 1 << 16  # probabilities are 16-bit codes into a table
LOG_BASE = np.log(1.0001)
UNIGRAM = np.dtype([("prob", "<f4"), ("backoff", "<f4"), ("first_pair", "<u4")])

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class WordPairs:
    """A bigram model: natural logarithms; word ids index `words`.

    `words`, `log_prob` and `log_backoff` have shape (n_words,), the other three (n_pairs,).
    """

    words: tuple[str, ...]
    log_prob: Floats
    log_backoff: Floats
    before: Ints
    word: Ints
    pair_log_prob: Floats


def read_word_pairs(path: Path) -> WordPairs:
    """The unigrams and bigrams of a 3-gram model in PocketSphinx's binary trie format.

    The format is that of `lm_trie.c` and `ngram_model_trie.c` in sphinxbase: counts,
    quantisation tables, unigrams, bit-packed bigrams (newest word first), trigrams, words.
    """
    content = path.read_bytes()
    at = len(MAGIC)
    if not content.startswith(MAGIC) or content[at] != 3:
        sys.exit(f"{path} is no 3-gram model; reinstall pocketsphinx.")
    counts = struct.unpack_from("<3I", content, at + 1)
    at += 1 + 3 * 4 + 4
    table = np.frombuffer(content, "<f4", N_BINS, at)
    at += 3 * N_BINS * 4
    unigrams = np.frombuffer(content, UNIGRAM, counts[0] + 1, at)
    at += unigrams.nbytes
    word_bits, trigram_bits = counts[0].bit_length(), counts[2].bit_length()
    pair_bits = word_bits + 32 + trigram_bits
    n_pairs = int(unigrams["first_pair"][-1])
    offsets = np.arange(n_pairs, dtype=np.int64) * pair_bits
    packed = np.frombuffer(content, np.uint8, _n_bytes(counts[1], pair_bits), at)
    at += packed.nbytes + _n_bytes(counts[2], word_bits + 16)
    words = content[at + 4 :].decode("utf-8").split("\0")[: counts[0]]
    per_word = np.diff(unigrams["first_pair"]).astype(np.int64)
    return WordPairs(
        words=tuple(words),
        log_prob=unigrams["prob"][:-1] * LOG_BASE,
        log_backoff=unigrams["backoff"][:-1] * LOG_BASE,
        before=_read_bits(packed, offsets, word_bits),
        word=np.repeat(np.arange(counts[0]), per_word),
        pair_log_prob=table[_read_bits(packed, offsets + word_bits + 16, 16)] * LOG_BASE,
    )


def _n_bytes(n_entries: int, entry_bits: int) -> int:
    return ((1 + n_entries) * entry_bits + 7) // 8 + 8


def _read_bits(packed: npt.NDArray[np.uint8], offsets: Ints, n_bits: int) -> Ints:
    """The little-endian numbers of `n_bits` (at most 25) at these bit offsets."""
    first = offsets >> 3
    value = np.zeros(len(offsets), dtype=np.int64)
    for i in range(4):
        value |= packed[first + i].astype(np.int64) << (8 * i)
    return (value >> (offsets & 7)) & ((1 << n_bits) - 1)


def commonest(pairs: WordPairs, n_words: int, min_gain: float, allowed: set[str]) -> WordPairs:
    """The commonest words and the bigrams among them that say more than backing off does.

    A bigram stays when its joint probability times the absolute natural logarithm of its
    ratio to the backed-off probability exceeds `min_gain` (Stolcke 1998, simplified).
    Only `allowed` words and the sentence marks stay.
    """
    marks = {"<s>", "</s>"}
    wanted = allowed - marks
    order = np.argsort(-pairs.log_prob, kind="stable")
    fits = [int(i) for i in order if pairs.words[i] in wanted]
    kept = sorted(fits[:n_words] + [i for i, w in enumerate(pairs.words) if w in marks])
    new_id = np.full(len(pairs.words), -1, dtype=np.int64)
    new_id[kept] = np.arange(len(kept))
    history = pairs.log_prob.copy()
    history[pairs.words.index("<s>")] = history[pairs.words.index("</s>")]
    ratio = pairs.pair_log_prob - pairs.log_backoff[pairs.before] - pairs.log_prob[pairs.word]
    gain = np.exp(history[pairs.before] + pairs.pair_log_prob) * np.abs(ratio)
    stays = (gain > min_gain) & (new_id[pairs.before] >= 0) & (new_id[pairs.word] >= 0)
    return WordPairs(
        words=tuple(pairs.words[i] for i in kept),
        log_prob=pairs.log_prob[kept],
        log_backoff=pairs.log_backoff[kept],
        before=new_id[pairs.before[stays]],
        word=new_id[pairs.word[stays]],
        pair_log_prob=pairs.pair_log_prob[stays],
    )


def main() -> None:
    """Write the file."""
    pairs = read_word_pairs(Path(get_model_path("en-us/en-us.lm.bin")))
    kept = commonest(pairs, N_WORDS, MIN_GAIN, {word for word in pairs.words if _is_plain(word)})
    words = "\n".join(word.rstrip(".") for word in kept.words)  # "b." is the letter
    np.savez_compressed(
        OUTPUT,
        allow_pickle=False,
        words=np.frombuffer(words.encode(), np.uint8),
        log_prob=_packed(kept.log_prob),
        before=kept.before.astype(np.uint16),
        word=kept.word.astype(np.uint16),
        pair_log_prob=_packed(kept.pair_log_prob),
    )
    print(f"{OUTPUT}: {len(kept.words)} words, {len(kept.word)} pairs")


def _is_plain(word: str) -> bool:
    letters = word.rstrip(".").replace("'", "")
    return letters.isascii() and letters.isalpha()


def _packed(logs: Floats) -> npt.NDArray[np.uint8]:
    steps: npt.NDArray[np.uint8] = np.rint(-STEPS_PER_NAT * logs).clip(0, 255).astype(np.uint8)
    return steps


if __name__ == "__main__":
    main()
