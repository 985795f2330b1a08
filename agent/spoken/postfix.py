"""What follows an operand and belongs to it: powers, indices, arguments, marks."""

from typing import TYPE_CHECKING

from agent.spoken import lexicon
from agent.spoken.binding import Binding
from agent.spoken.nodes import Atom, Binary, Called, Command, Node, Product, Script, Signed
from agent.spoken.numbers import ORDINALS

if TYPE_CHECKING:
    from agent.spoken.parser import Parser

POWER_WORDS = {
    ("to", "the", "power", "of"),
    ("to", "the", "power"),
    ("to", "the"),
    ("raised", "to", "the", "power", "of"),
    ("raised", "to", "the", "power"),
    ("raised", "to", "the"),
    ("raised", "to"),
    ("to", "power"),
}
INDEX_LETTERS = frozenset("ijkmn")
FUNCTION_LETTERS = frozenset("fghpqruvywFGHPRTV")
ORDINAL_LETTERS = {"nth": "n", "kth": "k", "mth": "m", "ith": "i"}


def extend_tightly(parser: "Parser", left: Node) -> Node | None:
    """One more mark on `left`, or None when none follows."""
    for mark in (_power, _index, _prime, _call, _choose, _suffix):
        at = parser.at
        longer = mark(parser, left)
        if longer is not None:
            return longer
        parser.at = at
    return None


def with_power(base: Node, power: Node) -> Node:
    """`base` to the power, beside an index that it may have."""
    if isinstance(base, Script) and base.sup is None:
        return Script(base.base, base.sub, power)
    return Script(base, sup=power)


def read_exponent(parser: "Parser", *, is_exponential: bool) -> Node | None:
    """The exponent after "to the": a short one, but all of a product after e."""
    if parser.peek() in ORDINALS:
        power: Node = Atom(str(ORDINALS[parser.peek()]))
        parser.at += 1
    elif parser.peek() in ORDINAL_LETTERS:
        power = Atom(ORDINAL_LETTERS[parser.peek()])
        parser.at += 1
    else:
        is_negative = parser.take("minus") or parser.take("negative")
        binding = Binding.FRACTION if is_exponential else Binding.TIGHT
        found = parser.attempt(binding)
        if found is None:
            return None
        power = _short_sum(parser, _factor(parser, found))
        power = Signed("-", power) if is_negative else power
    parser.take("power")
    return power


def _power(parser: "Parser", left: Node) -> Node | None:
    power = parser.look_up(lexicon.POWERS)
    if power is not None:
        parser.n_strong += 1
        return with_power(left, Atom(power))
    if not parser.take_any(POWER_WORDS):
        return None
    exponent = read_exponent(parser, is_exponential=left == Atom("e"))
    if exponent is None:
        return None
    parser.n_strong += 1
    return with_power(left, exponent)


def _factor(parser: "Parser", power: Node) -> Node:
    """A number before a letter: x to the two n."""
    is_number = isinstance(power, Atom) and power.text.isdigit()
    if is_number and parser.peek() in INDEX_LETTERS:
        factor = parser.attempt(Binding.TIGHT)
        return power if factor is None else Product(power, factor)
    return power


def _short_sum(parser: "Parser", first: Node) -> Node:
    """n plus one stays together where counting letters are: x to the n minus one."""
    is_counting = isinstance(first, Atom) and first.text in INDEX_LETTERS
    is_counting = is_counting or (
        isinstance(first, Product) and first.right.latex() in INDEX_LETTERS
    )
    sign = lexicon.SUMS.get((parser.peek(),))
    if not is_counting or sign not in ("+", "-"):
        return first
    at = parser.at
    parser.at += 1
    second = parser.attempt(Binding.TIGHT)
    if isinstance(second, Atom) and (second.text.isdigit() or second.text in INDEX_LETTERS):
        return Binary(sign, first, second)
    parser.at = at
    return first


def _index(parser: "Parser", left: Node) -> Node | None:
    if not (parser.take("sub") or parser.take("subscript")):
        return None
    index = parser.attempt(Binding.TIGHT)
    if index is None:
        return None
    parser.n_strong += 1
    while isinstance(index, Atom | Product) and parser.peek() in INDEX_LETTERS:
        index = Product(index, Atom(parser.peek()))
        parser.at += 1
    if parser.take("comma"):
        second = parser.attempt(Binding.TIGHT)
        index = index if second is None else Binary(",", index, second)
    index = _short_sum(parser, index)
    if isinstance(left, Script) and left.sub is None:
        return Script(left.base, index, left.sup)
    return Script(left, sub=index)


def _prime(parser: "Parser", left: Node) -> Node | None:
    prime = parser.look_up(lexicon.PRIMES)
    if prime is None or not isinstance(left, Atom):
        return None
    parser.n_strong += 1
    return Atom(left.text + prime)


def _call(parser: "Parser", left: Node) -> Node | None:
    name = left.base if isinstance(left, Script) else left
    is_function = isinstance(name, Atom) and name.text.rstrip("'") in FUNCTION_LETTERS
    if not is_function or not parser.take("of"):
        return None
    argument = parser.attempt(Binding.SIDE_BY_SIDE)
    if argument is None:
        return None
    arguments = [_argument_sum(parser, argument)]
    while parser.take("comma") or parser.take(","):
        more = parser.attempt(Binding.SIDE_BY_SIDE)
        if more is None:
            parser.at -= 1
            break
        arguments.append(more)
    parser.n_strong += 1
    return Called(left, tuple(arguments))


def _argument_sum(parser: "Parser", argument: Node) -> Node:
    """f of x plus h is f(x+h), f of x plus one is f(x)+1; the other way stays possible."""
    sign = lexicon.SUMS.get((parser.peek(),))
    if sign not in ("+", "-"):
        return argument
    is_step = parser.peek(1) == "h" or parser.peek(1) == "delta"
    costs = (1.0, 0.0) if is_step else (0.0, 1.0)
    if parser.chooser.choose("how far the argument goes", costs) == 0:
        return argument
    at = parser.at
    parser.at += 1
    second = parser.attempt(Binding.SIDE_BY_SIDE)
    if second is None:
        parser.at = at
        return argument
    return Binary(sign, argument, second)


def _choose(parser: "Parser", left: Node) -> Node | None:
    if not parser.take("choose"):
        return None
    lower = parser.attempt(Binding.TIGHT)
    if lower is None:
        return None
    parser.n_strong += 1
    return Command("binom", (left, lower))


def _suffix(parser: "Parser", left: Node) -> Node | None:
    accent = parser.look_up(lexicon.ACCENTS) if isinstance(left, Atom) else None
    if accent is not None:
        parser.n_strong += 1
        return Command(accent, (left,))
    for word, mark in (("factorial", "!"), ("percent", "\\%")):
        if parser.take(word):
            parser.n_strong += 1
            return Product(left, Atom(mark))
    if parser.take("degrees"):
        return Script(left, sup=Atom("\\circ"))
    return None
