"""A text as the words that the parser reads, with where each stands."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from agent.spoken.vocabulary.symbols import (
    FRACTIONS,
    GREEK_LETTERS,
    SIGNS,
    SPELLED,
    SUBSCRIPTS,
    SUPERSCRIPTS,
)

MAX_CHARACTERS = 4_000
_SUPERSCRIPT = "".join(SUPERSCRIPTS)
_SUBSCRIPT = "".join(SUBSCRIPTS)
_TOKEN = re.compile(
    rf"""
    (?P<abbreviation>(?:[A-Za-z]\.){{2,}})
  | (?P<ordinal>\d+(?:st|nd|rd|th)\b | \b[A-Za-z]-?th\b)
  | (?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?(?!\d) | \d+(?:\.\d+)? | (?<!\d)\.\d+)
  | (?P<times>(?<=\d)[xX](?=10\b))
  | (?P<letters>(?:(?<=\d)|(?<=[-+=*/(^±−×]\ )|(?<=[-+=*/(^±−×]))[A-Za-z]{{2,4}}(?=\s*(?:[-+=*/)^²³±−×≤≥<>]|$)))
  | (?P<word>[A-Za-z]+(?:['’][A-Za-z]+)?)
  | (?P<prime>(?<=[A-Za-z)])['’]{{1,3}})
  | (?P<hyphen>(?<=[A-Za-z]{{2}})-(?=[A-Za-z]) | (?<=[A-Za-z])-(?=[A-Za-z]{{2}}))
  | (?P<factorial>(?<=\))! | (?<=[\w)])!(?=\s*[-+*/=<>)]|\s+(?:is|equals|plus|minus|times|over|divided)\b))
  | (?P<superscript>[{_SUPERSCRIPT}]+)
  | (?P<subscript>[{_SUBSCRIPT}]+)
  | (?P<sign>!=|<=|>=|->|\*\*|\.\.\.|[^\s!])
  | (?P<stop>!)
    """,
    re.VERBOSE,
)
# Runs of letters beside a sign that are no product: functions, differentials, short words.
_NAMES = frozenset(
    """
    sin cos tan sec csc cot sinh cosh tanh coth log ln lg exp max min gcd lcm sup inf det dim ker deg
    arg erf mod lim sqrt dx dy dt du dv dr ds dz pi nu mu xi chi phi psi rho tau eta beta zeta iota
    and or if is so for all of to in we get two one four five six nine ten not the then with
    """.split()  # noqa: SIM905 (a list of words is read as words)
)
_PAUSES = frozenset((";", ":"))
_PRIMES = {1: "prime", 2: "double prime", 3: "triple prime"}


class Word(NamedTuple):
    """One lower-case word of the text between `start` and `end`; `said` keeps its case."""

    text: str
    said: str
    start: int
    end: int


def split_words(text: str) -> list[Word]:
    """The words of the first MAX_CHARACTERS of `text`, symbols spelled out."""
    words: list[Word] = []
    for match in _TOKEN.finditer(text[:MAX_CHARACTERS]):
        kind = str(match.lastgroup)
        for said in _spelled(kind, match[0]):
            text = "," if said in _PAUSES else SPELLED.get(said.lower(), said.lower())
            shown = SPELLED.get(said.lower(), said)
            words.append(Word(text, shown, match.start(), match.end()))
    return words


def _spelled(kind: str, token: str) -> Iterator[str]:
    if kind == "word":
        # "b's" is b and a plural; "let's" and "o'clock" are words of prose.
        yield token[0] if token[1:] in ("'s", "’s") else token
    elif kind == "ordinal":
        yield token.replace("-", "")
    elif kind == "number":
        yield _number(token)
    elif kind == "prime":
        yield from _PRIMES[len(token)].split()
    elif kind in ("superscript", "subscript"):
        yield from _script(kind, token)
    elif kind in ("factorial", "times"):
        yield kind
    elif kind == "letters":
        yield from (token,) if token.lower() in _NAMES else token
    elif kind == "sign":
        yield from _sign(token)
    elif kind != "hyphen":
        yield token


def _number(token: str) -> str:
    digits = token.replace(",", "")
    return f"0{digits}" if digits.startswith(".") else digits


def _script(kind: str, token: str) -> Iterator[str]:
    table = SUPERSCRIPTS if kind == "superscript" else SUBSCRIPTS
    plain = "".join(table[character] for character in token)
    yield "caret" if kind == "superscript" else "sub"
    inside = [
        said for sign in _TOKEN.finditer(plain) for said in SIGNS.get(sign[0], sign[0]).split()
    ]
    yield from inside if len(inside) == 1 else ("(", *inside, ")")


def _sign(token: str) -> Iterator[str]:
    if token in FRACTIONS:
        yield "{}/{}".format(*FRACTIONS[token])
    else:
        yield from SIGNS.get(token, GREEK_LETTERS.get(token, token)).split()
