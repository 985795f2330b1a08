"""A speaker's corrections: x squared, no, x cubed."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from agent.spoken.constructs.applications import FUNCTIONS
from agent.spoken.vocabulary.letters import GLUED, GREEK, LATIN
from agent.spoken.vocabulary.numbers import ORDINALS, PARTS, is_number_word
from agent.spoken.vocabulary.table import Table
from agent.spoken.vocabulary.words import Word

_MARKERS = Table(
    {
        "no wait|no sorry|no no|no i mean|no i meant|no actually|no it's|no make that|no|oh no": True,
        "sorry i mean|sorry i meant|sorry no|sorry|or sorry|oh sorry|oh wait|i mean|i meant|i meant to say": True,
        "scratch that|strike that|correction|or rather|rather|actually|actually no": True,
        "wait no|wait|oops|oops no|make that|excuse me|or should i say|let me correct that": True,
    }
)
_KINDS = {
    "sign": frozenset(("plus", "minus", "times", "over", "divided", "slash", "dot", "cross")),
    "power": frozenset(("squared", "cubed", "square", "cube", "factorial", "prime")),
    "relation": frozenset(("equals", "is", "less", "greater", "equal")),
    "joint": frozenset(("of", "the", "to", "from", "d", "as", "all", "sub", "than", "power", "a")),
    "opening": frozenset(("integral", "sum", "limit", "root", "log", "derivative", "absolute")),
}
_LONGEST = 14  # words that a correction may reach back


def corrected(words: list[Word]) -> list[Word]:
    """The words with each correction in the place of what it corrects."""
    at = 1
    while at < len(words) - 1:
        cut = _cut(words, at)
        if cut is None:
            at += 1
        else:
            words = words[: cut[0]] + words[cut[1] :]
            at = cut[0] + 1
    return words


def _cut(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """The words that the correction marked at `at` takes away, marker included."""
    texts = [word.text for word in words[at : at + 4]]
    marker = _MARKERS.match(texts, 0)
    if marker is None:
        return None
    after = _past_commas(words, at + marker[1])
    before = at
    while before and words[before - 1].text == ",":
        before -= 1
    if after >= len(words) or not before or _kind(words[after]) is None:
        return None
    first = _first_of_stretch(words, before)
    start = _start_of_wrong(words, first, before, after)
    return None if start is None else (start, after)


def _start_of_wrong(words: Sequence[Word], first: int, before: int, after: int) -> int | None:
    """Where the wrong words begin: where they look most like those said instead."""
    kinds = [_kind(word) for word in words[first:before]]
    instead = [_kind(word) for word in words[after : after + _LONGEST]]
    if instead[0] == "sign" and "sign" not in kinds:
        instead = instead[1:] or instead  # two, I mean minus two
    best, best_score = None, 0.0
    for index, kind in enumerate(kinds):
        if kind != instead[0]:
            continue
        wrong = kinds[index:]
        likely = instead[: len(wrong) + 1]
        score = SequenceMatcher(None, wrong, likely, autojunk=False).ratio()
        score += 0.3 * (words[first + index].text == words[after].text)
        if score >= best_score:
            best, best_score = first + index, score
    return best


def _first_of_stretch(words: Sequence[Word], end: int) -> int:
    """Where the mathematics that ends at `end` begins."""
    start = end
    while start > max(0, end - _LONGEST) and _kind(words[start - 1]) is not None:
        start -= 1
    return start


def _past_commas(words: Sequence[Word], at: int) -> int:
    while at < len(words) and words[at].text == ",":
        at += 1
    return at


def _kind(word: Word) -> str | None:
    """What sort of word of mathematics this is; None for one of prose."""
    text = word.text
    for kind, members in _KINDS.items():
        if text in members:
            return kind
    if text in LATIN or text in GREEK or text in GLUED:
        return "letter"
    if is_number_word(text) or text in ORDINALS or text in PARTS or text == "infinity":
        return "number"
    return "function" if FUNCTIONS.match([text], 0) else None
