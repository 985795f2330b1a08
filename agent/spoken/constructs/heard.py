"""Letters and numbers that a recogniser heard as other words."""

from agent.spoken.parsing.binding import Binding, Parse
from agent.spoken.parsing.nodes import Letter, Node, Number, Product, Words
from agent.spoken.parsing.parser import Parser
from agent.spoken.parsing.prices import ALMOST_FREE, FAIR_CALL, USUAL
from agent.spoken.vocabulary.letters import HOMOPHONES, LATIN, NEVER_LIBERAL, NUMBER_HOMOPHONES
from agent.spoken.vocabulary.numbers import is_number_word
from agent.spoken.vocabulary.weights import is_prose_word

_LONGEST_NAME = 4  # words
_SHORT_WORDS = frozenset(
    """
    am an and any are as at be but by can did do end far few for get go got had has have he her him
    his how if in is it its let lot low may me my new no nor not now of off old on one or our out
    own per put say see set she so that the too try two up us use was way we who why yes yet you
    all day bit big end
    """.split()  # noqa: SIM905 (a list of words is read as words)
)
_HOMOPHONE_COST = FAIR_CALL
_KNOWN_COST = ALMOST_FREE  # of a homophone of a letter in use
_ASKING = frozenset(("plus", "minus", "times", "over", "equals"))
_VERBS = frozenset(("are", "be", "see", "you", "knew"))
_TELLING = frozenset(("squared", "cubed", "equals", "prime", "sub", "over"))


def read_quantity_name(parser: Parser, at: int) -> list[Parse]:
    """Angular frequency, mass: words where a quantity must stand, upright."""
    if "equals" not in parser.words and parser.words.count("times") < 2:
        return []
    end = at
    while end < len(parser.words) and end - at < _LONGEST_NAME and _is_name(parser, end):
        end += 1
    if end == at:
        return []
    node = Words(" ".join(parser.said[at:end]))
    return [Parse(end, node, USUAL, ("words as a quantity",), height=2)]


def _is_name(parser: Parser, at: int) -> bool:
    word = parser.words[at]
    is_used = parser.grammar.prefixes.match(parser.words, at) or parser.grammar.infixes.match(
        parser.words, at
    )
    return is_prose_word(word) and not is_used and word not in HOMOPHONES


def read_run_of_letters(parser: Parser, at: int) -> list[Parse]:
    """Letters that a recogniser wrote together: the ax of e to the ax."""
    said = parser.said[at] if at < len(parser.said) else ""
    is_word = not 1 < len(said) < 4 or not said.isalpha() or said.lower() in _SHORT_WORDS
    if is_word:
        return []
    node: Node = Letter(said[0])
    for letter in said[1:]:
        node = Product("", node, Letter(letter))
    return [Parse(at + 1, node, USUAL, ("letters written together",), Binding.ARGUMENT, 3)]


def _operand_must_stand(parser: Parser, at: int) -> bool:
    """Whether the words around can't do without an operand here."""
    word, following = parser.word(at), parser.word(at + 1)
    after_operator = at > 0 and parser.word(at - 1) in _ASKING
    if word in NUMBER_HOMOPHONES:
        return after_operator and (not following or following in LATIN or following in _ASKING)
    if following in _TELLING or (following in ("plus", "minus") and word not in _VERBS):
        return True
    if word == "pie":
        before = parser.word(at - 1)
        return is_number_word(before) or after_operator or before in ("of", "sine", "cosine", "tan")
    return after_operator and (not following or following in _ASKING)


def read_homophone(parser: Parser, at: int) -> list[Parse]:
    """A letter heard as another word, at a cost."""
    word = parser.word(at)
    is_liberal = parser.is_all_maths and word not in NEVER_LIBERAL
    if not is_liberal and not _operand_must_stand(parser, at):
        return []
    latex = HOMOPHONES[word]
    node: Node = Number(latex) if latex.isdigit() else Letter(latex)
    cost = _KNOWN_COST if latex in parser.known.letters else _HOMOPHONE_COST
    return [Parse(at + 1, node, cost, (f'"{word}" was meant as {latex}',))]
