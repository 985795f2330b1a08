"""Letters, symbols, and what is heard in their place."""

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
