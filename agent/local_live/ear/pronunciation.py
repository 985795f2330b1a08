"""How words sound, in the phones of PocketSphinx's American English model (ARPAbet)."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from agent.voice import Synthesiser

# Where hibari and the dictionary are wrong or know one way of several. The last ways of
# a., cosine, secant, hypotenuse, sinh and nth are those of flite's voices.
BY_HAND = {
    "a.": ("EY", "AH"),
    "xi": ("Z AY", "K S AY"),
    "cosine": ("K OW S AY N", "K OW S IY N"),
    "secant": ("S IY K AE N T", "S IY K AH N T", "S IH K AH N T"),
    "hypotenuse": ("HH AY P AA T AH N UW S", "HH AY P OW T EH N UW Z"),
    "sinh": ("S IH N CH", "SH AY N", "S IH N"),
    "cosh": ("K AA SH",),
    "tanh": ("T AE N CH", "TH AE N"),
    "sech": ("S EH CH", "SH EH K"),
    "csch": ("K OW S EH CH",),
    "coth": ("K AA TH",),
    "arctan": ("AA R K T AE N",),
    "arcsin": ("AA R K S AY N",),
    "arccos": ("AA R K K AO S",),
    "cos": ("K AO S", "K OW S"),
    "nth": ("EH N TH", "EH N T IY EY CH"),
    "kth": ("K EY TH",),
    "mth": ("EH M TH",),
}
ARPABET = {
    **{"A": "EY", "I": "AY", "O": "OW", "W": "AW", "Y": "OY", "ɜɹ": "ER", "əɹ": "ER"},
    **{"i": "IY", "u": "UW", "ɑ": "AA", "ɔ": "AO", "æ": "AE", "ɛ": "EH", "ɪ": "IH", "ᵻ": "IH"},
    **{"ʊ": "UH", "ʌ": "AH", "ə": "AH", "ɐ": "AH", "ᵊ": "AH", "ŋ": "NG", "ʃ": "SH", "ʒ": "ZH"},
    **{"ʤ": "JH", "ʧ": "CH", "θ": "TH", "ð": "DH", "ɹ": "R", "T": "T", "ɡ": "G", "j": "Y"},
    **{"h": "HH", **{letter: letter.upper() for letter in "bdfklmnpstvwz"}},
}
LONGEST = max(map(len, ARPABET))


def read_dictionary(path: Path) -> dict[str, tuple[str, ...]]:
    """The pronunciations of each word of a CMU dictionary, first choice first."""
    sounds: dict[str, tuple[str, ...]] = {}
    for line in path.read_text("utf-8").splitlines():
        entry, _, phones = line.partition(" ")
        word = entry.partition("(")[0]
        sounds[word] = (*sounds.get(word, ()), phones.strip())
    return sounds


def dictionary_lines(words: Iterable[str], known: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """The words in PocketSphinx's dictionary format; unknown ones as the tutor's voice says them."""
    synthesiser: Synthesiser | None = None
    for word in words:
        sounds = BY_HAND.get(word) or known.get(word)
        if not sounds:
            synthesiser = synthesiser or Synthesiser()
            sounds = (to_arpabet(synthesiser.phonemes(word)),)
        for n, phones in enumerate(sounds, 1):
            yield f"{word} {phones}\n" if n == 1 else f"{word}({n}) {phones}\n"


def to_arpabet(phonemes: str) -> str:
    """The ARPAbet phones of misaki's phonemes, longest match first.

    Stress and whatever the table lacks are left out.
    """
    phones: list[str] = []
    text = phonemes.replace("ˈ", "").replace("ˌ", "")
    at = 0
    while at < len(text):
        size = next((n for n in range(LONGEST, 0, -1) if text[at : at + n] in ARPABET), 0)
        if size:
            phones.append(ARPABET[text[at : at + size]])
        at += size or 1
    return " ".join(phones)
