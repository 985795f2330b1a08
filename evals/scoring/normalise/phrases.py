"""Ways of saying that are written alike become one way of saying."""

from collections.abc import Sequence

from evals.scoring.normalise.numbers import CARDINALS, ORDINALS
from evals.scoring.normalise.symbols import FILLERS, FUNCTION_WORDS, GREEK_WORDS, OPERATION_WORDS

_OPEN_WORDS = ("open", "left", "opening")
_CLOSE_WORDS = ("close", "closed", "right", "closing", "end")
_ROUND = ("paren", "parens", "parenthesis", "parentheses", "bracket", "brackets")
_COMPARISONS = {
    "equal to": "equals",
    "not equal to": "not equals",
    "not equals": "not equals",
    "approximately equal to": "approximately equals",
    "approximately equals": "approximately equals",
    "less than": "less than",
    "greater than": "greater than",
    "less than or equal to": "less than or equal to",
    "greater than or equal to": "greater than or equal to",
    "less than or equals": "less than or equal to",
    "greater than or equals": "greater than or equal to",
}
_PHRASES = {
    "does not equal": "not equals",
    "do not equal": "not equals",
    "plus or minus": "plus minus",
    "minus or plus": "minus plus",
    "multiplied by": "times",
    "divided by": "over",
    "to the power of": "to the",
    "raised to the": "to the",
    "raised to the power": "to the",
    "raised to the power of": "to the",
    "subscript": "sub",
    "to the power": "to the",
    "square root of": "square root",
    "cube root of": "cube root",
    "natural logarithm": "natural log",
    "l n": "natural log",
    "tangent of": "tan",
    "tends to": "approaches",
    "goes to": "approaches",
    "per cent": "percent",
    "prime prime": "double prime",
    "double prime prime": "triple prime",
    "prime prime prime": "triple prime",
    "to the second power": "squared",
    "to the second": "squared",
    "to the third power": "cubed",
    "to the third": "cubed",
} | {
    f"{article}{said}": written
    for said, written in _COMPARISONS.items()
    for article in ("", "is ", "are ")
}
_BRACKETS = (
    {f"{verb} {shape}": "(" for verb in _OPEN_WORDS for shape in _ROUND}
    | {f"{verb} {shape}": ")" for verb in _CLOSE_WORDS for shape in _ROUND}
    | {f"{verb} square bracket": "[" for verb in _OPEN_WORDS}
    | {f"{verb} square bracket": "]" for verb in _CLOSE_WORDS}
    | {f"{verb} {shape}": "{" for verb in _OPEN_WORDS for shape in ("brace", "curly bracket")}
    | {f"{verb} {shape}": "}" for verb in _CLOSE_WORDS for shape in ("brace", "curly bracket")}
    | {f"{verb} round bracket": "(" for verb in _OPEN_WORDS}
    | {f"{verb} round bracket": ")" for verb in _CLOSE_WORDS}
)
_ONE_OF = {f"a {unit}": f"one {unit}" for unit in ("half", "third", "quarter", "hundred")} | {
    f"a {unit}": f"one {unit}" for unit in ("thousand", "million", "billion")
}
_TABLE = {
    tuple(said.split()): written.split()
    for said, written in (_PHRASES | _BRACKETS | _ONE_OF).items()
}
_LONGEST = max(map(len, _TABLE))
_FIRST_WORDS = frozenset(said[0] for said in _TABLE)

_HEADS = frozenset(("square", "cube", "integral", "sum", "product", "limit", "absolute", "natural"))
_DENOMINATORS = {name: value for name, value in ORDINALS.items() if name != "first"} | {
    "half": "two",
    "quarter": "four",
    "second": "",
}


def unify_phrases(words: Sequence[str]) -> list[str]:
    """The same words with one way of saying for each written form, hesitations left out."""
    said = _replace_phrases([word for word in words if word not in FILLERS])
    for step in (_without_articles, _parts, _powers, _signs, _hundreds, _without_of, _derivatives):
        said = step(said)
    return said


def _replace_phrases(words: Sequence[str]) -> list[str]:
    said: list[str] = []
    place = 0
    while place < len(words):
        length = _phrase_at(words, place)
        said += _TABLE[tuple(words[place : place + length])] if length else [words[place]]
        place += length or 1
    return said


def _phrase_at(words: Sequence[str], place: int) -> int:
    """Words in the longest known phrase that begins here; 0 for none."""
    if words[place] not in _FIRST_WORDS:
        return 0
    lengths = range(min(_LONGEST, len(words) - place), 0, -1)
    return next((n for n in lengths if tuple(words[place : place + n]) in _TABLE), 0)


def _without_articles(words: list[str]) -> list[str]:
    """`√x` can't carry the "the" of "the square root"."""
    following = [*words[1:], ""]
    return [
        word
        for word, after in zip(words, following, strict=False)
        if not (word == "the" and after in _HEADS)
    ]


def _parts(words: list[str]) -> list[str]:
    """Two thirds, like `2/3`, as "two over three"."""
    said: list[str] = []
    for word in words:
        singular = "half" if word == "halves" else word.removesuffix("s")
        below = _DENOMINATORS.get(singular, "")
        above = said[-1] if said else ""
        is_part = above == "one" if word == singular else above in CARDINALS and above != "one"
        if below and is_part and said[-2:-1] != ["over"]:
            said += ["over", below]
        else:
            said.append(word)
    return said


def _powers(words: list[str]) -> list[str]:
    """`x^4` as "x to the four", whichever way it was said; "squared" and "cubed" where it ends."""
    said: list[str] = []
    for index, word in enumerate(words):
        after = words[index + 1] if index + 1 < len(words) else ""
        if said[-2:] != ["to", "the"]:
            if not (word == "power" and said[-3:-1] == ["to", "the"]):
                said.append(word)
            continue
        power = ORDINALS.get(word, "n" if word == "nth" else word)
        ends = not after or after in OPERATION_WORDS or after in (")", "]")
        if ends and power in ("two", "three"):
            said[-2:] = ["squared" if power == "two" else "cubed"]
        else:
            said.append(power)
    return said


def _signs(words: list[str]) -> list[str]:
    """A minus before a quantity can't tell "negative" from "minus"."""
    following = [*words[1:], ""]
    return [
        "minus" if word == "negative" and _is_quantity(after) else word
        for word, after in zip(words, following, strict=False)
    ]


def _is_quantity(word: str) -> bool:
    names = CARDINALS | GREEK_WORDS | FUNCTION_WORDS | {"square", "infinity", "(", "point"}
    return word in names or len(word) == 1


def _hundreds(words: list[str]) -> list[str]:
    """One hundred and five as `105` is read."""
    padded = ["", *words, ""]
    return [
        word
        for before, word, after in zip(padded, words, padded[2:], strict=False)
        if not (word == "and" and before in ("hundred", "thousand") and after in CARDINALS)
    ]


def _without_of(words: list[str]) -> list[str]:
    """`sin(x)` can't tell "sine of x" from "sine x"."""
    said: list[str] = []
    for word in words:
        name = said[-2:-1] if said[-1:] in (["squared"], ["cubed"]) else said[-1:]
        applies = bool(FUNCTION_WORDS.intersection(name))
        base_given = len(said) > 2 and said[-3:-1] == ["log", "base"]
        if not (word == "of" and (applies or base_given)):
            said.append(word)
    return said


def _derivatives(words: list[str]) -> list[str]:
    """`dy/dx` is said with "by", with "over" and with neither."""
    said: list[str] = []
    for index, word in enumerate(words):
        mark = words[index + 1] if index + 2 < len(words) else ""
        is_line = word in ("over", "by") and mark in ("d", "partial")
        if not (is_line and mark in said[-3:] and len(words[index + 2]) == 1):
            said.append(word)
    return said
