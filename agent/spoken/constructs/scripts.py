"""What an exponent and an index have in common: letters together, n plus one, a spoken end."""

from agent.spoken.constructs.groups import ENDINGS
from agent.spoken.parsing.binding import Binding, Parse, dearer, joined
from agent.spoken.parsing.nodes import Letter, Node, Number, Product, Sum
from agent.spoken.parsing.parser import Parser
from agent.spoken.parsing.prices import UNLIKELY, USUAL
from agent.spoken.vocabulary.letters import COUNTING
from agent.spoken.vocabulary.numbers import is_number_word
from agent.spoken.vocabulary.table import Table

_COORDINATES = frozenset("xyz")
_TENSOR = frozenset("abcd")
SCRIPT_SIGNS = Table({"plus or minus|plus minus": "\\pm", "plus": "+", "minus": "-", "star": "*"})


def letters_together(parser: Parser, first: Parse) -> Parse:
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


def with_term(parser: Parser, first: Parse, *, is_script: bool) -> list[Parse]:
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
        return [longer]  # its end was said
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


def ended(parser: Parser, parse: Parse) -> Parse:
    """Past "power" or a spoken end."""
    end = parse.end + (parser.word(parse.end) == "power")
    if parser.words[parse.end : parse.end + 2] == [",", "power"]:
        end = parse.end + 2
    ending = ENDINGS.match(parser.words, end)
    return parse._replace(end=ending[1] if ending else end)
