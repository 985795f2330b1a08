"""Simple chemical formulas: h two o, c o two."""

from typing import NamedTuple

from agent.spoken.parsing.binding import Binding, Parse
from agent.spoken.parsing.nodes import Letter, Node, Number, Product, Scripts, Symbol
from agent.spoken.parsing.parser import Parser
from agent.spoken.vocabulary.numbers import read_number
from agent.spoken.vocabulary.table import Table

ELEMENTS = Table(
    {
        "h": "H", "c": "C", "n": "N", "o": "O", "s": "S", "k": "K", "p": "P", "n a": "Na",
        "c l": "Cl", "c a": "Ca", "f e": "Fe", "m g": "Mg", "a l": "Al", "c u": "Cu",
        "z n": "Zn", "a g": "Ag", "s i": "Si", "b r": "Br",
    }
)  # fmt: skip
# Without an o, letters and numbers are a compound only where they are one of these.
_KNOWN = frozenset(
    ("NaCl", "CH4", "NH4", "NH3", "HCl", "KCl", "CaCl2", "MgCl2", "C2H4", "C2H6", "C3H8", "H2S")
)
_MAX_ATOMS = 12


class _Compound(NamedTuple):
    """Its atoms with their counts, its text such as H2O, and the index after it."""

    atoms: tuple[Node, ...]
    text: str
    end: int


def read_compound(parser: Parser, at: int) -> list[Parse]:
    """The compound whose first element's letter stands at `at`."""
    compound = _compound(parser, at)
    has_counts = any(isinstance(atom, Scripts) for atom in compound.atoms)
    has_oxygen = "O" in compound.text and not compound.text.startswith("O")
    is_reaction = "yields" in parser.words
    if not (has_counts and (has_oxygen or is_reaction)) and compound.text not in _KNOWN:
        return []
    node = compound.atoms[0]
    for atom in compound.atoms[1:]:
        node = Product("", node, atom)
    is_ion = parser.word(compound.end) in ("plus", "minus") and compound.text in ("NH4",)
    if not is_ion:
        return [Parse(compound.end, node, level=Binding.ARGUMENT, height=_MAX_ATOMS)]
    sign = Symbol("+" if parser.word(compound.end) == "plus" else "-")
    charged = _charged(compound.atoms, sign)
    return [Parse(compound.end + 1, charged, level=Binding.ARGUMENT, height=_MAX_ATOMS)]


def _charged(atoms: tuple[Node, ...], sign: Node) -> Node:
    *before, last = atoms
    base, sub = (last.base, last.sub) if isinstance(last, Scripts) else (last, None)
    node = Scripts(base, sub, sign)
    whole: Node = before[0] if before else node
    for atom in (*before[1:], node) if before else ():
        whole = Product("", whole, atom)
    return whole


def _compound(parser: Parser, at: int) -> _Compound:
    atoms: list[Node] = []
    text = ""
    while len(atoms) < _MAX_ATOMS:
        element = ELEMENTS.match(parser.words, at)
        if element is None:
            break
        name, at = element
        number = read_number(parser.words, at)
        count = number.text if number and number.text.isdigit() else ""
        atom: Node = Letter(name)
        if number and count:
            atom, at = Scripts(atom, sub=Number(count)), number.end
        atoms.append(atom)
        text += name + count
    return _Compound(tuple(atoms), text, at)
