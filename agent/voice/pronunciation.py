"""How mathematics is pronounced: words as phonemes that hibari reads in their place.

The phonemes are those of misaki (https://github.com/hexgrad/misaki), with A as in say,
I as in sigh, O as in so, W as in now, ʤ as in gem and ʧ as in each.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from agent.spoken.vocabulary.letters import GLUED
from agent.spoken.vocabulary.numbers import LETTER_ORDINALS, PARTS, is_number_word
from agent.spoken.vocabulary.weights import is_prose_word
from agent.spoken.vocabulary.words import Word, split_words

LETTERS = {
    "a": "ˈA", "b": "bˈi", "c": "sˈi", "d": "dˈi", "e": "ˈi", "f": "ˈɛf", "g": "ʤˈi",
    "h": "ˈAʧ", "i": "ˈI", "j": "ʤˈA", "k": "kˈA", "l": "ˈɛl", "m": "ˈɛm", "n": "ˈɛn",
    "o": "ˈO", "p": "pˈi", "q": "kjˈu", "r": "ˈɑɹ", "s": "ˈɛs", "t": "tˈi", "u": "jˈu",
    "v": "vˈi", "w": "dˈʌbᵊlju", "x": "ˈɛks", "y": "wˈI", "z": "zˈi",
}  # fmt: skip
# Where hibari's dictionary lacks the word or has another one: a sin, the number sign "no."
PHONEMES = {
    **LETTERS,
    **{d_x: f"{LETTERS['d']} {LETTERS[d_x[1]]}" for d_x in GLUED},
    **{nth: f"{LETTERS[letter]}θ" for nth, letter in LETTER_ORDINALS.items()},
    "sin": "sˈIn", "csc": "kOsˈikənt", "cosec": "kOsˈik", "arcsin": "ˌɑɹksˈIn",
    "arccos": "ˌɑɹkkˈɑs", "arctan": "ˌɑɹktˈæn", "arccosine": "ˌɑɹkkˈOsˌIn",
    "sinh": "sˈɪnʧ", "tanh": "tˈænʧ", "csch": "kOsˈɛʧ", "lg": "lˈɔɡ", "sgn": "sˈIn",
    "xi": "zˈI", "varphi": "vˈɑɹ fˈI", "no": "nˈO",
}  # fmt: skip
# Signs by the parser's names for them, as people say them.
SAID = {"slash": "over", "caret": "to the", "vbar": "bar", "vbars": "double bar", ")": ","}
_POWERS = {"2": "squared", "3": "cubed"}
_PAUSES = frozenset(",.?!")
_UNSAID = frozenset("[]{}(<>\\\"“”'’`$#&@~|")
_NOUNS = frozenset(("set", "sum", "limit", "root", "product", "union", "number", "degree", "bit"))
_LATIN_WITH_ACCENT = re.compile(r"[À-ɏ]")
_HYPHEN = re.compile(r"(?<=[A-Za-z])-(?=[A-Za-z]{3})")  # x-axis, no difference
_LONGEST_NUMBER = 15  # digits; a longer one is said digit by digit


def pronounced(text: str) -> str:
    """The text as hibari is to read it: `[a](/ˈA/) squared` for "a²".

    Signs become words, and words of PHONEMES are followed by their phonemes.
    """
    plain = _LATIN_WITH_ACCENT.sub(lambda found: unicodedata.normalize("NFD", found[0])[0], text)
    said: list[str] = []
    for piece in _pieces(split_words(_HYPHEN.sub(" ", plain))):
        if piece not in _PAUSES:
            said.append(piece)
        elif said and said[-1][-1] not in _PAUSES:
            said[-1] += piece
    return " ".join(said)


def _pieces(words: Sequence[Word]) -> Iterator[str]:
    for at, word in enumerate(words):
        following = words[at + 1].text if at + 1 < len(words) else ""
        if is_article(words, at):
            yield word.said
        elif word.text in PHONEMES:
            yield f"[{word.said}](/{PHONEMES[word.text]}/)"
        elif word.text == "caret" and following in _POWERS:
            continue
        elif word.text in _POWERS and at and words[at - 1].text == "caret":
            yield _POWERS[word.text]
        elif word.text not in _UNSAID:
            yield from _plain(word)


def _plain(word: Word) -> Iterator[str]:
    digits = word.text.replace(".", "")
    if digits.isdigit() and len(digits) > _LONGEST_NUMBER:
        yield from ("point" if digit == "." else digit for digit in word.text)
    else:
        yield SAID.get(word.text, word.said)


def is_article(words: Sequence[Word], at: int) -> bool:
    """Whether the word at `at` is an "a" that is no letter: a half, a two by two matrix."""
    if words[at].text != "a":
        return False
    after, second = (*(word.text for word in words[at + 1 : at + 3]), "", "")[:2]
    if is_number_word(after):
        return second == "by"
    return after in PARTS or after in _NOUNS or is_prose_word(after)
