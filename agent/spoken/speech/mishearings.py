"""Words of mathematics that recognisers hear as other words, where the words around tell."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from agent.spoken.vocabulary.letters import GREEK, LATIN
from agent.spoken.vocabulary.numbers import is_number_word
from agent.spoken.vocabulary.table import Table
from agent.spoken.vocabulary.words import Word, split_words

_OPERATORS = frozenset(
    """
    plus minus times over equals squared cubed prime sub subscript superscript hat bar tilde
    factorial divided
    """.split()  # noqa: SIM905 (a list of words is read as words)
)
_ASKING = frozenset(("plus", "minus", "times", "over", "equals", "sub", "subscript"))
_SYMBOLS = (LATIN - {"a", "i"}) | GREEK.keys()  # "a" and "i" are words of prose
_ARROWS = frozenset(("approaches", "goes", "tends"))
_CLOSING = _OPERATORS - {"sub", "subscript", "superscript"} | {"", ",", ".", "?", "is"}


class _Mending(NamedTuple):
    """What was said; where `before` or `after` is given, a word beside must be of it."""

    said: str
    before: str = ""
    after: str = ""


# Contexts by name, each a test of the word beside; "" is the beginning or the end.
_KINDS: dict[str, Callable[[str], bool]] = {
    "asking": _ASKING.__contains__,
    "closing": _CLOSING.__contains__,
    "operator": _OPERATORS.__contains__,
    "symbol": _SYMBOLS.__contains__,
    "greek": GREEK.__contains__,
    "operand": lambda word: word in _SYMBOLS or is_number_word(word),
    "number": is_number_word,
    "opening": lambda word: word in ("open", "left", "close", "right", "closed"),
    "pi": lambda word: is_number_word(word) or word in _ASKING or word in ("of", "sine", "cosine"),
    "partial": lambda word: word == "partial",
    "of": lambda word: word == "of",
    "no article": lambda word: word not in ("the", "a", "this", "its", "no", "any"),
}
MISHEARINGS = Table(
    {
        "causeine|coseine|cosigne|cosiner|kosine": _Mending("cosine"),
        "landa|lamda|lamba": _Mending("lambda"),
        "enth": _Mending("nth"),
        "super script": _Mending("superscript"),
        "sub script": _Mending("subscript"),
        "lord base|load base|blog base|lock base|log bass|lord bass": _Mending("log base"),
        "sign of": _Mending("sine of", "no article", "operand"),
        "sign": _Mending("sine", "no article", "greek"),
        "sign squared": _Mending("sine squared", "no article", "operand"),
        "cosign of": _Mending("cosine of", "", "operand"),
        "parcel|parshall|parsal": _Mending("partial", "", "symbol"),
        "you": _Mending("u", "partial"),
        "square route|square rude": _Mending("square root", "", "of"),
        "cube route": _Mending("cube root", "", "of"),
        "nth route": _Mending("nth root", "", "of"),
        "some from": _Mending("sum from", "", "symbol"),
        "some over": _Mending("sum over", "", "symbol"),
        "parent|parents|parenthes": _Mending("paren", "opening"),
        "pair in|parrot|pairing": _Mending("paren", "opening"),
        "is it most": _Mending("is at most", "", "operand"),
        "is it least": _Mending("is at least", "", "operand"),
        "and fraction": _Mending("end fraction", "", "closing"),
        "and matrix": _Mending("end matrix", "", "closing"),
        "oversea|overseas": _Mending("over c", "operand"),
        "overbee|over bee": _Mending("over b", "operand"),
        "overy": _Mending("over y", "operand"),
        "overt": _Mending("over t", "operand"),
        "forex": _Mending("four x", "", "operator"),
        "pai|pye": _Mending("pi", "pi"),
        "kai": _Mending("chi", "asking"),
        "ada": _Mending("eta", "asking"),
        "case|kate": _Mending("k", "asking", "closing"),
        "an": _Mending("n", "asking", "closing"),
        "new": _Mending("nu", "asking", "closing"),
    }
)


def mend(text: str) -> str:
    """A recogniser's lower-case words with those of mathematics that it misheard mended."""
    return " ".join(word.said for word in mended(split_words(text)))


def mended(words: Sequence[Word]) -> list[Word]:
    """The words as they were said; those that replace others have the characters of all of these."""
    texts = [word.text for word in words]
    kept: list[Word] = []
    at = 0
    while at < len(words):
        before = kept[-1].text if kept else ""
        said, end = _said_at(texts, at, before)
        if end == at:
            kept.append(words[at])
            at += 1
            continue
        kept += [Word(word, word, words[at].start, words[end - 1].end) for word in said]
        at = end
    return kept


def _said_at(texts: Sequence[str], at: int, before: str) -> tuple[list[str], int]:
    """What was said in place of the words at `at`, and the index after these; that of none."""
    for mending, end in MISHEARINGS.matches(texts, at):
        following = texts[end] if end < len(texts) else ""
        if _fits(mending.before, before) and _fits(mending.after, following):
            return mending.said.split(), end
    return [], at


def _fits(kind: str, word: str) -> bool:
    return not kind or _KINDS[kind](word)
