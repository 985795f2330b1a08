"""Symbols with a name: infinity, the real numbers."""

from agent.spoken.parsing.binding import Parse
from agent.spoken.parsing.grammar import Prefix
from agent.spoken.parsing.nodes import Symbol
from agent.spoken.parsing.parser import Parser
from agent.spoken.vocabulary.table import Table, by_meaning

SYMBOLS = by_meaning(
    {
        "\\infty": "infinity",
        "\\emptyset": "empty set|null set",
        "\\mathbb{R}": "real numbers|reals|set of real numbers|set of all real numbers|all real numbers|set of reals|blackboard r|r real",
        "\\mathbb{Z}": "integers|set of integers|set of all integers|blackboard z",
        "\\mathbb{N}": "natural numbers|naturals|set of natural numbers|blackboard n",
        "\\mathbb{Q}": "rational numbers|rationals|set of rational numbers|blackboard q",
        "\\mathbb{C}": "complex numbers|set of complex numbers|blackboard c",
        "\\hbar": "h bar",
        "I": "identity matrix",
        "\\vec{0}": "zero vector",
        "\\dots": "dot dot dot|ellipsis|and so on",
        "\\nabla": "nabla|gradient|grad",
        "\\nabla^2": "del squared|nabla squared",
        "\\partial": "partial",
        "\\aleph": "aleph",
        "\\uparrow": "up arrow",
        "\\downarrow": "down arrow",
        "\\triangleleft": "triangle left|left triangle",
        "\\cdot": "center dot|centre dot",
        "*": "asterisk",
    }
)


def read_symbol(_parser: Parser, at: int, latex: str) -> list[Parse]:
    """Infinity, the real numbers."""
    return [Parse(at, Symbol(latex))]


def read_placeholder(parser: Parser, at: int, latex: str) -> list[Parse]:
    """The norm of dot, f of dot: where an argument would stand; no part of dot dot dot."""
    is_dots = "dot" in (parser.word(at), parser.word(at - 2))
    return [] if is_dots else [Parse(at, Symbol(latex))]


RULES = (
    Prefix(SYMBOLS, read_symbol),
    Prefix(Table({"dot": "\\cdot"}), read_placeholder),
)
