"""Sums, products and limits."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from agent.spoken.binding import Binding, Parse, Stop, dearer, joined, wrapped
from agent.spoken.listed_calls import read_items
from agent.spoken.nodes import (
    Applied,
    Fraction,
    Letter,
    Listed,
    Node,
    Number,
    Product,
    Relation,
    Scripts,
    Sum,
    Symbol,
)
from agent.spoken.quotients import whole_quotients
from agent.spoken.table import Table
from agent.spoken.trees import first_factor, unfenced

if TYPE_CHECKING:
    from agent.spoken.parser import Parser

_ARROWS = Table({"approaches|goes to|tends to|nears|to|equals|is approaching|approach|go to": True})
_RUNS = Table({"goes from|runs from|ranges from|from|going from|running from|varies from": True})
_LOWER = Table({"underscript|under script|with lower limit|with lower bound": True})
_UPPER = Table({"overscript|over script|upper limit|upper bound|with upper limit": True})
_SIDES = Table(
    {
        "right|above|right side|right hand side|positive side|values greater than": "+",
        "left|below|left side|left hand side|negative side|values less than": "-",
        "values larger than|values bigger than": "+",
        "values smaller than": "-",
    }
)


def read_big_operator(parser: "Parser", at: int, name: str) -> list[Parse]:
    """The sum from k equals one to n of what follows, or of what was said before its range."""
    found: list[Parse] = []
    at -= parser.word(at - 1) in ("from", "of")  # of "sigma from", "some of"
    for head in _ranges(parser, at, name):
        body_at = _past(parser, head.end, (",",), ("of",), (",",))
        found += _with_body(parser, head, body_at, Binding.SUM)
    if found:
        return found
    if parser.word(at) != "of":
        return [dearer(head, 0.8, "nothing is added") for head in _ranges(parser, at, name)]
    for head in _ranges(parser, at + 1, name):  # the sum of i equals one to n of i
        found += _with_body(parser, head, _past(parser, head.end, (",",), ("of",)), Binding.SUM)
    if found:
        return found
    at += parser.word(at + 1) == "all"
    for body in parser.parse(at + 1, Binding.PRODUCT, parser.stops):
        for head in _ranges(parser, _past(parser, body.end, (",",)), name):
            node = Applied(_with_variable(head.node, body.node), body.node)
            found.append(joined(body, head, node, Binding.PRODUCT))
    bare = parser.parse(at + 1, Binding.PRODUCT)
    return found or [
        dearer(wrapped(b, Applied(Symbol(name), b.node)), 0.5, "a sum without a range")
        for b in bare
    ]


def read_pair(parser: "Parser", at: int, sign: str) -> list[Parse]:
    """The sum of x and y."""
    found: list[Parse] = []
    for first in parser.parse(at, Binding.ARGUMENT)[:1]:
        if parser.word(first.end) not in ("and", "to"):
            continue
        for second in parser.parse(first.end + 1, Binding.ARGUMENT)[:1]:
            found.append(joined(first, second, _pair(sign, first.node, second.node), Binding.SUM))
    return found


def read_limit(parser: "Parser", at: int, name: str) -> list[Parse]:
    """The limit as x approaches zero of f, or of f as x approaches zero."""
    side, at = _side(parser, at)
    found: list[Parse] = []
    for head in _targets(parser, at, name, side):
        body_at = _past(parser, head.end, (",",), ("of",), (",",))
        found += _with_body(parser, head, body_at, Binding.WIDE)
    if not found and parser.word(at) != "of":
        heads = _targets(parser, at, name, side)
        return [dearer(head, 0.8, "nothing has this limit") for head in heads]
    if found:
        return found
    if name != "\\lim":  # the limit superior of a sub n
        bare = parser.parse(at + 1, Binding.PRODUCT)
        found += [dearer(wrapped(b, Applied(Symbol(name), b.node)), 0.5, "no range") for b in bare]
    for body in parser.parse(at + 1, Binding.WIDE):
        for head in _targets(parser, _past(parser, body.end, (",",)), name, side):
            found.append(joined(body, head, Applied(head.node, body.node), Binding.PRODUCT))
    return found


def read_bounds(parser: "Parser", at: int, operator: Node, lower: Binding) -> list[Parse]:
    """From a to b, or over a set, as scripts of `operator`."""
    word = parser.word(at)
    if word in ("over", "on"):
        return [
            joined(Parse(at, operator), low, Scripts(operator, sub=low.node), Binding.OPERAND)
            for low in _ranged_over(parser, _past(parser, at + 1, ("all",)))
        ]
    if word == "sub":
        return _written_bounds(parser, at + 1, operator)
    if word not in ("from", "between", "as", "for", "where", "when"):
        return []
    found: list[Parse] = []
    for low in parser.parse(at + 1, lower, Stop.OF | parser.stops):
        found += _with_upper(parser, low, operator)
    return found or _running_bounds(parser, at + 1, operator)


def _ranged_over(parser: "Parser", at: int) -> list[Parse]:
    """What a sum runs over: i; z in A; i, j and k up to "of"."""
    found: list[Parse] = []
    for low in parser.parse(at, Binding.LIST, Stop.OF | Stop.PAUSE)[:2]:
        items, end = [low.node], low.end
        while parser.word(end) in (",", "and") and parser.word(end + 2) in ("of", ",", "and"):
            more = parser.parse(end + 1, Binding.TIGHT, Stop.OF)[:1]
            if not more or more[0].end != end + 2:
                break
            items, end = [*items, more[0].node], more[0].end
        node = Listed(tuple(items)) if len(items) > 1 else low.node
        found.append(low._replace(node=node, end=end))
    return found


def _running_bounds(parser: "Parser", at: int, operator: Node) -> list[Parse]:
    """As n goes from one to infinity."""
    found: list[Parse] = []
    for variable in parser.operands(at)[:1]:
        runs = _RUNS.match(parser.words, variable.end)
        for low in parser.parse(runs[1], Binding.SUM, Stop.OF) if runs else ():
            start = Relation("=", variable.node, low.node)
            found += _with_upper(parser, joined(variable, low, start, Binding.OPERAND), operator)
    return found


def _written_bounds(parser: "Parser", at: int, operator: Node) -> list[Parse]:
    """Bounds as small digits, or after an underscore and a caret."""
    found: list[Parse] = []
    for low in parser.parse(at, Binding.OPERAND)[:1]:
        if parser.word(low.end) not in ("caret", "superscript"):
            return [wrapped(low, Scripts(operator, sub=unfenced(low.node)))]
        for high in parser.parse(low.end + 1, Binding.OPERAND)[:1]:
            node = Scripts(operator, unfenced(low.node), unfenced(high.node))
            found.append(joined(low, high, node, Binding.OPERAND))
    return found


def _read_scripted(parser: "Parser", at: int, operator: Node) -> list[Parse]:
    """Underscript i equals one overscript n endscripts; with lower limit zero and upper limit one."""
    lower = _LOWER.match(parser.words, at)
    found: list[Parse] = []
    for low in parser.parse(lower[1], Binding.RELATION) if lower else ():
        upper = _UPPER.match(parser.words, _past(parser, low.end, (",",), ("and",)))
        for high in parser.parse(upper[1], Binding.SUM) if upper else ():
            node = Scripts(operator, low.node, high.node)
            end = _past(parser, high.end, ("endscripts",), ("end", "scripts"))
            found.append(joined(low, high, node, Binding.OPERAND)._replace(end=end))
    return found


def _with_upper(parser: "Parser", low: Parse, operator: Node) -> list[Parse]:
    at = _past(parser, low.end, (",",))
    if parser.word(at) not in ("to", "and", "through"):
        return []
    at += 1
    at += 2 if tuple(parser.words[at : at + 2]) == ("up", "to") else 0
    found: list[Parse] = []
    for binding in (Binding.SUM, Binding.TIGHT):
        for high in parser.parse(at, binding, Stop.OF | Stop.DIFFERENTIAL):
            is_closed = parser.word(high.end) in ("of", "", ",")
            node = Scripts(operator, low.node, high.node)
            is_called = isinstance(high.node, Product) and parser.word(high.end) == "of"
            cost = 0.0 if (is_closed and not is_called) or binding is Binding.TIGHT else 1.0
            parse = joined(low, high, node, Binding.OPERAND)
            found.append(dearer(parse, cost, "a longer bound") if cost else parse)
    return found


def _ranges(parser: "Parser", at: int, name: str) -> list[Parse]:
    operator = Symbol(name)
    ranged = read_bounds(parser, at, operator, Binding.RELATION) or _read_scripted(
        parser, at, operator
    )
    if ranged or parser.word(at) in ("of", "over", "from"):
        return ranged
    found: list[Parse] = []
    for low in parser.parse(at, Binding.RELATION, Stop.OF):
        if isinstance(low.node, Relation):
            found += _with_upper(parser, low, operator)
    return found


def _with_body(parser: "Parser", head: Parse, at: int, widest: Binding) -> list[Parse]:
    """A sum takes its product; a limit takes all the terms, over all of them after a bar."""
    bodies = list(parser.parse(at, Binding.PRODUCT))
    wide = [b for b in parser.parse(at, widest) if bodies and b.end > bodies[0].end]
    if widest is Binding.WIDE:
        wide += whole_quotients(parser, at)
        bodies = [dearer(b, 0.8, "the limit takes one term") for b in bodies] if wide else bodies
    else:
        wide = [dearer(b, 0.9, "the sum takes all terms") for b in wide]
    return [
        joined(head, body, Applied(_with_variable(head.node, body.node), body.node), Binding.FACTOR)
        for body in (*wide, *bodies)
    ]


def _with_variable(head: Node, body: Node) -> Node:
    """From one to n of i: the range is of what is counted in the body."""
    if not isinstance(head, Scripts) or not isinstance(head.sub, Number) or head.sup is None:
        return head
    first = first_factor(body)
    core = first.base if isinstance(first, Scripts) else first
    index = first.sub if isinstance(first, Scripts) and first.sub else core
    if not isinstance(index, Letter) or index.text not in "ijkmnr" or index == head.sup:
        return head
    return Scripts(head.base, Relation("=", index, head.sub), head.sup)


def _targets(parser: "Parser", at: int, name: str, side: str) -> list[Parse]:
    """The scripts under a limit: as x approaches zero; or, of f, x to zero."""
    at = _past(parser, at, (",",), ("as",))
    found: list[Parse] = []
    for variable in _variables(parser, at):
        arrow = _ARROWS.match(parser.words, variable.end)
        for point in parser.parse(arrow[1], Binding.SUM, Stop.OF) if arrow else ():
            both = joined(variable, point, point.node, Binding.SUM)
            found.append(_target(parser, both, variable.node, (name, side)))
    return found


def _variables(parser: "Parser", at: int) -> Sequence[Parse]:
    """x, or x and y."""
    several = read_items(parser, at, Binding.TIGHT)
    return [several] if several else parser.parse(at, Binding.SUM, Stop.OF)


def _target(parser: "Parser", both: Parse, variable: Node, head: tuple[str, str]) -> Parse:
    """The limit's name over its variable and point; `both` is the reading of the point."""
    name, side = head
    end = both.end
    if not side:
        side, end = _side(parser, end)
    if not side and parser.word(end) in ("plus", "minus") and parser.word(end + 1) == "of":
        side, end = {"plus": "+", "minus": "-"}[parser.word(end)], end + 1
    point = Scripts(both.node, sup=Symbol(side)) if side else both.node
    return wrapped(both, Scripts(Symbol(name), Relation("\\to", variable, point)), end=end)


def _side(parser: "Parser", at: int) -> tuple[str, int]:
    """From the right, from above, from values less than c; and where it ends."""
    at = _past(parser, at, (",",)) if parser.word(at + 1) == "from" else at
    if parser.word(at) != "from":
        return "", at
    side = _SIDES.match(parser.words, at + 1 + (parser.word(at + 1) == "the"))
    if side is None:
        return "", at
    sign, end = side
    if parser.word(end - 1) == "than":  # values less than the point itself
        end = next((point.end for point in parser.operands(end)), end)
    return sign, end


def _pair(sign: str, left: Node, right: Node) -> Node:
    if sign == "/":
        return Fraction(left, right)
    if sign == "cross":
        return Product("\\times", left, right)
    return Product(sign, left, right) if sign.startswith("\\") else Sum(sign, left, right)


def _past(parser: "Parser", at: int, *phrases: tuple[str, ...]) -> int:
    """The index after each of `phrases` that comes next."""
    for phrase in phrases:
        if tuple(parser.words[at : at + len(phrase)]) == phrase:
            at += len(phrase)
    return at
