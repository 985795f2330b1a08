"""Words of speech that goes on: shown once two decodings agree on them."""

from collections.abc import Sequence

FIRST_SEC = 0.6  # of speech, before the first decoding
HOP_SEC = 0.4
HOP_SHARE = 0.1  # of what has been said: a longer segment costs more and is decoded less often


def hop_sec(segment_sec: float) -> float:
    """How much later a segment so long is decoded again."""
    return max(HOP_SEC, HOP_SHARE * segment_sec)


class Agreement:
    """What the latest two decodings of a growing sound agree on, the newest word left out."""

    def __init__(self) -> None:
        self._latest: list[str] = []
        self.words: list[str] = []

    def add(self, words: Sequence[str]) -> None:
        """Take the words of the next decoding."""
        n_agreed = 0
        for word, before in zip(words, self._latest, strict=False):
            if word != before:
                break
            n_agreed += 1
        self._latest = list(words)
        self.words = list(words[: min(n_agreed, len(words) - 1)])
