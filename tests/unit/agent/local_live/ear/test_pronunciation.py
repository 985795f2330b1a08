"""Pronunciations of words that the dictionary lacks."""

from pathlib import Path

import pytest
from pocketsphinx import get_model_path

from agent.local_live.ear.pronunciation import dictionary_lines, read_dictionary, to_arpabet
from agent.voice import Synthesiser


@pytest.mark.parametrize(
    ("phonemes", "phones"),
    [
        ("ˈælfə", "AE L F AH"),  # stress left out
        ("ʧˈAn", "CH EY N"),
        ("fˈɔɹ", "F AO R"),
        ("ˈʌðəɹ", "AH DH ER"),  # two signs for one phone
        ("bˈɑTᵊl", "B AA T AH L"),
        ("ŋ!?", "NG"),  # what the table lacks is left out
        ("", ""),
    ],
)
def test_phonemes_become_arpabet(phonemes: str, phones: str) -> None:
    """PocketSphinx refuses a dictionary with one phone that it doesn't know."""
    assert to_arpabet(phonemes) == phones


def test_words_of_mathematics_get_phones_that_pocketsphinx_knows() -> None:
    """Words of mathematics are those that a general dictionary lacks."""
    synthesiser = Synthesiser()
    for word in ("alpha", "cosine", "secant", "nabla", "hypotenuse", "lambda"):
        phones = to_arpabet(synthesiser.phonemes(word)).split()
        assert len(phones) >= 4
        assert set(phones) <= known_phones()


def test_a_dictionary_line_for_each_way_to_say_a_word() -> None:
    """By hand before the dictionary, the dictionary before the voice's."""
    known = {"cosh": ("X",), "either": ("IY DH ER", "AY DH ER")}
    lines = list(dictionary_lines(["cosh", "either", "pi"], known))
    assert lines[:3] == [
        "cosh K AA SH\n",
        "either IY DH ER\n",
        "either(2) AY DH ER\n",
    ]
    assert lines[3:] == ["pi P AY\n"]


def test_mathematics_is_known_as_synthetic_voices_say_it_too() -> None:
    """The recordings that ship are spoken by flite, which says "co-sin" and "n t h"."""
    lines = list(dictionary_lines(["cosine", "nth"], {}))
    assert lines == [
        "cosine K OW S AY N\n",
        "cosine(2) K OW S IY N\n",
        "nth EH N TH\n",
        "nth(2) EH N T IY EY CH\n",
    ]


def test_the_dictionary_keeps_every_variant(tmp_path: Path) -> None:
    """The article is said in two ways; the letter is another word."""
    known = read_dictionary(Path(get_model_path("en-us/cmudict-en-us.dict")))
    assert known["a"] == ("AH", "EY")
    assert known["a."] == ("EY",)
    assert len(known) > 100_000


def known_phones() -> set[str]:
    known = read_dictionary(Path(get_model_path("en-us/cmudict-en-us.dict")))
    return {phone for sounds in known.values() for sound in sounds for phone in sound.split()}
