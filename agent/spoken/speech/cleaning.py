"""Spontaneous speech: words without what a speaker lets fall between them."""

from collections.abc import Sequence

from agent.spoken.speech.corrections import corrected
from agent.spoken.speech.mishearings import mended
from agent.spoken.vocabulary.table import Table
from agent.spoken.vocabulary.words import Word

_FILLERS = Table({"um|umm|uh|uhh|uhm|erm|er|err|hmm|hm|mhm|mm|ah|eh": True})
_ASIDES = Table(
    {
        "like|you know|i guess|i think|kind of|sort of|basically|let's see|let me see|what is it": True
    }
)
# After one of these an operand must follow: an aside there is no word of a sentence.
_OPERATORS = frozenset(
    ("plus", "minus", "times", "over", "equals", "is", "of", "by", "to", "than", "from")
)
# Said twice, these are a hesitation. "Minus minus" is not: five minus minus two.
_SAID_TWICE = _OPERATORS - {"minus"} | {"the", "and", "equal", "squared", "sub", "sine", "cosine"}
_RESTARTED = frozenset(("equals", "is", "of", "the", "from"))


def cleaned(words: Sequence[Word]) -> list[Word]:
    """The words that count: misheard ones mended, no fillers, no repetitions, what was corrected in its place."""
    return corrected(_without_restarts(_without_fillers(mended(words))))


def _without_fillers(words: Sequence[Word]) -> list[Word]:
    texts = [word.text for word in words]
    kept: list[Word] = []
    at = 0
    while at < len(words):
        filler = _filler_end(words, texts, at, kept)
        if filler is None:
            kept.append(words[at])
            at += 1
            continue
        at = filler
        if kept and kept[-1].text == "," and texts[at : at + 1] == [","]:
            kept.pop()  # one pause, not two
    return kept


def _filler_end(
    words: Sequence[Word], texts: Sequence[str], at: int, kept: Sequence[Word]
) -> int | None:
    """The index after the filler at `at`; None where none stands."""
    filler = _FILLERS.match(texts, at)
    if filler:
        return None if words[at].said.isupper() else filler[1]
    before = next((word.text for word in reversed(kept) if word.text != ","), "")
    aside = _ASIDES.match(texts, at)
    following = texts[aside[1]] if aside and aside[1] < len(texts) else ""
    is_inside = before in _OPERATORS or (bool(kept) and following in ("plus", "minus", "equals"))
    return aside[1] if aside and is_inside else None


def _without_restarts(words: Sequence[Word]) -> list[Word]:
    """Plus plus; x equals x equals."""
    kept: list[Word] = []
    for word in words:
        kept.append(word)
        if len(kept) > 1 and word.text in _SAID_TWICE and kept[-2].text == word.text:
            kept.pop()
        elif word.text in _RESTARTED:
            for length in (2, 3):
                if _is_twice(kept, length):
                    del kept[-length:]
                    break
    return kept


def without_doubles(words: Sequence[Word]) -> list[Word]:
    """Each word once where it was said twice running: for what can't be read otherwise."""
    return [word for at, word in enumerate(words) if at == 0 or words[at - 1].text != word.text]


def _is_twice(words: Sequence[Word], length: int) -> bool:
    last, before = words[-length:], words[-2 * length : -length]
    return [word.text for word in last] == [word.text for word in before]
