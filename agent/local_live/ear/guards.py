"""What no decoding may write, however likely it sounds."""

import math
import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from agent.audio import STUDENT_RATE_HZ
from agent.local_live.ear.tokenizer import END, FIRST_PIECE, WORD_START

MAX_TOKENS_PER_SEC = 7.0  # fast speech has five
SPARE_TOKENS = 2  # the last mark and the shortest word
MAX_REPEATS = 2  # of several tokens; of one token there may be one more
LOOP_TOKENS = (1, 2, 3, 4, 5, 6, 8)
MARKS = ",.?"
_WORD = re.compile(rf"{WORD_START}?[A-Za-z']+|{WORD_START}")
_MARK = re.compile(rf"{WORD_START}?[{re.escape(MARKS)}]+")


def banned_tokens(texts: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Which tokens are neither letters nor marks nor the end, shape (n_tokens,).

    Digits, hyphens and other scripts are ways to write words that the parser wants as words.
    """
    banned = [not (_WORD.fullmatch(text) or _MARK.fullmatch(text)) for text in texts]
    banned[:FIRST_PIECE] = [True] * FIRST_PIECE
    banned[END] = False
    return np.array(banned)


def mark_tokens(texts: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Which tokens are marks alone, shape (n_tokens,)."""
    return np.array([bool(_MARK.fullmatch(text)) for text in texts])


def most_tokens(n_samples: int) -> int:
    """How many tokens so much 16 kHz sound may have."""
    return math.ceil(n_samples / STUDENT_RATE_HZ * MAX_TOKENS_PER_SEC) + SPARE_TOKENS


def is_loop(tokens: Sequence[int]) -> bool:
    """Whether the newest tokens came three times in a row, or a single one four times."""
    for n in LOOP_TOKENS:
        n_times = MAX_REPEATS + 1 + (n == 1)
        newest = tuple(tokens[len(tokens) - n :])
        if len(tokens) >= n * n_times and newest * n_times == tuple(tokens[-n * n_times :]):
            return True
    return False
