"""A formula in English words, as people and screen readers say it."""

from collections.abc import Sequence
from dataclasses import dataclass

from agent.spoken.vocabulary.symbols import GREEK_LETTERS, SIGNS
from evals.notation.tree import Node, members, walk

MAX_NODES = 120
FUNCTIONS = {
    "sin": "sine", "cos": "cosine", "tan": "tangent", "cot": "cotangent", "sec": "secant",
    "csc": "cosecant", "arcsin": "arc sine", "arccos": "arc cosine", "arctan": "arc tangent",
    "sinh": "hyperbolic sine", "cosh": "hyperbolic cosine", "tanh": "hyperbolic tangent",
    "log": "log", "ln": "natural log", "exp": "exp", "det": "determinant", "max": "max",
    "min": "min", "gcd": "gcd",
}  # fmt: skip
SUMS = {"∫": "the integral", "∑": "the sum", "∏": "the product", "⋃": "the union"}
ACCENTS = {"¯": "bar", "ˉ": "bar", "^": "hat", "ˆ": "hat", "~": "tilde", "˜": "tilde", "˙": "dot"}
VECTORS = ("⃗", "→")
OPENING, CLOSING = {"(": "parenthesis", "[": "bracket"}, {")": "parenthesis", "]": "bracket"}
ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
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
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


class UnsayableError(ValueError):
    """The part of a formula for which there are no words here."""


@dataclass(frozen=True, slots=True)
class Style:
    """How parts are said whose end one doesn't hear: `{}` are the parts.

    `fraction` where a part is longer than a word or a product, else `short_fraction`.
    """

    fraction: str
    short_fraction: str
    root: str
    power: str
    equals: str = "equals"
    times: str = "times"


STYLES = (
    Style("{} all over {}", "{} over {}", "the square root of {}", "to the {}"),
    Style(
        "the fraction {} over {} end fraction",
        "{} divided by {}",
        "the square root of {} end root",
        "to the power of {} end power",
        "is equal to",
    ),
    Style(
        "the quantity {} over the quantity {}",
        "the fraction {} over {}",
        "the square root of the quantity {} end quantity",
        "raised to the {} power",
    ),
    Style(
        "start fraction {} over {} end fraction",
        "start fraction {} over {} end fraction",
        "start root {} end root",
        "to the {} end exponent",
        "equals",
        "multiplied by",
    ),
)


def formula_words(tree: Node, style: Style) -> str:
    """The words for a canonical tree; UnsayableError, naming it, for a part without any."""
    if len(walk(tree)) > MAX_NODES:
        raise UnsayableError("so long a formula")
    return " ".join(_Speaker(style).say(tree).split())


def number_words(digits: str) -> str:
    """A number as it is said: `12.5` is twelve point five."""
    whole, point, decimals = digits.partition(".")
    if not whole.isdecimal() or len(whole) > 6 or (point and not decimals.isdecimal()):
        raise UnsayableError(digits)
    said = _whole_words(int(whole))
    return f"{said} point {' '.join(ONES[int(d)] for d in decimals)}" if point else said


def _whole_words(value: int) -> str:
    if value < 20:
        return ONES[value]
    if value < 100:
        return f"{TENS[value // 10 - 2]} {ONES[value % 10] if value % 10 else ''}".strip()
    size, name = (100, "hundred") if value < 1_000 else (1_000, "thousand")
    rest = f" {_whole_words(value % size)}" if value % size else ""
    return f"{_whole_words(value // size)} {name}{rest}"


class _Speaker:
    def __init__(self, style: Style) -> None:
        self._style = style

    def say(self, node: Node) -> str:  # noqa: PLR0911 (one for each kind of node)
        match node:
            case Node("row"):
                return self._row(node.children)
            case Node("id"):
                return _letter(node.text)
            case Node("num"):
                return number_words(node.text)
            case Node("op"):
                return self._sign(node.text)
            case Node("word") if node.text in FUNCTIONS:
                return f"{FUNCTIONS[node.text]} of"
            case Node("frac", _, (above, below)):
                short = _is_short(above) and _is_short(below)
                form = self._style.short_fraction if short else self._style.fraction
                return form.format(self.say(above), self.say(below))
            case Node("sqrt", _, (inner,)):
                return self._style.root.format(self.say(inner))
            case Node("root", _, (inner, index)):
                return f"the {_ordinal(self.say(index))} root of {self.say(inner)}"
            case Node("accent", mark, (base,)) if mark in VECTORS:
                return f"vector {self.say(base)}"
            case Node("accent", mark, (base,)) if mark in ACCENTS:
                return f"{self.say(base)} {ACCENTS[mark]}"
            case Node("scripts"):
                return self._scripts(node)
        raise UnsayableError(node.text or node.kind)

    def _row(self, nodes: Sequence[Node]) -> str:
        said: list[str] = []
        bars = 0
        for at, node in enumerate(nodes):
            before = nodes[at - 1] if at else None
            if _is_matrix(nodes, at):
                said.append(self._matrix(node))
            elif _is_bracket_of_matrix(nodes, at):
                continue
            elif node == Node("op", "|"):
                bars += 1
                said.append("the absolute value of" if bars % 2 else "end absolute value")
            elif node == Node("op", "(") and before and _is_called(before):
                said.append("of open parenthesis" if not _one_inside(nodes, at) else "of")
            elif (
                node == Node("op", ")")
                and at > 2
                and _one_inside(nodes, at - 2)
                and _is_called(nodes[at - 3])
            ):
                continue
            else:
                said.append(self.say(node))
        return " ".join(said)

    def _sign(self, sign: str) -> str:
        if sign in OPENING:
            return f"open {OPENING[sign]}"
        if sign in CLOSING:
            return f"close {CLOSING[sign]}"
        words = {"=": self._style.equals, "×": self._style.times, ",": "comma"}.get(sign)
        words = words or SIGNS.get(sign)
        if words is None:
            raise UnsayableError(sign)
        return words

    def _scripts(self, node: Node) -> str:
        base, below, above = node.children
        if base.kind == "op" and base.text in SUMS:
            limits = (
                f"from {self.say(below)} to {self.say(above)}"
                if below.children or below.text
                else ""
            )
            return f"{SUMS[base.text]} {limits} of"
        if base == Node("word", "lim"):
            return f"the limit as {self.say(below)} of"
        if base.kind == "word":
            return self._function(FUNCTIONS.get(base.text), below, above)
        said = self.say(base)
        if _is_there(below):
            said += f" sub {self.say(below)}" + ("" if _is_short(below) else " end sub")
        said += " prime" * int(node.text or 0)
        return f"{said} {self._power(above)}" if _is_there(above) else said

    def _function(self, name: str | None, below: Node, above: Node) -> str:
        if name is None:
            raise UnsayableError("that function")
        base = f" base {self.say(below)}" if _is_there(below) else ""
        power = f" {self._power(above)}" if _is_there(above) else ""
        return f"{name}{base}{power} of"

    def _power(self, exponent: Node) -> str:
        if exponent == Node("num", "2"):
            return "squared"
        if exponent == Node("num", "3"):
            return "cubed"
        form = "to the {}" if _is_short(exponent) else self._style.power
        return form.format(self.say(exponent))

    def _matrix(self, table: Node) -> str:
        cells = [self.say(cell) for row in table.children for cell in row.children]
        n_rows, n_columns = len(table.children), len(table.children[0].children)
        size = f"{number_words(str(n_rows))} by {number_words(str(n_columns))}"
        return f"the {size} matrix {' '.join(cells)}"


def _letter(text: str) -> str:
    if text in GREEK_LETTERS:
        return GREEK_LETTERS[text]
    if len(text) == 1 and text.isascii() and text.isalpha():
        return text if text.islower() else f"capital {text.lower()}"
    return SIGNS[text] if text in SIGNS else _unsayable(text)


def _unsayable(text: str) -> str:
    raise UnsayableError(text)


def _ordinal(words: str) -> str:
    special = {"three": "cube", "four": "fourth", "five": "fifth", "six": "sixth"}
    return special.get(words, f"{words}-th")


def _is_there(node: Node) -> bool:
    return node != Node("row")


def _is_short(node: Node) -> bool:
    """A letter or number, or a product of two: one hears where it ends."""
    parts = members(node)
    return len(parts) <= 2 and all(part.kind in ("id", "num") for part in parts)


def _is_called(node: Node) -> bool:
    base = node.children[0] if node.kind == "scripts" else node
    return base.kind == "id" and base.text in ("f", "g", "h", "P")


def _one_inside(nodes: Sequence[Node], at: int) -> bool:
    """Whether the bracket at `at` holds one letter or number."""
    inside = nodes[at + 1 : at + 3]
    return len(inside) == 2 and inside[0].kind in ("id", "num") and inside[1] == Node("op", ")")


def _is_matrix(nodes: Sequence[Node], at: int) -> bool:
    return nodes[at].kind == "table" and 0 < at < len(nodes) - 1 and nodes[at - 1].text in OPENING


def _is_bracket_of_matrix(nodes: Sequence[Node], at: int) -> bool:
    is_open = nodes[at].text in OPENING and at + 1 < len(nodes) and nodes[at + 1].kind == "table"
    return is_open or (nodes[at].text in CLOSING and at > 0 and nodes[at - 1].kind == "table")
