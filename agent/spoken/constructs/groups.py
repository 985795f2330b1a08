"""Brackets: spoken, written, and those of a quantity or a point."""

from agent.spoken.parsing.binding import Binding, Parse, Stop, dearer, joined, wrapped
from agent.spoken.parsing.grammar import Infix, Prefix
from agent.spoken.parsing.nodes import Fenced, Letter, Listed, Node, Number, Product, Scripts, Sum
from agent.spoken.parsing.parser import Parser
from agent.spoken.parsing.prices import USUAL
from agent.spoken.parsing.trees import last_term
from agent.spoken.vocabulary.table import Table

OPENINGS = Table(
    {
        "(|open paren|open parenthesis|open parentheses|left paren|left parenthesis": ("(", ")"),
        "open bracket|open brackets|open round bracket|bracket|parenthesis|paren": ("(", ")"),
        "round bracket|brackets|in brackets|in parentheses": ("(", ")"),
        "open angle bracket|left angle bracket|angle bracket": ("\\langle ", "\\rangle"),
        "[|left bracket|square bracket|open square bracket|left square bracket": ("[", "]"),
        "{|curly bracket|curly brace|open brace|left brace|open curly bracket|open curly brace": (
            "\\{",
            "\\}",
        ),
    }
)
# What a bracket is closed with: empty where the words fit any kind.
CLOSINGS = Table(
    {
        ")|close paren|close parenthesis|close parentheses|closed paren|closed parenthesis": ")",
        "right paren|right parenthesis|end parenthesis|end paren|end parentheses": ")",
        "write parenthesis|close round bracket": ")",
        "]|close square bracket|right square bracket|right bracket": "]",
        "}|close brace|right brace|close curly bracket|close curly brace": "\\}",
        "end brace|end curly bracket": "\\}",
        "close bracket|close brackets|closed bracket|end bracket|end brackets": "",
        "close angle bracket|right angle bracket|angle bracket": "",
    }
)
POINTS = Table({"point|ordered pair|pair|coordinates": ("(", ")")})
QUANTITIES = Table({"quantity|the quantity": True})
ENDINGS = Table(
    {
        "end root|end quantity|close quantity|end of root|end fraction|end absolute value": True,
        "end square root|end cube root|close root|close square root|close fraction": True,
        "end integral|end sum|end product|end limit|end log|end sine|end cosine|end tangent": True,
        "end function|end binomial|end numerator|end denominator|end scripts|end norm": True,
        "end exponent|end subscript|end superscript|end power|end sub|baseline": True,
    }
)


def read_group(parser: Parser, at: int, fence: tuple[str, str]) -> list[Parse]:
    """What stands between spoken or written brackets; the closing one may be missing at the end."""
    found: list[Parse] = []
    with parser.until(Stop.NOTHING):
        inners = parser.parse(at, Binding.LIST)
    for inner in inners:
        closing = CLOSINGS.match(parser.words, past_comma(parser, inner.end))
        node = Fenced(inner.node, *fence)
        if closing:
            node = Fenced(inner.node, fence[0], _right(inner.node, fence, closing[0]))
            found.append(wrapped(inner, node, end=closing[1]))
        elif inner.end >= len(parser.words):
            found.append(dearer(wrapped(inner, node), USUAL, "the bracket was never closed"))
    return found


def read_point(parser: Parser, at: int, fence: tuple[str, str]) -> list[Parse]:
    """The point two comma three."""
    return [
        wrapped(inner, Fenced(inner.node, *fence))
        for inner in parser.parse(at, Binding.LIST)
        if isinstance(inner.node, Listed) and "comma" in parser.words[at : inner.end]
    ]


def _right(inner: Node, fence: tuple[str, str], closed_with: str) -> str:
    """The closing bracket: another kind than the opening one only in a half open interval."""
    is_interval = isinstance(inner, Listed) and len(inner.items) == 2
    return closed_with if is_interval and closed_with in (")", "]") else fence[1]


def read_quantity_words(parser: Parser, at: int, _said: bool) -> list[Parse]:
    """The quantity x plus one squared: brackets, and the power belongs to all of it."""
    found: list[Parse] = []
    with parser.until(Stop.BAR | Stop.TIMES):
        inners = parser.parse(at, Binding.SUM)
    for inner in inners:
        end = ending(parser, inner.end)
        last = last_term(inner.node)
        is_lifted = end == inner.end and isinstance(inner.node, Sum) and has_power(last)
        if is_lifted:
            found.append(wrapped(inner, lifted(inner.node)))
        whole = wrapped(inner, Fenced(inner.node), end=end)
        found.append(dearer(whole, USUAL, "the power is inside") if is_lifted else whole)
    return found


def in_brackets(_parser: Parser, left: Parse, at: int, _said: bool) -> list[Parse]:
    """x plus one in brackets."""
    return [wrapped(left, Fenced(left.node), end=at)]


def bracket_after_pause(
    parser: Parser, left: Parse, at: int, fence: tuple[str, str]
) -> list[Parse]:
    """x squared, open paren x plus one, close paren: a factor, or an argument."""
    is_called = isinstance(left.node, Letter | Scripts) and left.node != Letter("e")
    return [
        joined(left, right, Product("", left.node, right.node), Binding.ARGUMENT)
        for right in read_group(parser, at, fence)
        if not (is_called and isinstance(right.node, Number))
    ]


def ending(parser: Parser, at: int) -> int:
    """The index after a spoken end ("end root") at `at`."""
    found = ENDINGS.match(parser.words, past_comma(parser, at))
    return found[1] if found else at


def past_comma(parser: Parser, at: int) -> int:
    """The index after a comma at `at`."""
    return at + (parser.word(at) == ",")


def has_power(node: Node) -> bool:
    """Whether a product ends with a power."""
    if isinstance(node, Product) and not isinstance(node.left, Number):
        return has_power(node.right)
    return isinstance(node, Scripts) and node.sup is not None and node.sub is None


def lifted(node: Node) -> Node:
    """(x + 1)^2 from x + 1^2."""
    last = last_term(node)
    while isinstance(last, Product):
        last = last.right
    power = last.sup if isinstance(last, Scripts) else None
    return Scripts(Fenced(_without_power(node)), sup=power)


def _without_power(node: Node) -> Node:
    if isinstance(node, Sum | Product):
        return type(node)(node.sign, node.left, _without_power(node.right))
    return node.base if isinstance(node, Scripts) else node


RULES = (
    Prefix(OPENINGS, read_group),
    Prefix(POINTS, read_point, is_doubtful=True),
    Prefix(QUANTITIES, read_quantity_words),
    Infix(Table({"in brackets|in parentheses": True}), Binding.WIDE, in_brackets),
    Infix(OPENINGS, Binding.ARGUMENT, bracket_after_pause, after_pause=True),
)
