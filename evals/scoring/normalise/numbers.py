"""Numbers as they are said."""

# fmt: off
_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
# fmt: on
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"))
_IRREGULAR = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_LONGEST_SPOKEN = 15  # digits; more are read one by one

CARDINALS = frozenset((*_ONES, *_TENS[2:], "hundred", *(name for _, name in _SCALES)))


def say_number(digits: str) -> list[str]:
    """`25` as "twenty five", `1,000` as "one thousand", `3.14` as "three point one four".

    Numbers that begin with a zero or are too long to name are read digit by digit.
    """
    whole, point, decimals = digits.replace(",", "").partition(".")
    words = _say_whole(whole)
    return words + (["point", *(_ONES[int(digit)] for digit in decimals)] if point else [])


def say_ordinal(digits: str) -> list[str]:
    """`2nd` as "second", `25th` as "twenty fifth"."""
    *tens, last = _say_whole(digits)
    return [*tens, ordinal(last)]


def ordinal(cardinal: str) -> str:
    """The last word of a number as an ordinal: "four" as "fourth", "twenty" as "twentieth"."""
    if cardinal in _IRREGULAR:
        return _IRREGULAR[cardinal]
    return cardinal[:-1] + "ieth" if cardinal.endswith("y") else cardinal + "th"


ORDINALS = {ordinal(word): word for word in (*_ONES[1:], *_TENS[2:])}


def _say_whole(digits: str) -> list[str]:
    if not digits:
        return []
    if len(digits) > _LONGEST_SPOKEN or (digits[0] == "0" and len(digits) > 1):
        return [_ONES[int(digit)] for digit in digits]
    return _name(int(digits))


def _name(number: int) -> list[str]:
    for size, scale in _SCALES:
        if number >= size:
            rest = _name(number % size) if number % size else []
            return [*_name(number // size), scale, *rest]
    if number >= 100:
        rest = _name(number % 100) if number % 100 else []
        return [_ONES[number // 100], "hundred", *rest]
    if number >= 20:
        return [_TENS[number // 10], *([_ONES[number % 10]] if number % 10 else [])]
    return [_ONES[number]]
