"""What a decoder heard in a finished utterance: the words, their times, the alternatives."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import islice
from typing import TypedDict

from pocketsphinx import Decoder

from agent.local_live.choice import choose

N_BEST = 10
MAX_TRIES = 60  # most entries of an n-best list differ in pronunciations and pauses only
FRAMES_PER_SEC = 100
LOG_BASE = 1.0001


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


def hear(decoder: Decoder) -> HeardFields:
    """The finished utterance: of the n-best texts, the one that parses best."""
    hypothesis = decoder.hyp()
    if hypothesis is None or not (best := shown(hypothesis.hypstr)):
        return {"text": "", "words": [], "alternatives": []}
    alternatives = [best]
    for entry in islice(decoder.nbest(), MAX_TRIES):
        text = shown(entry.hypstr)
        if text and text not in alternatives and len(alternatives) < N_BEST:
            alternatives.append(text)
    chosen = choose(alternatives)
    words = words_of(chosen.split(), _words(decoder))
    return {"text": chosen, "words": words, "alternatives": alternatives}


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
