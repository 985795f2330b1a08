"""How far an exponent or an index goes."""

from agent.spoken.constructs.fractions import BARS
from agent.spoken.constructs.groups import ENDINGS
from agent.spoken.parsing.binding import Binding, Parse, Stop, dearer, joined
from agent.spoken.parsing.nodes import (
    Fraction,
    Letter,
    Listed,
    Node,
    Number,
    Product,
    Signed,
    Sum,
    Symbol,
    Words,
)
from agent.spoken.parsing.parser import Parser
from agent.spoken.parsing.prices import (
    MORE_UNUSUAL,
    MOST_UNUSUAL,
    SLIGHTLY_LIKELIER,
    UNLIKELY,
    UNUSUAL,
    USUAL,
)
from agent.spoken.parsing.trees import is_factorial
from agent.spoken.vocabulary.letters import COUNTING, GREEK, LATIN
from agent.spoken.vocabulary.numbers import is_number_word, read_ordinal
from agent.spoken.vocabulary.table import Table

_COORDINATES = frozenset("xyz")
_TENSOR = frozenset("abcd")
_NO_INDEX_BEFORE = frozenset(
    ("sub", "subscript", "of", "prime", "bar", "hat", "over", "times", "to")
)
_INDEX_WORDS = frozenset(
    ("max", "min", "eff", "avg", "total", "tot", "in", "out", "net", "ext", "int", "ref", "crit")
)
_INDEX_SIGNS = Table({"plus or minus|plus minus": "\\pm", "plus": "+", "minus": "-", "star": "*"})
_IN_INDEX = Stop.POWER | Stop.OF


def read_exponents(parser: Parser, at: int, base: Node, *, is_script: bool) -> list[Parse]:
    """The exponents that may follow "to the": the nth, two n, n minus one; all of it after e."""
    sign = _INDEX_SIGNS.match(parser.words, at)
    if sign and is_script and not parser.operands(sign[1]):
        return [_ended(parser, Parse(sign[1], Symbol(sign[0])))]
    ordinal = read_ordinal(parser.words, at)
    if ordinal:
        node: Node = Letter(ordinal.text) if ordinal.text.isalpha() else Number(ordinal.text)
        return [_ended(parser, Parse(ordinal.end, node))]
    is_e = base == Letter("e")
    stops = parser.stops | Stop.PAUSE | (Stop.POWER if is_script else Stop.NOTHING)
    if not is_e and parser.word(at) in COUNTING:
        stops |= Stop.OF  # f to the n of x: the argument is not the exponent's
    with parser.until(stops):
        is_long = is_e or base == Letter("\\exp")
        parts = _ratios(parser, at) if is_long else _short_products(parser, at)
    found: list[Parse] = []
    for part in (_letters_together(parser, part) if is_script else part for part in parts):
        found += _with_term(parser, part, is_script=is_script)
    return [_ended(parser, parse) for parse in found]


def read_indices(parser: Parser, at: int) -> list[Parse]:
    """The indices that may follow "sub": i, i j, i comma j, n plus one."""
    sign = _INDEX_SIGNS.match(parser.words, at)
    if sign and not parser.operands(sign[1]):
        return [_ended(parser, Parse(sign[1], Symbol(sign[0])))]
    if parser.word(at) in _INDEX_WORDS or _is_name(parser, at):
        return [_ended(parser, Parse(at + 1, Words(parser.said[at])))]
    found: list[Parse] = []
    with parser.until(parser.stops | _IN_INDEX):
        firsts = parser.parse(at, Binding.TIGHT)
    for first in firsts:
        together = _letters_together(parser, first)
        listed = _listed(parser, together)
        found += _with_term(parser, listed, is_script=True)
        if listed.end > together.end and parser.word(together.end) == ",":
            found.append(dearer(together, USUAL, "the index ends at the pause"))
    return [_ended(parser, parse) for parse in found]


def _is_name(parser: Parser, at: int) -> bool:
    """M sub bulge, rho sub ER: no word of mathematics."""
    word = parser.word(at)
    is_long = len(word) > 1 and word.isalpha() and word not in GREEK
    return is_long and not parser.parse(at, Binding.TIGHT)


def _ratios(parser: Parser, at: int) -> list[Parse]:
    """A product and what it stands over: minus x squared over two."""
    found: list[Parse] = []
    for part in parser.parse(at, Binding.ARGUMENT):
        bar = BARS.match(parser.words, part.end)
        below = parser.parse(bar[1], Binding.ARGUMENT) if bar else ()
        is_outside = any(is_factorial(down.node) for down in below)  # x to the n over n factorial
        for down in below:
            ratio = joined(part, down, _over(part.node, down.node), Binding.FRACTION)
            found.append(dearer(ratio, USUAL, "over, in the exponent") if is_outside else ratio)
        is_early = bool(below) and not is_outside
        ends = dearer(part, USUAL, "the exponent ends before over") if is_early else part
        found.append(ends)
        if isinstance(part.node, Product) and not below:
            short = parser.parse(at, Binding.TIGHT)[:1]
            found += [
                dearer(p, MOST_UNUSUAL, "the exponent ends early")
                for p in short
                if p.end < part.end
            ]
    return found + _times_in_exponent(parser, at)


def _times_in_exponent(parser: Parser, at: int) -> list[Parse]:
    """e to the minus gamma times t: a factor of the exponent, or of the whole."""
    found = parser.parse(at, Binding.PRODUCT)[:1]
    if not found or "times" not in parser.words[at : found[0].end]:
        return []
    is_likely = parser.word(at) in ("minus", "negative") and parser.word(at - 1) == "of"
    return [
        dearer(
            found[0],
            SLIGHTLY_LIKELIER if is_likely else UNUSUAL,
            "the exponent goes on after times",
        )
    ]


def _over(above: Node, below: Node) -> Node:
    if isinstance(above, Signed):
        return Signed(above.sign, Fraction(above.operand, below))
    return Fraction(above, below)


def _short_products(parser: Parser, at: int) -> list[Parse]:
    """One factor, with the number before it: two n; a half; n over two."""
    found: list[Parse] = []
    for part in parser.parse(at, Binding.TIGHT):
        core = part.node.operand if isinstance(part.node, Signed) else part.node
        following = parser.word(part.end)
        is_bracket = following == "," and parser.word(part.end + 1) == "open"
        is_factor = following in LATIN or following in GREEK or is_bracket
        if isinstance(core, Number) and is_factor:
            found += [
                joined(part, factor, Product("", part.node, factor.node), Binding.ARGUMENT)
                for factor in parser.parse(part.end, Binding.TIGHT)
            ]
        if isinstance(core, Number) and parser.word(part.end) in ("over", "slash"):
            found += [
                joined(part, below, _over(part.node, below.node), Binding.ARGUMENT)
                for below in parser.parse(part.end + 1, Binding.TIGHT)
                if isinstance(below.node, Number)
            ]
        found.append(dearer(part, USUAL, "the exponent ends early") if found else part)
        if isinstance(core, Letter) and following == "over":
            found += [
                dearer(
                    joined(part, p, _over(part.node, p.node), Binding.ARGUMENT),
                    MOST_UNUSUAL,
                    "over",
                )
                for p in parser.parse(part.end + 1, Binding.TIGHT)[:1]
            ]
        if isinstance(core, Letter) and following in LATIN and len(found) == 1:
            found += [
                dearer(
                    joined(part, factor, Product("", part.node, factor.node), Binding.ARGUMENT),
                    MORE_UNUSUAL,
                    "a longer exponent",
                )
                for factor in parser.parse(part.end, Binding.TIGHT)[:1]
            ]
    return found


def _letters_together(parser: Parser, first: Parse) -> Parse:
    """Indices without a word between them: sub i j, sub mu nu."""
    is_letter = isinstance(first.node, Letter | Number)
    while is_letter and _is_index(parser, first.end):
        second = parser.operands(first.end)[0]
        first = joined(first, second, Product("", first.node, second.node), Binding.TIGHT)
    return first


def _is_index(parser: Parser, at: int) -> bool:
    word = parser.word(at)
    following = parser.word(at + 1)
    before = parser.word(at - 1)
    is_component = before in _COORDINATES  # v sub x i: the component along i
    is_letter = (word in COUNTING and not is_component) or word in ("mu", "nu") or word == before
    is_letter = is_letter or (word in _TENSOR and before in _TENSOR) or parser.is_glued(at)
    return is_letter and following not in ("of", "sub", "squared") and bool(parser.operands(at))


def _listed(parser: Parser, first: Parse) -> Parse:
    at = first.end
    if parser.words[at : at + 2] == [",", "comma"] and parser.word(at + 3) in ("", "."):
        first = first._replace(end=at + 1)  # W sub n, comma i
    elif parser.word(at) != "comma" and not _is_tight_comma(parser, at):
        return first
    if parser.word(first.end + 1) == "dot":
        return first  # a sub two comma dot dot dot
    if parser.word(first.end + 2) in ("sub", "subscript"):
        return first  # x sub one comma y sub one
    with parser.until(parser.stops | _IN_INDEX):
        seconds = parser.parse(first.end + 1, Binding.TIGHT)
    for second in seconds[:1]:
        items = first.node.items if isinstance(first.node, Listed) else (first.node,)
        node = Listed((*items, second.node))
        return _listed(parser, joined(first, second, node, Binding.LIST))
    return first


def _is_tight_comma(parser: Parser, at: int) -> bool:
    """A comma inside an index, as "sub i, j" is written; "x sub i, x" goes on with a list."""
    following, after = parser.word(at + 1), parser.word(at + 2)
    is_index = following in LATIN or following in GREEK or following in COUNTING
    return parser.word(at) == "," and is_index and after not in _NO_INDEX_BEFORE


def _with_term(parser: Parser, first: Parse, *, is_script: bool) -> list[Parse]:
    """n plus one stays together where counting letters are; the other way stays possible."""
    word = parser.word(first.end)
    if word not in ("plus", "minus"):
        return [first]
    second = parser.parse(first.end + 1, Binding.TIGHT)[:1]
    if not second or not _is_short_term(parser, second[0]):
        return [first]
    sign = "+" if word == "plus" else "-"
    longer = joined(first, second[0], Sum(sign, first.node, second[0].node), Binding.SUM)
    if parser.word(longer.end) == "power" or ENDINGS.match(parser.words, longer.end):
        return [longer]  # its end was told
    if _counts(first.node) and is_number_word(parser.word(first.end + 1)):
        return [longer, dearer(first, USUAL, "the script ends early")]
    return [first, dearer(longer, USUAL if is_script else UNLIKELY, "a longer script")]


def _is_short_term(parser: Parser, term: Parse) -> bool:
    is_plain = isinstance(term.node, Number | Letter)
    following = parser.word(term.end)
    return is_plain and (len(following) != 1 or not following.isalpha())


def _counts(node: Node) -> bool:
    """Whether this is an index such as n, 2n or j', to which one adds one."""
    core = node.right if isinstance(node, Product) else node
    base = getattr(core, "base", core)
    return isinstance(base, Letter) and base.text.lower() in COUNTING


def _ended(parser: Parser, parse: Parse) -> Parse:
    """Past "power" or a spoken end."""
    end = parse.end + (parser.word(parse.end) == "power")
    if parser.words[parse.end : parse.end + 2] == [",", "power"]:
        end = parse.end + 2
    ending = ENDINGS.match(parser.words, end)
    return parse._replace(end=ending[1] if ending else end)
