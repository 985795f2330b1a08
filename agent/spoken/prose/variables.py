"""Letters that stand alone in a sentence: variables in technical prose, no formula elsewhere."""

from collections.abc import Sequence

from agent.spoken.parsing.nodes import Accented, Letter, Node, Product, Scripts, Symbol
from agent.spoken.vocabulary.letters import GREEK, LATIN
from agent.spoken.vocabulary.words import Word

_ENOUGH_WORDS = 8  # a shorter sentence with a letter is a pupil's: solve for x
_MANY_WORDS = 10
_TALK = frozenset(("i", "you", "my", "me", "your", "please", "i'm", "it's", "don't", "um"))
_TECHNICAL = frozenset(
    """
    let denote denotes denoted define defined given set sets subset value values function functions
    vector vectors matrix sequence parameter parameters constant element elements space spaces
    graph node nodes vertex vertices edge edges algebra field group ring domain component components
    term terms coefficient coefficients order degree dimension theorem section depends dependence
    curve manifold process cardinal cardinals sample samples variable variables map operator
    algorithm segment simplex union boundary polynomial equation equations distribution model
    models data metric measure observe assume suppose hence thus moreover respectively fixed finite
    infinite complex real regular contains containing corresponding expansion momentum spectrum
    representation irreducible vacuum hyperbolic system systems phase linear number numbers period
    construction construct cycles cycle word slope normal condition conditions algebraic dual rank
    case cases pairs root context form copies copy time length size index local isomorphic path tuple path formalism theory
    """.split()  # noqa: SIM905 (a list of words is read as words)
)
_EVERYDAY_GREEK = frozenset(("alpha", "beta", "gamma", "delta", "pi", "omega", "iota"))
# Behind one of these a letter is a name, and before one of those a part of a word.
_NAMING = frozenset(
    """
    vitamin plan type section flat room question exercise grade part page class figure table step option
    appendix team mr mrs dr letter chapter group size hepatitis big model plane platform gate
    terminal block level note key answer choice got
    """.split()  # noqa: SIM905
)
_GRADING = frozenset(("got", "get", "gets", "scored", "received", "earned", "with", "gave"))
_NAMED = frozenset(
    ("axis", "ray", "rays", "shirt", "mail", "turn", "wave", "major", "minor", "flat", "sharp")
)


def is_technical(words: Sequence[Word], has_formula: bool) -> bool:
    """Whether single letters in this text are variables: it has a formula, or reads like a paper."""
    texts = {word.text for word in words}
    n_words = sum(word.text[0].isalnum() for word in words)
    if has_formula and n_words >= _MANY_WORDS and not texts & _TALK:
        return True
    is_long = has_formula or n_words >= _ENOUGH_WORDS
    return is_long and any(
        word.text in _TECHNICAL or (word.text in GREEK and word.text not in _EVERYDAY_GREEK)
        for word in words
    )


def is_variable(words: Sequence[Word], at: int, end: int, node: Node) -> bool:
    """Whether the words `at` to `end` are a variable of their own."""
    if isinstance(node, Symbol):
        return "set" in (word.text for word in words[at:end])  # the set of real numbers
    if not _is_made_of_letters(node):
        return False
    before = words[at - 1] if at else None
    after = words[end] if end < len(words) else None
    is_named = before is not None and (before.text in _NAMING or _is_initial(words, at))
    is_grade = at > 1 and words[at - 1].text in ("a", "an") and words[at - 2].text in _GRADING
    is_part = after is not None and (after.text in _NAMED or _is_glued(words[end - 1], after))
    is_ending = before is not None and before.text == "(" and _is_bracket_of_word(words, at - 1)
    is_word = words[end - 1].said in ("a", "i", "I", "o") and isinstance(node, Letter)
    return not (is_named or is_grade or is_part or is_ending or is_word)


def _is_made_of_letters(node: Node) -> bool:
    if isinstance(node, Product):
        return not node.sign and all(map(_is_made_of_letters, (node.left, node.right)))
    if isinstance(node, Accented):
        return True
    return isinstance(node, Letter) or (isinstance(node, Scripts) and isinstance(node.base, Letter))


def _is_initial(words: Sequence[Word], at: int) -> bool:
    """The F of John F. Kennedy."""
    is_capital = words[at].said.isupper() and words[at].text in LATIN
    follows_name = words[at - 1].said[:1].isupper() and len(words[at - 1].said) > 1
    return (
        is_capital and follows_name and words[at + 1 : at + 2] != [] and words[at + 1].text == "."
    )


def _is_glued(word: Word, after: Word) -> bool:
    """The V of V803."""
    return word.end == after.start and after.text.isalnum()


def _is_bracket_of_word(words: Sequence[Word], at: int) -> bool:
    """The bracket of item(s)."""
    return at > 0 and words[at - 1].end == words[at].start and len(words[at - 1].text) > 1
