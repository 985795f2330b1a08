"""Numbers as people say them."""

from collections.abc import Sequence
from dataclasses import dataclass

DIGITS = {
    word: value
    for value, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    )
}
TEENS = {
    word: value
    for value, word in enumerate(
        [
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        10,
    )
}
TENS = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2
    )
}
SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "twelfth": 12,
    "hundredth": 100,
}
PARTS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4} | {
    name + ending: value for name, value in ORDINALS.items() for ending in ("", "s") if value > 2
}


@dataclass(frozen=True, slots=True)
class SpokenNumber:
    """Digits as written, and how many words they took."""

    text: str
    n_words: int


def read_number(words: Sequence[str]) -> SpokenNumber | None:
    """The number that `words` begin with; None when they begin with none."""
    whole = _read_whole(words)
    n_words = whole.n_words if whole else 0
    digits = ""
    if words[n_words : n_words + 1] == ["point"]:
        for word in words[n_words + 1 :]:
            if word not in DIGITS and not word.isdigit():
                break
            digits += str(DIGITS.get(word, word))
            n_words += 1
    if not digits:
        return whole
    return SpokenNumber(f"{whole.text if whole else '0'}.{digits}", n_words + 1)


def _read_whole(words: Sequence[str]) -> SpokenNumber | None:
    if words and words[0][0].isdigit():
        return SpokenNumber(words[0], 1)
    total = group = 0
    at = 0
    last = 10**12  # each part must be smaller than the one before it
    while at < len(words):
        word = words[at]
        if word == "and" and group % 100 == 0 and group and _is_small(words[at + 1 : at + 2]):
            at += 1
            continue
        if word == "hundred" and 0 < group < 10:
            group, last = group * 100, 100
        elif word in SCALES and group and SCALES[word] < 10**12:
            total, group, last = total + group * SCALES[word], 0, 1_000
        elif (value := _small(word)) is not None and _fits(value, group, last, at):
            group, last = group + value, (10 if word in TENS else 1)
        else:
            break
        at += 1
    return SpokenNumber(str(total + group), at) if at else None


def _fits(value: int, group: int, last: int, at: int) -> bool:
    return at == 0 or (group % 100 == 0 and last >= 100) or (last == 10 and 0 < value < 10)


def _small(word: str) -> int | None:
    for table in (DIGITS, TEENS, TENS):
        if word in table:
            return table[word]
    return None


def _is_small(words: Sequence[str]) -> bool:
    return bool(words) and _small(words[0]) is not None
