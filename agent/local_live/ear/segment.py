"""One segment of an utterance: some stretches of speech that are decoded together."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from agent.local_live.ear.beam import BeamSearch, Hypothesis
from agent.local_live.ear.choice import Choice, choose
from agent.local_live.ear.fields import WordFields
from agent.local_live.ear.folding import folded
from agent.local_live.ear.greedy import decode_greedily
from agent.local_live.ear.moonshine import Floats, Moonshine
from agent.local_live.ear.timing import word_times
from agent.local_live.ear.tokenizer import WORD_START, Tokenizer

REPEATED_TOKENS = 3  # so many in a row, come again, tell nothing about the sound
SURE_TOKENS = 8  # fewer say too little of how sure the model is
# Of words that were said the model thinks e^-0.1 to e^-0.8 a token, of the sentences that it
# makes up from babble less.
DOUBTED_NATS = -0.9


@dataclass(frozen=True, slots=True)
class HeardSegment:
    """The words of a segment with their times, and its n-best texts, best first."""

    words: list[WordFields] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(word["text"] for word in self.words)


class SegmentDecoder:
    """Decodes segments, quickly for words that are still being spoken, and well."""

    def __init__(self, model: Moonshine, search: BeamSearch) -> None:
        self._model = model
        self._search = search

    def quick_words(self, sound: Floats) -> list[str]:
        """The words of 16 kHz sound so far."""
        tokens = decode_greedily(self._model, sound, self._search.banned)
        return folded(self._model.tokenizer.text(tokens)).split()

    def hear(
        self,
        sound: Floats,
        stretches: Sequence[tuple[float, float]],
        before_pauses: Sequence[Sequence[str]],
        hints: Sequence[str],
    ) -> HeardSegment:
        """The finished segment; nothing where the model doubts that anything was said."""
        hypotheses = self._search.search(sound)
        if is_doubted(hypotheses[0]):
            return HeardSegment()
        ways = _ways(hypotheses, self._model.tokenizer)
        behind = {text: hypotheses[0].score - way.score for text, way in ways.items()}
        chosen = choose([Choice(text, nats) for text, nats in behind.items()], hints)
        said = spoken_words(ways[chosen], self._model.tokenizer)
        times = word_times([word for word, _ in said], stretches, before_pauses)
        words: list[WordFields] = [
            {"text": word, "start_sec": start, "end_sec": end, "confidence": confidence}
            for (word, confidence), (start, end) in zip(said, times, strict=True)
        ]
        return HeardSegment(words, list(ways))


def _ways(hypotheses: Sequence[Hypothesis], tokenizer: Tokenizer) -> dict[str, Hypothesis]:
    """The hypotheses by their folded text, best first; the same text counts once."""
    ways: dict[str, Hypothesis] = {}
    for each in hypotheses:
        ways.setdefault(folded(tokenizer.text(each.tokens)), each)
    return ways


def is_doubted(hypothesis: Hypothesis) -> bool:
    """Whether the model made a sentence up from sound that is no speech to it.

    Tokens that repeat earlier ones are left out: the model is sure of a sentence that it says
    again and again.
    """
    seen: set[tuple[int, ...]] = set()
    fresh: list[float] = []
    for end, log_prob in enumerate(hypothesis.log_probs[: len(hypothesis.tokens)], 1):
        latest = hypothesis.tokens[max(0, end - REPEATED_TOKENS) : end]
        if len(latest) < REPEATED_TOKENS or latest not in seen:
            fresh.append(log_prob)
        seen.add(latest)
    return len(fresh) >= SURE_TOKENS and float(np.mean(fresh)) < DOUBTED_NATS


def spoken_words(hypothesis: Hypothesis, tokenizer: Tokenizer) -> list[tuple[str, float]]:
    """The folded words, each with the probability of its tokens, in 0..1."""
    words: list[tuple[str, float]] = []
    for word in _by_word(hypothesis, tokenizer):
        text = folded(tokenizer.text([token for token, _ in word]))
        confidence = math.exp(sum(log_prob for _, log_prob in word))
        words += [(part, confidence) for part in text.split()]
    return words


def _by_word(hypothesis: Hypothesis, tokenizer: Tokenizer) -> list[list[tuple[int, float]]]:
    words: list[list[tuple[int, float]]] = []
    for token, log_prob in zip(hypothesis.tokens, hypothesis.log_probs, strict=False):
        if not words or tokenizer.texts[token].startswith(WORD_START):
            words.append([])
        words[-1].append((token, log_prob))
    return words
