"""What hibari is asked to say for letters, symbols, functions and numbers."""

import re

import pytest

from agent.spoken.constructs.applications import FUNCTIONS
from agent.spoken.vocabulary.letters import CAPITAL_GREEK, GLUED, GREEK, LATIN
from agent.spoken.vocabulary.numbers import LETTER_ORDINALS
from agent.spoken.vocabulary.symbols import GREEK_LETTERS, SIGNS
from agent.voice import Synthesiser, pronounced

LETTERS = {
    **{"a": "ˈA", "b": "bˈi", "c": "sˈi", "d": "dˈi", "e": "ˈi", "f": "ˈɛf", "g": "ʤˈi"},
    **{"h": "ˈAʧ", "i": "ˈI", "j": "ʤˈA", "k": "kˈA", "l": "ˈɛl", "m": "ˈɛm", "n": "ˈɛn"},
    **{"o": "ˈO", "p": "pˈi", "q": "kjˈu", "r": "ˈɑɹ", "s": "ˈɛs", "t": "tˈi", "u": "jˈu"},
    **{"v": "vˈi", "w": "dˈʌbᵊlju", "x": "ˈɛks", "y": "wˈI", "z": "zˈi"},
}
NAMES = {
    **{"alpha": "ˈælfə", "beta": "bˈATə", "gamma": "ɡˈæmə", "delta": "dˈɛltə"},
    **{"epsilon": "ˈɛpsɪlˌɑn", "zeta": "zˈATə", "eta": "ˈATə", "theta": "θˈATə"},
    **{"iota": "IˈOTə", "kappa": "kˈæpə", "lambda": "lˈæmdə", "mu": "mjˈu", "nu": "nˈu"},
    **{"xi": "zˈI", "pi": "pˈI", "rho": "ɹˈO", "sigma": "sˈɪɡmə", "tau": "tˈW"},
    **{"upsilon": "ˈupsəlˌɑn", "phi": "fˈI", "chi": "kˈI", "psi": "sˈI", "omega": "OmˈAɡə"},
    **{"ell": "ˈɛl", "varphi": "vˈɑɹ fˈI"},
}
FUNCTION_WORDS = {
    **{"sine": "sˈIn", "sin": "sˈIn", "cosine": "kˈOsˌIn", "cos": "kˈɑs", "tan": "tˈæn"},
    **{"tangent": "tˈænʤənt", "secant": "sˈikˌænt", "sec": "sˈɛk", "cosecant": "kOsˈikənt"},
    **{"csc": "kOsˈikənt", "cosec": "kOsˈik", "cotangent": "kˌOtˈænʤᵊnt", "cot": "kˈɑt"},
    **{"arcsine": "ˈɑɹksIn", "arcsin": "ˌɑɹksˈIn", "arccosine": "ˌɑɹkkˈOsˌIn"},
    **{"arccos": "ˌɑɹkkˈɑs", "arctangent": "ˈɑɹktænʤənt", "arctan": "ˌɑɹktˈæn"},
    **{"sinh": "sˈɪnʧ", "cosh": "kˈɑʃ", "tanh": "tˈænʧ", "coth": "kˈɑθ", "sech": "sˈɛʧ"},
    **{"csch": "kOsˈɛʧ", "log": "lˈɔɡ", "logarithm": "lˈɔɡəɹˌɪðəm", "ln": "ˌɛlˈɛn"},
    **{"exp": "ˈɛksp", "exponential": "ˌɛkspənˈɛnʧᵊl", "max": "mˈæks", "min": "mˈɪn"},
    **{"gcd": "ʤˌisˌidˈi", "lcm": "ˌɛlsˌiˈɛm", "sup": "sˈʌp", "inf": "ˈɪnf", "det": "dˈɛt"},
}


@pytest.fixture(scope="module")
def synthesiser() -> Synthesiser:
    return Synthesiser()


def test_every_letter_is_pronounced_as_a_letter(synthesiser: Synthesiser) -> None:
    """Alone, in a formula, and where "a" would be the article."""
    assert set(LETTERS) == LATIN
    for letter, phonemes in LETTERS.items():
        assert synthesiser.phonemes(letter) == phonemes
        assert synthesiser.phonemes(f"{letter} sub n") == f"{phonemes} sˈʌb ˈɛn"
        assert synthesiser.phonemes(f"two {letter} over three").split()[1:-2] == phonemes.split()
        assert synthesiser.phonemes(f"{letter.upper()}.") == f"{phonemes}."


def test_every_greek_letter_is_pronounced_by_its_name(synthesiser: Synthesiser) -> None:
    """By its English name, and as a sign of its own."""
    assert set(NAMES) == set(GREEK)
    for name, phonemes in NAMES.items():
        assert synthesiser.phonemes(f"two {name} squared") == f"tˈu {phonemes} skwˈɛɹd"
    for sign, name in GREEK_LETTERS.items():
        assert synthesiser.phonemes(sign) == synthesiser.phonemes(name)
    for name in CAPITAL_GREEK:
        assert synthesiser.phonemes(f"capital {name}") == f"kˈæpəTᵊl {NAMES[name]}"


def test_differentials_and_ordinals_are_spelled_from_their_letters(
    synthesiser: Synthesiser,
) -> None:
    """ "dy" is no "die", and "kth" has no three letters."""
    for glued in GLUED:
        assert synthesiser.phonemes(glued) == f"{LETTERS['d']} {LETTERS[glued[1]]}"
    for ordinal, letter in LETTER_ORDINALS.items():
        assert synthesiser.phonemes(ordinal) == f"{LETTERS[letter]}θ"


def test_every_function_is_pronounced(synthesiser: Synthesiser) -> None:
    """Abbreviations as people say them; of other names no letter is swallowed."""
    for word, phonemes in FUNCTION_WORDS.items():
        assert synthesiser.phonemes(word) == phonemes, word
    for name, _ in FUNCTIONS.rows():
        assert synthesiser.phonemes(name), name


def test_every_sign_is_said_in_words(synthesiser: Synthesiser) -> None:
    """A sign that the voice drops changes the formula."""
    for sign in SIGNS:
        said = synthesiser.phonemes(f"x{sign} = 5")
        assert said.startswith("ˈɛks"), sign
        assert len(said.split()) >= 4, (sign, said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x² + 3x = 0", "x squared plus 3 x equals 0"),
        ("x^10", "x to the 10"),
        ("1/2 - a/b", "1 over 2 minus a over b"),
        ("(a+b)(c+d)", "a plus b, c plus d,"),
        ("f''(x)", "f double prime x,"),
        ("x-axis", "x axis"),
        ("naïve", "naive"),
        ("9" * 20, " ".join("9" * 20)),  # hibari has no name for such a number
        ("say [hello](/bug/)", "say hello over b u g over,"),  # nobody else sets phonemes
        ("", ""),
        ("[]{}", ""),
    ],
)
def test_written_mathematics_is_said_in_words(text: str, said: str) -> None:
    """Typed questions are read back."""
    assert re.sub(r"\[(\w+)\]\(/[^/]+/\)", r"\1", pronounced(text)) == said


@pytest.mark.parametrize(
    ("text", "is_letter"),
    [
        ("a plus b", True),
        ("from a to b", True),
        ("x approaches a", True),
        ("a one plus a two", True),
        ("a function of x", False),
        ("a half", False),
        ("a two by two matrix", False),
        ("a set", False),
    ],
)
def test_the_article_is_no_letter(text: str, is_letter: bool) -> None:
    """ "A" is the one word that is both."""
    assert ("[a](/ˈA/)" in pronounced(text)) == is_letter
