"""Numbers as people say and recognisers write them."""

from collections.abc import Sequence
from typing import NamedTuple

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
SMALL = {word: value for value, word in enumerate(_UNITS.split())}
SMALL |= {"nought": 0, "naught": 0}
TENS = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2
    )
}
SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
LARGE = SCALES | {"hundred": 100}
_ORDINALS = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
ORDINALS = {word: value for value, word in enumerate(_ORDINALS.split())} | {
    "forth": 4,
    "twentieth": 20,
    "hundredth": 100,
    "thousandth": 1000,
}
PARTS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4} | {
    name + ending: value for name, value in ORDINALS.items() for ending in ("", "s") if value > 2
}
LETTER_ORDINALS = {f"{letter}th": letter for letter in "nkmijprst"}


class SpokenNumber(NamedTuple):
    """Digits as written, and the index after the last word."""

    text: str
    end: int


def read_ordinal(words: Sequence[str], at: int) -> SpokenNumber | None:
    """The index of the fourth, the nth, the 4th, the x th; "n" for nth."""
    word = words[at] if at < len(words) else ""
    if len(word) == 1 and words[at + 1 : at + 2] == ["th"]:
        return SpokenNumber(word, at + 2)
    if word in ORDINALS:
        return SpokenNumber(str(ORDINALS[word]), at + 1)
    is_written = word[:1].isdigit() and word[-2:] in ("st", "nd", "rd", "th")
    is_letter = len(word) == 3 and word.endswith("th")
    return SpokenNumber(word[:-2], at + 1) if is_written or is_letter else None


def read_number(words: Sequence[str], at: int) -> SpokenNumber | None:
    """The number that begins at `at`; None when none does."""
    whole = read_whole(words, at)
    end = whole.end if whole else at
    if end >= len(words) or words[end] != "point":
        return whole
    digits, end = _decimals(words, end + 1)
    if not digits:
        return whole
    text = f"{whole.text if whole else '0'}.{digits}"
    scale = SCALES.get(words[end]) if end < len(words) else None
    if scale is None:
        return SpokenNumber(text, end)
    return SpokenNumber(_scaled(text, scale), end + 1)


def _scaled(text: str, scale: int) -> str:
    """2.5 million as 2500000; 1.2345 thousand as 1234.5."""
    whole, _, decimals = text.partition(".")
    n_zeros = len(str(scale)) - 1
    digits = whole + decimals[:n_zeros].ljust(n_zeros, "0")
    left = decimals[n_zeros:]
    return (digits.lstrip("0") or "0") + (f".{left}" if left else "")


def is_number_word(word: str) -> bool:
    """Whether a number may begin with this word."""
    return word in SMALL or word in TENS or (word[:1].isdigit() and "/" not in word)


def _decimals(words: Sequence[str], at: int) -> tuple[str, int]:
    digits = ""
    while at < len(words):
        word = words[at]
        if word in ("oh", "o") and (digits or words[at + 1 : at + 2]):
            digits += "0"
        elif SMALL.get(word, 10) < 10 or word.isdigit():
            digits += str(SMALL.get(word, word))
        elif word in SMALL or word in TENS:
            number = read_whole(words, at)
            if number is None:
                break
            digits, at = digits + number.text, number.end - 1
        else:
            break
        at += 1
    return digits, at


def read_whole(words: Sequence[str], at: int) -> SpokenNumber | None:
    """The whole number that begins at `at`; None when none does."""
    if at < len(words) and words[at][0].isdigit():
        return _read_written(words, at)
    begin, total, group, last = at, 0, 0, 10**12
    while at < len(words):
        word = words[at]
        if word == "and" and (group or total) and group % 100 == 0 and _is_small(words, at + 1):
            at += 1
            continue
        if word == "hundred" and 0 < group < 100:
            group, last = group * 100, 100
        elif word in SCALES and group:
            total, group, last = total + group * SCALES[word], 0, 1_000
        elif (value := SMALL.get(word, TENS.get(word))) is not None and _fits(
            value, group, last, at == begin
        ):
            group, last = group + value, (10 if word in TENS else 1)
        else:
            break
        at += 1
    return SpokenNumber(str(total + group), at) if at > begin else None


def _read_written(words: Sequence[str], at: int) -> SpokenNumber | None:
    text = words[at]
    if not text.replace(".", "", 1).isdigit():
        return None
    if at + 1 < len(words) and words[at + 1] in SCALES and text.isdigit():
        return SpokenNumber(str(int(text) * SCALES[words[at + 1]]), at + 2)
    return SpokenNumber(text, at + 1)


def _fits(value: int, group: int, last: int, is_first: bool) -> bool:
    """Whether a word of this value continues a number: twenty five, two hundred five."""
    if is_first:
        return True
    return (last >= 100 and group % 100 == 0 and value > 0) or (last == 10 and 0 < value < 10)


def _is_small(words: Sequence[str], at: int) -> bool:
    return at < len(words) and (words[at] in SMALL or words[at] in TENS)
