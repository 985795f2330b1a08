"""Quantifiers, negation, and the words that join two formulas."""

from agent.spoken.parsing.binding import Binding, Parse, Stop, joined, wrapped
from agent.spoken.parsing.grammar import Infix, Prefix
from agent.spoken.parsing.nodes import (
    Fenced,
    Letter,
    Listed,
    Node,
    Number,
    Quantified,
    Relation,
    Signed,
    Sum,
)
from agent.spoken.parsing.parser import Parser
from agent.spoken.vocabulary.relation_words import RELATIONS
from agent.spoken.vocabulary.table import Table, by_meaning

QUANTIFIERS = by_meaning(
    {
        "\\forall": "for all|for every|for each|for any",
        "\\nexists": "there does not exist|there exists no|there is no",
        "\\exists!": "there is exactly one|there exists exactly one",
        "\\exists": "exists|there exists|there exist|there is|for some",
    }
)
CONNECTIVES = Table(
    {word: word for word in ("and", "or", "if", "when", "where", "so", "but", "therefore", "hence")}
)
_STATEMENTS = frozenset("pqrsPQRS")
_ARTICLES = frozenset(("a", "an", "some", "any", "the", "at"))
_SIGNS = {"and": "\\land", "or": "\\lor"}


def read_quantifier(parser: Parser, at: int, sign: str) -> list[Parse]:
    """For all x in r, f of x is positive; there exists a delta such that ..."""
    if parser.word(at) == "unique" or parser.words[at : at + 2] == ["a", "unique"]:
        sign, at = f"{sign}!", at + 1 + (parser.word(at) == "a")
    elif parser.word(at) in _ARTICLES and not _is_bound(parser, at):
        at += 1
    found: list[Parse] = []
    for bound in _bounds(parser, at):
        bare = wrapped(bound, Quantified(sign, bound.node))
        found += _with_body(parser, bare, bound.node, sign) or [bare]
    return found


def quantified(parser: Parser, left: Parse, at: int, sign: str) -> list[Parse]:
    """f of x equals zero for all x."""
    if not isinstance(left.node, Relation | Quantified):
        return []
    return [
        joined(left, right, Relation("\\;", left.node, right.node), Binding.LOGIC)
        for right in read_quantifier(parser, at, sign)
    ]


def read_negation(parser: Parser, at: int, sign: str) -> list[Parse]:
    """Not p."""
    return [
        Parse(part.end, Signed(sign, part.node), part.cost, part.choices, Binding.TIGHT)
        for part in parser.operands(at)
        if not isinstance(part.node, Signed)
    ]


def read_conditional(parser: Parser, at: int, _said: bool) -> list[Parse]:
    """If p then q."""
    found: list[Parse] = []
    for first in parser.parse(at, Binding.TIGHT)[:1]:
        then = first.end + (parser.word(first.end) == ",")
        if parser.word(then) != "then" or not _is_statement(first.node):
            continue
        found += [
            joined(first, second, Relation("\\implies", first.node, second.node), Binding.LOGIC)
            for second in parser.parse(then + 1, Binding.TIGHT)
            if _is_statement(second.node)
        ]
    return found


def connected(parser: Parser, left: Parse, at: int, word: str) -> list[Parse]:
    """x equals one or x equals two; p and q."""
    found = _with_same_left(parser, left, at, word)
    for right in parser.parse(at, Binding.RELATION) if not found else ():
        node = _joined_by(word, left.node, right.node)
        if node is not None:
            found.append(joined(left, right, node, Binding.LOGIC))
    return found


def _with_same_left(parser: Parser, left: Parse, at: int, word: str) -> list[Parse]:
    """x is greater than two and less than five: both are of x."""
    relation = RELATIONS.match(parser.words, at)
    if relation is None or not isinstance(left.node, Relation):
        return []
    sign, value_at = relation
    first = left.node.left
    return [
        joined(
            left,
            value,
            Relation(f"\\text{{ {word} }}", left.node, Relation(sign, first, value.node)),
            Binding.LOGIC,
        )
        for value in parser.parse(value_at, Binding.SUM)
    ]


def _joined_by(word: str, left: Node, right: Node) -> Node | None:
    is_rule = isinstance(right, Relation) and right.sign in ("\\implies", "\\iff")
    if is_rule and isinstance(right, Relation) and _is_statement(left):
        first = _joined_by(word, left, right.left)
        return Relation(right.sign, first, right.right) if isinstance(first, Sum) else None
    if _is_statement(left) and _is_statement(right):
        return Sum(_SIGNS[word], left, right) if word in _SIGNS else None
    is_short = isinstance(left, Letter | Listed) and isinstance(right, Letter)
    holds = isinstance(left, Relation | Quantified) and isinstance(right, Relation | Quantified)
    is_value = word == "or" and isinstance(left, Relation) and isinstance(right, Number | Signed)
    if holds or is_value or (is_short and word in _SIGNS):
        return Relation(f"\\text{{ {word} }}", left, right)
    return None


def _is_statement(node: Node) -> bool:
    core = node.operand if isinstance(node, Signed) else node
    core = core.inner if isinstance(core, Fenced) else core
    if isinstance(core, Sum):
        return core.sign in _SIGNS.values()
    return isinstance(core, Letter) and core.text in _STATEMENTS


def _is_bound(parser: Parser, at: int) -> bool:
    """Whether the letter a is what is quantified: for all a in the reals."""
    return parser.word(at) == "a" and RELATIONS.match(parser.words, at + 1) is not None


def _bounds(parser: Parser, at: int) -> list[Parse]:
    """The variable, with what it is an element of or compared with."""
    found: list[Parse] = []
    with parser.until(Stop.PAUSE | Stop.OF):
        variables = parser.parse(at, Binding.TIGHT)
    for variable in variables[:1]:
        relation = RELATIONS.match(parser.words, variable.end)
        with parser.until(Stop.PAUSE):
            values = parser.parse(relation[1], Binding.TIGHT) if relation else ()
        found += [
            joined(variable, value, Relation(sign, variable.node, value.node), Binding.OPERAND)
            for value in values[:1]
            for sign in (relation[0] if relation else "",)
        ] or [variable]
    return found


def _with_body(parser: Parser, head: Parse, bound: Node, sign: str) -> list[Parse]:
    at, mark = head.end, ""
    if parser.word(at) == ",":
        at, mark = at + 1, ","
    if parser.words[at : at + 2] == ["such", "that"]:
        at, mark = at + 2, ":"
    elif parser.words[at : at + 2] == ["we", "have"]:
        at += 2
    return [
        joined(head, body, Quantified(sign, bound, mark, body.node), Binding.LOGIC)
        for body in parser.parse(at, Binding.RELATION)
        if isinstance(body.node, Relation | Quantified)
    ]


RULES = (
    Prefix(QUANTIFIERS, read_quantifier, is_factor=False),
    Prefix(Table({"not": "\\neg"}), read_negation, is_factor=False),
    Prefix(Table({"if": True}), read_conditional),
    Infix(QUANTIFIERS, Binding.LOGIC, quantified),
    Infix(CONNECTIVES, Binding.LOGIC, connected),
)
