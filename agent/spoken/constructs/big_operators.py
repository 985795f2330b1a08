"""Sums, products and limits."""

from agent.spoken.constructs.bounds import past, read_bounds, read_scripted, with_upper
from agent.spoken.constructs.products import factor_after_pause, with_article
from agent.spoken.constructs.quotients import whole_quotients
from agent.spoken.parsing.binding import Binding, Parse, Stop, dearer, joined, wrapped
from agent.spoken.parsing.grammar import Infix, Prefix
from agent.spoken.parsing.nodes import Applied, Letter, Node, Number, Relation, Scripts, Symbol
from agent.spoken.parsing.parser import Parser
from agent.spoken.parsing.prices import MODERATE, NEARLY_USUAL, SMALL
from agent.spoken.parsing.trees import first_factor
from agent.spoken.vocabulary.table import by_meaning

SUMMATIONS = by_meaning(
    {
        "\\sum": "sum|summation|sigma summation|some from|some of|sigma from",
        "\\prod": "product",
        "\\bigcup": "big union|union",
        "\\bigoplus": "direct sum",
        "\\bigcap": "big intersection|intersection",
    }
)


def read_big_operator(parser: Parser, at: int, name: str) -> list[Parse]:
    """The sum from k equals one to n of what follows, or of what was said before its range."""
    found: list[Parse] = []
    at -= parser.word(at - 1) in ("from", "of")  # of "sigma from", "some of"
    for head in _ranges(parser, at, name):
        body_at = past(parser, head.end, (",",), ("of",), (",",))
        found += with_body(parser, head, body_at, Binding.SUM)
    if found:
        return found
    if parser.word(at) != "of":
        return [dearer(head, MODERATE, "nothing is added") for head in _ranges(parser, at, name)]
    for head in _ranges(parser, at + 1, name):  # the sum of i equals one to n of i
        found += with_body(parser, head, past(parser, head.end, (",",), ("of",)), Binding.SUM)
    if found:
        return found
    at += parser.word(at + 1) == "all"
    for body in parser.parse(at + 1, Binding.PRODUCT):
        for head in _ranges(parser, past(parser, body.end, (",",)), name):
            node = Applied(_with_variable(head.node, body.node), body.node)
            found.append(joined(body, head, node, Binding.PRODUCT))
    bare = parser.parse(at + 1, Binding.PRODUCT)
    return found or [
        dearer(wrapped(b, Applied(Symbol(name), b.node)), SMALL, "a sum without a range")
        for b in bare
    ]


def _ranges(parser: Parser, at: int, name: str) -> list[Parse]:
    operator = Symbol(name)
    ranged = read_bounds(parser, at, operator, Binding.RELATION) or read_scripted(
        parser, at, operator
    )
    if ranged or parser.word(at) in ("of", "over", "from"):
        return ranged
    found: list[Parse] = []
    with parser.until(Stop.OF):
        lows = parser.parse(at, Binding.RELATION)
    for low in lows:
        if isinstance(low.node, Relation):
            found += with_upper(parser, low, operator)
    return found


def with_body(parser: Parser, head: Parse, at: int, widest: Binding) -> list[Parse]:
    """A sum takes its product; a limit takes all the terms, over all of them after a bar."""
    bodies = list(parser.parse(at, Binding.PRODUCT))
    wide = [b for b in parser.parse(at, widest) if bodies and b.end > bodies[0].end]
    if widest is Binding.WIDE:
        wide += whole_quotients(parser, at)
        bodies = (
            [dearer(b, MODERATE, "the limit takes one term") for b in bodies] if wide else bodies
        )
    else:
        is_wide = _begins_with_one(parser, head, at)  # nobody multiplies by one
        bodies = [dearer(b, NEARLY_USUAL, "one factor") for b in bodies] if is_wide else bodies
        wide = (
            wide if is_wide else [dearer(b, NEARLY_USUAL, "the sum takes all terms") for b in wide]
        )
    return [
        joined(head, body, Applied(_with_variable(head.node, body.node), body.node), Binding.FACTOR)
        for body in (*wide, *bodies)
    ]


def _begins_with_one(parser: Parser, head: Parse, at: int) -> bool:
    """The product of one plus x."""
    core = head.node.base if isinstance(head.node, Scripts) else head.node
    is_one = parser.word(at) in ("one", "1") and parser.word(at + 1) in ("plus", "minus")
    return is_one and core == Symbol("\\prod")


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


RULES = (
    Prefix(SUMMATIONS, read_big_operator),
    Infix(with_article(SUMMATIONS), Binding.PRODUCT, factor_after_pause, after_pause=True),
)
