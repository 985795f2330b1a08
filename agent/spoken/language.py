"""Whether a text is English; the parser's words are, and guessing in others would mislead."""

import unicodedata

from agent.errors import LanguageError

# Words of arithmetic that no English sentence has, by language.
_FOREIGN = {
    "German": "ist gleich und mal geteilt durch hoch wurzel aus quadrat eins zwei drei vier fünf sechs sieben acht neun zehn nicht eine einen größer kleiner von minus bruch",
    "French": "est égal égale et moins fois divisé par racine carrée carré deux trois quatre cinq sept huit neuf dix une les des sur puissance plus",
    "Spanish": "es igual más menos por dividido entre raíz cuadrada cuadrado uno dos tres cuatro cinco seis siete ocho nueve diez una los las elevado",
    "Italian": "è uguale più meno diviso radice quadrata quadrato uno due tre quattro cinque sei sette otto nove dieci della alla",
    "Portuguese": "é igual mais menos vezes dividido raiz quadrada quadrado um dois três quatro cinco seis sete oito nove dez uma",
    "Dutch": "is gelijk aan keer gedeeld door wortel kwadraat een twee drie vier vijf zes zeven acht negen tien het niet tot macht van",
}
# Those that English text has too, as words or as names of symbols.
_SHARED = "is by per plus minus des sur a an as due par sei es et um tot van door"
_ENGLISH = frozenset(_SHARED.split())
_WORDS = {language: frozenset(words.split()) - _ENGLISH for language, words in _FOREIGN.items()}
_SCRIPTS = ("LATIN", "GREEK", "MATHEMATICAL", "DOUBLE-STRUCK", "SCRIPT", "MODIFIER", "SUPERSCRIPT")
_MAX_CHARACTERS = 4_000


def require_english(text: str) -> None:
    """Raise `LanguageError` for a text in another language or script.

    A single foreign word, a name or a quotation is no other language: half of the words must be.
    """
    shown = text[:_MAX_CHARACTERS].lower()
    letters = [character for character in shown if character.isalpha()]
    n_other = sum(not unicodedata.name(c, "").startswith(_SCRIPTS) for c in letters)
    if 2 * n_other > len(letters):
        raise LanguageError("expected English, got another script; say the formula in English")
    words = [word.strip(".,;:?!") for word in shown.split()]
    spoken = [word for word in words if len(word) > 1 and word.isalpha()]
    for language, foreign in _WORDS.items():
        n_foreign = sum(word in foreign for word in spoken)
        if n_foreign > 1 and 2 * n_foreign >= len(spoken):
            raise LanguageError(
                f"expected English, got what looks like {language}; say the formula in English"
            )
