"""What in a transcript stands for a quantity, and what holds one together."""

from collections.abc import Sequence

from evals.scoring.normalise.letters import split_letters
from evals.scoring.normalise.numbers import CARDINALS
from evals.scoring.normalise.symbols import ABBREVIATIONS, GREEK_WORDS, OPERATION_WORDS
from evals.scoring.normalise.tokens import Token

CLOSERS = {"(": ")", "{": "}", "[": "]", "|": "|"}
_TERM_SYMBOLS = frozenset("^_{}(),!'°%∞√/⁄*×·⋅÷") | {"**"}
TERM_BREAKERS = OPERATION_WORDS - {"times", "over"} | {"|"}


def closing_places(tokens: Sequence[Token]) -> dict[int, int]:
    """Where each bracket closes, by the place where it opens; unmatched ones are missing."""
    places: dict[int, int] = {}
    waiting: dict[str, list[int]] = {closing: [] for closing in CLOSERS.values()}
    for place, token in enumerate(tokens):
        if waiting.get(token.text):
            places[waiting[token.text].pop()] = place
        elif token.text in CLOSERS:
            waiting[CLOSERS[token.text]].append(place)
    return places


def is_term(tokens: Sequence[Token]) -> bool:
    """Whether this is one term, a product or quotient, perhaps with a sign before it."""
    unsigned = tokens[1:] if tokens and tokens[0].text in ("-", "−") else tokens
    return bool(unsigned) and all(
        (token.kind in ("number", "word", "ordinal") and token.text not in TERM_BREAKERS)
        or token.text in _TERM_SYMBOLS
        or token.text[1:] in GREEK_WORDS
        for token in unsigned
    )


def is_operand(token: Token) -> bool:
    """Whether an exclamation mark after this is a factorial."""
    return token.kind == "number" or token.text in (")", "]") or is_short(token)


def can_be_primed(token: Token) -> bool:
    """Whether an apostrophe after this is a prime."""
    return token.text in (")", "'", "}") or is_short(token)


def is_short(token: Token) -> bool:
    """A letter, a Greek letter, or letters run together: what stands for a quantity."""
    if token.kind == "number":
        return True
    return token.kind == "word" and (
        len(token.text) == 1 or token.text in GREEK_WORDS or len(split_letters(token.text)) > 1
    )


def is_mathematical(token: Token) -> bool:
    """Whether a dash before this is a minus."""
    if token.kind != "word":
        return True
    return is_short(token) or token.text in ABBREVIATIONS or token.text in CARDINALS
