"""How tightly the constructs of spoken mathematics hold their operands."""

from enum import IntEnum


class Binding(IntEnum):
    """From what holds a whole line together to what holds two letters."""

    RELATION = 10
    WIDE = 12
    SUM = 20
    PRODUCT = 30
    FRACTION = 35
    SIDE_BY_SIDE = 40
    TIGHT = 60


class NotMath(Exception):  # noqa: N818 (says what the words are)
    """An operand was expected and the words hold none."""
