"""Units after numbers: metres per second squared."""

from collections.abc import Sequence
from typing import NamedTuple

from agent.spoken.constructs.powers import POWERS
from agent.spoken.parsing.binding import Binding, Parse, wrapped
from agent.spoken.parsing.grammar import Infix
from agent.spoken.parsing.nodes import (
    Fraction,
    Letter,
    Node,
    Number,
    Product,
    Scripts,
    Symbol,
    Words,
)
from agent.spoken.parsing.parser import Parser
from agent.spoken.vocabulary.table import Table, by_meaning

UNITS = by_meaning(
    {
        "m": "metre|metres|meter|meters",
        "cm": "centimetre|centimetres|centimeter|centimeters",
        "mm": "millimetre|millimetres|millimeter|millimeters",
        "km": "kilometre|kilometres|kilometer|kilometers",
        "nm": "nanometre|nanometres|nanometer|nanometers",
        "mi": "miles|mile",
        "ft": "feet|foot",
        "in": "inches|inch",
        "g": "gram|grams",
        "kg": "kilogram|kilograms|kilo|kilos",
        "mg": "milligram|milligrams",
        "s": "seconds",
        "min": "minutes",
        "h": "hours",
        "ms": "milliseconds",
        "N": "newton|newtons",
        "J": "joule|joules",
        "kJ": "kilojoule|kilojoules",
        "W": "watt|watts",
        "kW": "kilowatt|kilowatts",
        "V": "volt|volts",
        "A": "ampere|amperes|amp|amps",
        "Hz": "hertz",
        "Pa": "pascal|pascals",
        "mol": "mole|moles",
        "Ω": "ohm|ohms",
        "N m": "newton meter|newton meters|newton metre|newton metres",
        "K": "kelvin|kelvins",
        "L": "litre|litres|liter|liters",
        "mL": "millilitre|millilitres|milliliter|milliliters",
        "C": "coulomb|coulombs",
        "eV": "electron volt|electron volts",
        "lb": "pounds",
        "rad": "radian|radians",
    }
)
# "Second", "minute" and "hour" alone are words of prose; after "per" they are units.
_PER = Table({"per second": "s", "per minute": "min", "per hour": "h", "per day": "day"})
_BEFORE = Table({"square": "2", "cubic": "3"})
SCALES = Table({"celsius": "C", "fahrenheit": "F", "centigrade": "C"})


class _Unit(NamedTuple):
    """A unit's name, its power if any, and the index after it."""

    name: str
    power: str | None
    end: int


def with_unit(parser: Parser, left: Parse, at: int, _name: str) -> list[Parse]:
    """Five metres; the unit's words begin just before `at` and are read anew."""
    if not _is_quantity(left.node):
        return []
    above = _unit(parser.words, left.end)
    if above is None:
        return []
    node, end = _per(parser.words, above)
    return [
        wrapped(left, Product("\\,", left.node, node), end=end)._replace(level=Binding.ARGUMENT)
    ]


def with_scale(_parser: Parser, left: Parse, at: int, name: str) -> list[Parse]:
    """Twenty degrees Celsius."""
    if not isinstance(left.node, Scripts) or left.node.sup != Symbol("\\circ"):
        return []
    return [wrapped(left, Product("", left.node, Words(name)), end=at)]


def _is_quantity(node: Node) -> bool:
    if isinstance(node, Scripts):
        return isinstance(node.base, Number) and node.sub is None
    if isinstance(node, Product):
        is_part = isinstance(node.right, Fraction) or node.right == Letter("\\pi")
        return isinstance(node.left, Number) and is_part
    return isinstance(node, Number) or (isinstance(node, Fraction) and not node.has_bar)


def _unit(words: Sequence[str], at: int) -> _Unit | None:
    before = _BEFORE.match(words, at)
    name = UNITS.match(words, before[1] if before else at)
    if name is None:
        return None
    power = POWERS.match(words, name[1])
    if before or power is None:
        return _Unit(name[0], before[0] if before else None, name[1])
    return _Unit(name[0], power[0], power[1])


def _per(words: Sequence[str], above: _Unit) -> tuple[Node, int]:
    """The unit with what stands after "per", and where it ends."""
    lone = _PER.match(words, above.end)
    below = _unit(words, above.end + 1) if words[above.end : above.end + 1] == ["per"] else None
    if lone:
        power = POWERS.match(words, lone[1])
        below = _Unit(lone[0], *(power or (None, lone[1])))
    if below is None:
        return _raised(above.name, above.power), above.end
    if above.power is None:
        return _raised(f"{above.name}/{below.name}", below.power), below.end
    node = Product("/", _raised(above.name, above.power), _raised(below.name, below.power))
    return node, below.end


def _raised(name: str, power: str | None) -> Node:
    return Scripts(Words(name), sup=Number(power)) if power else Words(name)


RULES = (
    Infix(Table({"square|cubic": ""}), Binding.ARGUMENT, with_unit),
    Infix(UNITS, Binding.ARGUMENT, with_unit),
    Infix(SCALES, Binding.TIGHT, with_scale),
)
