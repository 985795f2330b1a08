"""Word errors under other normalisers than ours, to see whether a result hangs on the choice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from rapidfuzz.distance import Levenshtein
from whisper_normalizer.english import EnglishTextNormalizer

OURS = "ours"


@dataclass(frozen=True, slots=True)
class WordCount:
    """Word edits over the reference's words, under one normaliser."""

    n_errors: int
    n_reference_words: int


def counts_of_others(reference: str, hypothesis: str) -> dict[str, WordCount]:
    """What each other normaliser makes of a pair; a whole hypothesis lost is all deletions."""
    counts = {}
    for name, words_of in OTHERS.items():
        said, heard = words_of(reference), words_of(hypothesis)
        counts[name] = WordCount(int(Levenshtein.distance(said, heard)), len(said))
    return counts


def _as_written(text: str) -> tuple[str, ...]:
    return tuple(text.split())


@lru_cache(maxsize=20_000)  # a phrase is said again by every voice: 100 us each
def _by_whisper(text: str) -> tuple[str, ...]:
    """OpenAI's English normaliser, of the Whisper paper (Radford and others 2022, appendix C).

    It deletes what stands in brackets, so that "f of (x plus one)" becomes "f of".
    """
    return tuple(_whisper()(text).split())


@lru_cache(maxsize=1)
def _whisper() -> EnglishTextNormalizer:
    return EnglishTextNormalizer()  # type: ignore[no-untyped-call]


OTHERS: Mapping[str, Callable[[str], tuple[str, ...]]] = MappingProxyType(
    {"none": _as_written, "whisper_english": _by_whisper}
)


def normaliser_name(name: str) -> str:
    """`whisper_english` as one reads it."""
    return {"none": "none", "whisper_english": "Whisper's English"}.get(name, name)
