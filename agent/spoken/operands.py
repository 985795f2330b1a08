"""Where a formula, or a part of one, begins."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from agent.spoken import lexicon
from agent.spoken.binding import Binding, NotMath
from agent.spoken.calculus import read_derivative, read_differential, read_integral, read_limit
from agent.spoken.nodes import (
    Applied,
    Atom,
    Binary,
    Command,
    Fraction,
    Group,
    Node,
    Root,
    Script,
    Signed,
)
from agent.spoken.numbers import DIGITS, ORDINALS, PARTS, TEENS, TENS, read_number
from agent.spoken.postfix import ORDINAL_LETTERS

if TYPE_CHECKING:
    from agent.spoken.parser import Parser

CAPITALS = ("capital", "upper", "uppercase", "big")
# After these an "a" or an "i" is the letter and not the article or the pronoun.
LETTER_WORDS = frozenset("ai")


def read_operand(parser: "Parser") -> Node:
    """The operand that comes next; NotMath when none does."""
    readers: tuple[Callable[[Parser], Node | None], ...] = (
        _bracketed,
        _symbol,
        read_derivative,
        read_limit,
        read_integral,
        _big_operator,
        _root,
        _function,
        _surrounded,
        _number,
        _signed,
        _letter,
    )
    at, n_choices = parser.at, len(parser.chooser.made)
    for reader in readers:
        parser.take("the")
        node = reader(parser)
        if node is not None:
            return node
        parser.at = at
        parser.chooser.undo(n_choices)
    raise NotMath


def begins_factor(parser: "Parser", left: Node) -> bool:
    """Whether the next word can stand right beside `left` as its factor."""
    word = parser.peek()
    if parser.n_integrals and read_differential(parser, look=True):
        return False
    is_after_number = isinstance(left, Atom) and left.text[:1].isdigit()
    if word in DIGITS or word in TEENS or word in TENS or word[:1].isdigit():
        return isinstance(left, Atom) and not is_after_number
    if word in lexicon.HOMOPHONES or word == "the":
        return False
    is_opening = any((word, parser.peek(1)) == phrase for phrase in lexicon.OPENINGS)
    is_root = any(word == phrase[0] for phrase in lexicon.ROOTS)
    return (
        is_opening or is_root or _is_letter(parser) or word in CAPITALS or _names_function(parser)
    )


def _names_function(parser: "Parser") -> bool:
    at = parser.at
    name = parser.look_up(lexicon.FUNCTIONS)
    parser.at = at
    return name is not None


def _bracketed(parser: "Parser") -> Node | None:
    delimiters = parser.look_up(lexicon.OPENINGS)
    if delimiters is None and not parser.take("quantity"):
        return None
    inner = parser.attempt(Binding.RELATION if delimiters else Binding.SUM)
    if inner is None:
        return None
    parser.n_strong += 1
    closing = parser.at
    if not parser.take_any(lexicon.CLOSINGS) and delimiters:
        parser.at = closing
    if delimiters is None:
        return _quantity(inner)
    return Group(inner, *delimiters)


def _quantity(inner: Node) -> Node:
    """The quantity x plus one squared: the power belongs to all of it."""
    if isinstance(inner, Binary) and isinstance(inner.right, Script) and inner.right.sub is None:
        last = inner.right
        return Script(Group(Binary(inner.operator, inner.left, last.base)), sup=last.sup)
    return Group(inner)


def _symbol(parser: "Parser") -> Node | None:
    symbol = parser.look_up(lexicon.SYMBOLS)
    return None if symbol is None else Atom(symbol)


def _root(parser: "Parser") -> Node | None:
    index: Node | None = None
    word = parser.peek()
    if parser.peek(1) == "root" and (word in ORDINALS or word in ORDINAL_LETTERS):
        index = Atom(ORDINAL_LETTERS.get(word) or str(ORDINALS[word]))
        parser.at += 2
    else:
        phrase = parser.take_any(lexicon.ROOTS)
        if phrase is None:
            return None
        text = lexicon.ROOTS[phrase]
        index = Atom(text) if text else None
    parser.take("of")
    radicand = _radicand(parser)
    if radicand is None:
        return None
    parser.n_strong += 1
    if not parser.take("end", "root"):
        parser.take(",")
    return Root(radicand, index)


def _radicand(parser: "Parser") -> Node | None:
    """All of the sum that follows; only the number where one goes over something."""
    at, n_choices = parser.at, len(parser.chooser.made)
    single = parser.attempt(Binding.TIGHT)
    is_number = isinstance(single, Atom) and single.text[:1].isdigit()
    if single is None or (is_number and parser.peek() not in ("plus", "minus")):
        return single
    parser.at = at
    parser.chooser.undo(n_choices)
    return parser.attempt(Binding.SUM)


def _function(parser: "Parser") -> Node | None:
    name = parser.look_up(lexicon.FUNCTIONS)
    if name is None:
        return None
    operator: Node = Atom(name)
    if parser.take("base") or parser.take("sub"):
        base = parser.attempt(Binding.TIGHT)
        operator = operator if base is None else Script(operator, sub=base)
    power = parser.look_up(lexicon.POWERS)
    if power is not None:
        operator = Script(operator, sup=Atom(power))
    elif parser.take("inverse"):
        operator = Script(operator, sup=Atom("-1"))
    argument = _argument(parser)
    if argument is None:
        return None
    parser.n_strong += 1
    is_simple = not isinstance(argument, Binary | Fraction | Signed)
    return Applied(operator, argument if is_simple else Group(argument))


def _argument(parser: "Parser") -> Node | None:
    """Of x over x is not the argument, of pi over two is; without "of" it is one product."""
    is_announced = parser.take("of")
    argument = parser.attempt(Binding.SIDE_BY_SIDE)
    if argument is None or not is_announced:
        return argument
    at = parser.at
    if parser.take_any(lexicon.FRACTION_BARS):
        below = parser.attempt(Binding.SIDE_BY_SIDE)
        if below is not None:
            costs = (0.0, 1.0) if below == argument else (0.8, 0.0)
            if parser.chooser.choose("how far the argument goes", costs) == 1:
                return Fraction(argument, below)
        parser.at = at
    elif (parser.peek(),) in lexicon.SUMS:
        costs = (0.0, 0.9)
        if parser.chooser.choose("how far the argument goes", costs) == 1:
            sign = parser.look_up(lexicon.SUMS) or "+"
            second = parser.attempt(Binding.PRODUCT)
            if second is not None:
                return Binary(sign, argument, second)
        parser.at = at
    return argument


def _surrounded(parser: "Parser") -> Node | None:
    """Absolute values and the like, said before what they surround."""
    for phrase, left, right in (
        (("absolute", "value", "of"), "|", "|"),
        (("norm", "of"), "\\|", "\\|"),
        (("floor", "of"), "\\lfloor ", "\\rfloor "),
        (("ceiling", "of"), "\\lceil ", "\\rceil "),
    ):
        if parser.take(*phrase):
            inner = parser.attempt(Binding.SUM)
            parser.n_strong += 1
            return None if inner is None else Group(inner, left, right)
    if parser.take("vector"):
        inner = parser.attempt(Binding.TIGHT)
        parser.n_strong += 1
        return None if inner is None else Command("vec", (inner,))
    return None


def _big_operator(parser: "Parser") -> Node | None:
    sign = parser.look_up(lexicon.BIG_OPERATORS)
    if sign is None or not (parser.take("from") or parser.take("as")):
        return None
    low = parser.attempt(Binding.RELATION)
    if low is None:
        return None
    _ = parser.take("goes", "from") or parser.take("from")
    high = parser.attempt(Binding.SUM) if parser.take("to") else None
    parser.take(",")
    parser.take("of")
    body = parser.attempt(Binding.PRODUCT)
    if body is None:
        return None
    parser.n_strong += 1
    return Applied(Script(Atom(sign), low, high), body)


def _number(parser: "Parser") -> Node | None:
    number = read_number(parser.words[parser.at : parser.at + 20])
    if number is None:
        return None
    parser.at += number.n_words
    part = PARTS.get(parser.peek())
    if part is None or (parser.peek() == "third" and number.text != "1"):
        return Atom(number.text)
    parser.at += 1
    parser.n_strong += 1
    parser.take("of")
    return Fraction(Atom(number.text), Atom(str(part)))


def _signed(parser: "Parser") -> Node | None:
    sign = lexicon.SUMS.get(parser.take_any(lexicon.SUMS) or ("",))
    if sign is None and parser.take("negative"):
        sign = "-"
    if sign not in ("+", "-", "\\pm", "\\mp"):
        return None
    operand = parser.attempt(Binding.PRODUCT)
    return None if operand is None else Signed(sign, operand)


def _letter(parser: "Parser") -> Node | None:
    is_capital = parser.peek() in CAPITALS and len(parser.peek(1)) > 0
    if is_capital:
        parser.at += 1
        parser.take("case")
    word = parser.peek()
    name = lexicon.CAPITAL_GREEK.get(word) if is_capital else lexicon.GREEK.get(word)
    if name is None and _is_letter(parser):
        said = parser.said[parser.at]
        name = word.upper() if is_capital or (said.isupper() and said not in "AI") else word
    if name is None and (parser.at > parser.began_at or _an_operator_follows(parser)):
        name = lexicon.HOMOPHONES.get(word)
    if name is None:
        return None
    parser.at += 1
    if name == "\\delta" and _is_letter(parser):
        return _increment(parser)
    return Atom(name)


def _an_operator_follows(parser: "Parser") -> bool:
    """Why equals two x: at the beginning only an operator turns a word into a letter."""
    at = parser.at
    parser.at += 1
    tables = (lexicon.RELATIONS, lexicon.SUMS, lexicon.POWERS)
    follows = any(parser.take_any(table) for table in tables)
    parser.at = at
    return follows


def _increment(parser: "Parser") -> Node:
    """Delta x is a difference, not a product with a small delta."""
    costs = (0.0, 1.0)
    letter = parser.peek()
    way = parser.chooser.choose("which delta", costs)
    parser.at += 1
    parser.n_strong += 1
    return Atom(("\\Delta " if way == 0 else "\\delta ") + letter)


def _is_letter(parser: "Parser") -> bool:
    """A single letter; "a" and "I" only where no ordinary word follows them."""
    word = parser.peek()
    if word in lexicon.GREEK:
        return True
    if len(word) != 1 or not word.isalpha() or not word.isascii():
        return False
    if word not in LETTER_WORDS:
        return True
    following = parser.peek(1)
    return not following.isalpha() or following in MATHS_WORDS or len(following) == 1


def _vocabulary() -> frozenset[str]:
    tables = (
        lexicon.RELATIONS,
        lexicon.SUMS,
        lexicon.PRODUCTS,
        lexicon.FRACTION_BARS,
        lexicon.WIDE_FRACTION_BARS,
        lexicon.POWERS,
        lexicon.WIDE_POWERS,
        lexicon.ACCENTS,
        lexicon.PRIMES,
        lexicon.CLOSINGS,
        lexicon.FUNCTIONS,
    )
    firsts = {phrase[0] for table in tables for phrase in table}
    others = {"sub", "to", "raised", "choose", "factorial", "comma", "d", "dx", "dy", "dt", "open"}
    return frozenset((firsts - {"the", "is"}) | others) | set(lexicon.GREEK) | set(DIGITS) | {"is"}


MATHS_WORDS = _vocabulary()
