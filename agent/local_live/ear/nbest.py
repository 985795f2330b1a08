"""What a decoder heard in a finished utterance: the words, their times, the alternatives."""

import math
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import islice
from typing import TypedDict

from pocketsphinx import Decoder

from agent.local_live.ear.choice import Hypothesis, choose

N_BEST = 10
MAX_TRIES = 60  # most entries of an n-best list differ in pronunciations and pauses only
FRAMES_PER_SEC = 100
LOG_BASE = 1.0001
SCORE_WRAP = 64 * math.log(2)


class WordFields(TypedDict):
    """The fields of a HeardWord."""

    text: str
    start_sec: float
    end_sec: float
    confidence: float


class HeardFields(TypedDict):
    """The fields of a Heard."""

    text: str
    words: list[WordFields]
    alternatives: list[str]


def hear(decoder: Decoder, hints: Sequence[str] = ()) -> HeardFields:
    """The finished utterance: of the n-best texts, the one that parses and fits best."""
    best = decoder.hyp()
    if best is None or not shown(best.hypstr):
        return {"text": "", "words": [], "alternatives": []}
    hypotheses = _hypotheses(decoder, shown(best.hypstr))
    chosen = choose(hypotheses, hints)
    words = words_of(chosen.split(), _words(decoder))
    return {"text": chosen, "words": words, "alternatives": [each.text for each in hypotheses]}


def _hypotheses(decoder: Decoder, best: str) -> list[Hypothesis]:
    """The best path's text and the next likely ones, with how far they are behind it."""
    scores: dict[str, float] = {}
    for entry in islice(decoder.nbest(), MAX_TRIES):
        if text := shown(entry.hypstr):
            scores.setdefault(text, _score(entry.score))
    of_best = scores.pop(best, max(scores.values(), default=0.0))
    others = [Hypothesis(text, max(0.0, of_best - score)) for text, score in scores.items()]
    return [Hypothesis(best), *others[: N_BEST - 1]]


def _score(score: float) -> float:
    """The logarithm of an n-best entry's score, a multiple of SCORE_WRAP undone.

    Some come out 2**64 or 2**128 times too small, between others that are as good.
    """
    return -(-math.log(score) % SCORE_WRAP) if score > 0 else -SCORE_WRAP


def words_of(chosen: Sequence[str], best: Sequence[WordFields]) -> list[WordFields]:
    """Times and confidences for `chosen`, given those of the best path.

    Words that differ share the time of those they stand for, in equal parts, and have no
    confidence.
    """
    words: list[WordFields] = []
    matcher = SequenceMatcher(None, [word["text"] for word in best], chosen, autojunk=False)
    for kind, i, j, m, n in matcher.get_opcodes():
        if kind == "equal":
            words += best[i:j]
            continue
        start_sec = words[-1]["end_sec"] if words else best[0]["start_sec"]
        part_sec = (best[j - 1]["end_sec"] - start_sec) / max(n - m, 1) if j > i else 0.0
        words += [
            {
                "text": chosen[at],
                "start_sec": start_sec + part_sec * (at - m),
                "end_sec": start_sec + part_sec * (at - m + 1),
                "confidence": 0.0,
            }
            for at in range(m, n)
        ]
    return words


def shown(hypothesis: str) -> str:
    """The words as they are written: "a." is the letter a, "(2)" marks a pronunciation."""
    words = (word.partition("(")[0] for word in hypothesis.split())
    return " ".join("a" if word == "a." else word for word in words if _is_word(word))


def _is_word(word: str) -> bool:
    return bool(word) and word[0] not in "<[+"


def _words(decoder: Decoder) -> list[WordFields]:
    return [
        {
            "text": shown(segment.word),
            "start_sec": segment.start_frame / FRAMES_PER_SEC,
            "end_sec": (segment.end_frame + 1) / FRAMES_PER_SEC,
            "confidence": min(1.0, LOG_BASE**segment.prob),
        }
        for segment in decoder.seg()
        if shown(segment.word)
    ]
