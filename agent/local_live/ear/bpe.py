"""Words as tokens: byte-pair merges in the order of the token ids, as the recogniser's model cuts."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from random import Random

from agent.local_live.ear.tokenizer import WORD_START

N_SINGLE = 259  # control tokens and single bytes, which no merge makes


class Bpe:
    """Cuts words into the tokens of a vocabulary; `texts` are those of the tokens, by number."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._ids: dict[str, int] = {}
        for token, text in enumerate(texts[N_SINGLE:], N_SINGLE):
            self._ids.setdefault(text, token)
        self.encode = lru_cache(maxsize=100_000)(self._encode)

    def dropped(self, word: str, random: Random, dropout: float) -> tuple[int, ...]:
        """Another cut of a word: each merge is left out with this probability (BPE dropout)."""
        return self._merge(word, lambda: random.random() >= dropout)

    def _encode(self, word: str) -> tuple[int, ...]:
        return self._merge(word, lambda: True)

    def _merge(self, word: str, is_taken: Callable[[], bool]) -> tuple[int, ...]:
        """KeyError for a character that the vocabulary lacks."""
        parts = [WORD_START, *word]
        while True:
            merges = [
                (token, at)
                for at, pair in enumerate(pairwise(parts))
                if (token := self._ids.get("".join(pair))) is not None and is_taken()
            ]
            if not merges:
                return tuple(self._ids[part] for part in parts)
            _, at = min(merges)
            parts[at : at + 2] = ["".join(parts[at : at + 2])]
