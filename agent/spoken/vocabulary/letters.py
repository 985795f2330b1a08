"""Letters, symbols, and what is heard in their place."""

from agent.spoken.vocabulary.table import Table, by_meaning

_GREEK = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega"
_CAPITALS = "gamma delta theta lambda xi pi sigma upsilon phi psi omega"
GREEK = {name: f"\\{name}" for name in _GREEK.split()} | {"ell": "\\ell", "varphi": "\\varphi"}
CAPITAL_GREEK = {name: f"\\{name.capitalize()}" for name in _CAPITALS.split()}
CAPITAL_WORDS = frozenset(("capital", "uppercase", "upper", "big", "cap"))
SMALL_WORDS = frozenset(("lowercase", "lower", "small", "little"))
# A recogniser's word for a letter that is never repaired in a sentence.
NEVER_LIBERAL = frozenset(("to", "for", "oh", "the"))
LATIN = frozenset("abcdefghijklmnopqrstuvwxyz")
COUNTING = frozenset("ijklmnpqr")  # letters that an index is made of
GLUED = frozenset(f"d{letter}" for letter in "xytuvrszwhpqnmkfgl")  # dx written as one word

SYMBOLS = by_meaning(
    {
        "\\infty": "infinity",
        "\\emptyset": "empty set|null set",
        "\\mathbb{R}": "real numbers|reals|set of real numbers|set of all real numbers|all real numbers|set of reals|blackboard r|r real",
        "\\mathbb{Z}": "integers|set of integers|set of all integers|blackboard z",
        "\\mathbb{N}": "natural numbers|naturals|set of natural numbers|blackboard n",
        "\\mathbb{Q}": "rational numbers|rationals|set of rational numbers|blackboard q",
        "\\mathbb{C}": "complex numbers|set of complex numbers|blackboard c",
        "\\hbar": "h bar",
        "I": "identity matrix",
        "\\vec{0}": "zero vector",
        "\\dots": "dot dot dot|ellipsis|and so on",
        "\\nabla": "nabla|gradient|grad",
        "\\nabla^2": "del squared|nabla squared",
        "\\partial": "partial",
        "\\aleph": "aleph",
        "\\uparrow": "up arrow",
        "\\downarrow": "down arrow",
        "\\triangleleft": "triangle left|left triangle",
        "\\cdot": "center dot|centre dot",
        "*": "asterisk",
    }
)
# Heard where the letter was said; believed only where an operand must stand.
HOMOPHONES = {
    "why": "y", "wye": "y", "see": "c", "sea": "c", "ex": "x", "pie": "\\pi", "are": "r",
    "be": "b", "bee": "b", "eff": "f", "gee": "g", "jay": "j", "kay": "k", "el": "l",
    "em": "m", "en": "n", "pea": "p", "pee": "p", "cue": "q", "queue": "q", "tea": "t",
    "tee": "t", "you": "u", "zee": "z", "zed": "z", "fie": "\\phi", "fee": "\\phi", "mew": "\\mu",
    "knew": "\\nu", "eye": "i", "oh": "0", "to": "2", "too": "2", "for": "4", "ate": "8",
    "won": "1",
}  # fmt: skip
# Those that stand for a number and are the commonest words of prose.
NUMBER_HOMOPHONES = frozenset(("to", "too", "for", "ate", "won"))
FONTS = Table(
    {
        "bold": "mathbf",
        "boldface": "mathbf",
        "script": "mathcal",
        "calligraphic": "mathcal",
        "cal": "mathcal",
        "mathcal": "mathcal",
        "fraktur": "mathfrak",
        "blackboard bold|double struck|double struck capital": "mathbb",
        "script capital|script uppercase|script letter|calligraphic capital": "mathcal",
        "gothic letter|gothic|fraktur letter|fraktur capital|mathfrak": "mathfrak",
        "bold capital|bold face": "mathbf",
    }
)
LATE_FONTS = Table({"calligraphic": "mathcal", "double struck": "mathbb", "bold face": "mathbf"})
