"""A transcript that grows in pieces which can't be taken back."""

from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

PROVISIONAL_WORDS = 2  # the newest words of a hypothesis are wrong most often


class GrowingTranscript:
    """Turns whole hypotheses of one utterance into deltas.

    The deltas joined give the transcript that a client ends up with. With
    `commits_early`, words that two hypotheses in a row agree on go out before the end,
    save the newest; later corrections of them are lost. Without, all words wait for the
    final hypothesis.
    """

    def __init__(self, *, commits_early: bool) -> None:
        self._commits_early = commits_early
        self._committed: list[str] = []
        self._previous: list[str] = []

    @property
    def has_begun(self) -> bool:
        """Whether any words went out."""
        return bool(self._committed)

    def interim(self, hypothesis: str) -> str:
        """The words that an interim hypothesis settles; often none."""
        words = hypothesis.split()
        agreed = 0
        for word, before in zip(words, self._previous, strict=False):
            if word != before:
                break
            agreed += 1
        self._previous = words
        if not self._commits_early:
            return ""
        return self._commit(words[: min(agreed, len(words) - PROVISIONAL_WORDS)])

    def final(self, hypothesis: str) -> str:
        """The words that are still owed."""
        return self._commit(hypothesis.split())

    def _commit(self, words: list[str]) -> str:
        new = words[n_covered(self._committed, words) :]
        is_first = not self._committed
        self._committed += new
        return " ".join(new) if is_first or not new else " " + " ".join(new)


def n_covered(committed: Sequence[str], words: Sequence[str]) -> int:
    """How many of `words` the committed ones stand for: the prefix nearest to them."""
    if list(words[: len(committed)]) == list(committed):
        return len(committed)
    return min(
        range(len(words) + 1), key=lambda n: (Levenshtein.distance(committed, words[:n]), -n)
    )
