"""How tightly constructs hold their operands, and one way to read a stretch of words."""

from enum import IntEnum
from typing import NamedTuple

from agent.spoken.parsing.nodes import Node


class Binding(IntEnum):
    """From what holds a list together to what holds a letter and its prime."""

    LIST = 5
    LOGIC = 7  # and, or, if: between formulas, inside one
    RELATION = 10
    WIDE = 15  # after a pause, or "all over": takes the whole side of the relation
    SUM = 20
    PRODUCT = 30
    FRACTION = 35
    FACTOR = 40  # a function, a root or a bracket beside something
    ARGUMENT = 45  # a plain letter beside something: also inside arguments and exponents
    TIGHT = 60
    OPERAND = 70

    __hash__ = int.__hash__  # of every look-up; an enum's own is ten times as slow


class Stop(IntEnum):
    """What ends an operand although it could go on; several are joined with `|`.

    No `IntFlag`: its `|` and `&` take microseconds, and every operand asks.
    """

    NOTHING = 0
    BAR = 1  # a fraction bar, for the radicand of a root
    OF = 2  # "of", for bounds and limits
    DIFFERENTIAL = 4  # d x, for what is integrated
    POWER = 8  # an exponent, for what stands in an index
    TIMES = 16  # for "the quantity", which nobody closes
    CHOICE = 64  # "choose", for what stands above
    PAUSE = 32  # a comma, for a condition or one equation of several

    __hash__ = int.__hash__


class Parse(NamedTuple):
    """One way to read the words up to `end` (exclusive).

    `cost` is the sum over its choices, 0 for the usual way everywhere; `choices` names
    what was decided against the usual. `level` is the loosest construct at its top,
    `height` that of the tree.
    """

    end: int
    node: Node
    cost: float = 0.0
    choices: tuple[str, ...] = ()
    level: Binding = Binding.OPERAND
    height: int = 1


def wrapped(part: Parse, node: Node, *, end: int | None = None) -> Parse:
    """The same reading with `node` around it, closed against what follows."""
    return Parse(
        part.end if end is None else end,
        node,
        part.cost,
        part.choices,
        height=part.height + 1,
    )


def attached(left: Parse, end: int, node: Node) -> Parse:
    """The same reading as `node`, which holds what was said up to `end` tightly together."""
    return wrapped(left, node, end=end)._replace(level=Binding.TIGHT)


def joined(left: Parse, right: Parse, node: Node, level: Binding) -> Parse:
    """Two readings, one after the other, as one."""
    return Parse(
        right.end,
        node,
        left.cost + right.cost,
        left.choices + right.choices,
        level,
        max(left.height, right.height) + 1,
    )


def dearer(parse: Parse, cost: float, choice: str = "") -> Parse:
    """The same reading, less likely by `cost` because of `choice`."""
    choices = (*parse.choices, choice) if choice else parse.choices
    return parse._replace(cost=parse.cost + cost, choices=choices)
