"""Whether "a" and "i" are letters, or the article and the pronoun."""

from agent.spoken.constructs.sums import SUMS
from agent.spoken.parsing.parser import Parser
from agent.spoken.vocabulary.letters import GREEK, HOMOPHONES, LATIN
from agent.spoken.vocabulary.numbers import ORDINALS, is_number_word

# "a prime" and "a square" are things; with one of these behind them, the letter.
_THINGS = frozenset(("prime", "square", "cube", "given", "bar", "root"))
_AFTER_THINGS = frozenset(
    ("sub", "superscript", ",", "of", "equals", "plus", "minus", "times", "b", "c", "")
)
_BEFORE_SENTENCES = frozenset(("", ".", "?", "!", ",", "minus"))
_CLOSING = frozenset((",", ".", ")", "]", "}", "close", "end"))
_FUNCTIONS = frozenset(("sine", "cosine", "tangent", "sin", "cos", "tan", "log", "ln"))
_JOINING = frozenset(("and", "or", "from", "if", "where", "when", "to", "as", "d", "dx"))
_BEFORE_OF = frozenset(("over", "to", "of", "sub"))


def is_letter(parser: Parser, at: int) -> bool:
    """Whether the "a" or "i" at `at` is the letter, judged by the words around it."""
    word, following = parser.word(at), parser.word(at + 1)
    is_capital_a = parser.said[at] == "A" and parser.word(at - 1) not in _BEFORE_SENTENCES
    if is_capital_a or not following or _has_letter_beside(parser, at):
        return True
    if following in _JOINING:
        return at > 0
    if following == "of":
        is_called = len(parser.word(at + 2)) == 1 or word in parser.known.functions
        return is_called or parser.word(at - 1) in _BEFORE_OF
    if word == "a" and following in _THINGS:
        after = parser.word(at + 2)
        return after in _AFTER_THINGS or SUMS.match(parser.words, at + 2) is not None
    if word == "i" and (following in HOMOPHONES or following == "equal"):
        return False
    return following in _CLOSING or parser.grammar.infixes.match(parser.words, at + 1) is not None


def past_articles(parser: Parser, at: int) -> int:
    """The index after "the", and after an "a" that is no letter."""
    at += parser.word(at) == "the"
    return at + _is_article(parser, at)


def _is_article(parser: Parser, at: int) -> bool:
    """Whether "a" or "an" stands before a construct: a two by two matrix."""
    word = parser.word(at)
    if word not in ("a", "an") or (word == "a" and is_letter(parser, at)):
        return False
    return parser.grammar.prefixes.match(parser.words, at + 1) is not None


def _has_letter_beside(parser: Parser, at: int) -> bool:
    """a b, a theta, a sine x, a to the m."""
    following = parser.word(at + 1)
    if parser.word(at - 1) in ("sub", "subscript", "superscript"):
        return True
    is_raised = following == "to" and parser.word(at + 2) == "the"
    if is_raised:
        exponent = parser.word(at + 3)
        return len(exponent) == 1 or is_number_word(exponent) or exponent in ORDINALS
    if is_number_word(following):  # a one plus a two
        beside = (parser.word(at - 1), parser.word(at + 2))
        return any(word in ("plus", "minus", "equals", "times") for word in beside)
    return following in LATIN or following in GREEK or following in _FUNCTIONS
