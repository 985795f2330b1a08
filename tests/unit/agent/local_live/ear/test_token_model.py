"""The boost's n-grams: built once, kept in a file, read by every worker."""

import os
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from agent.errors import EnvironmentNotReady
from agent.local_live.ear.boost import MAX_NATS, WEIGHT, TokenBoost, TokenNgrams, token_classes
from agent.local_live.ear.bpe import Bpe
from agent.local_live.ear.english_pairs import load_word_pairs
from agent.local_live.ear.moonshine import installed_model, read_tokenizer
from agent.local_live.ear.token_model import build, cached_path, read, train
from agent.local_live.ear.tokenizer import END

TEXTS = read_tokenizer(installed_model()).texts
N_SENTENCES = 3000


def test_the_bonus_is_never_a_loss_and_has_a_limit() -> None:
    """Whatever the text says, the sound must be able to say otherwise."""
    for words in ("", "the square root of", "i do not know", "x squared plus"):
        bonus = boost().bonus(tokens(words))
        assert bonus.shape == (len(TEXTS),)
        assert bonus.dtype == np.float32
        assert bonus.min() >= 0
        assert 0 < bonus.max() <= np.float32(WEIGHT * MAX_NATS)


@pytest.mark.parametrize(
    ("words", "likelier", "than"),
    [
        ("the square root", "of", "for"),
        ("x squared", "plus", "play"),
        ("sine of", "alpha", "album"),
        ("the integral from zero", "to", "two"),
        ("log", "base", "bass"),
        ("two", "x", "ex"),
    ],
)
def test_what_mathematics_says_gains_more_than_what_sounds_alike(
    words: str, likelier: str, than: str
) -> None:
    """That is all that the boost is for."""
    bonus = boost().bonus(tokens(words))
    assert bonus[tokens(likelier)[0]] > bonus[tokens(than)[0]]


@pytest.mark.parametrize("word", ["the", "and", "because", "people", "yesterday"])
def test_the_words_of_prose_gain_little(word: str) -> None:
    """English expects them as well."""
    assert boost().bonus(tokens("i think that"))[tokens(word)[0]] < WEIGHT * MAX_NATS / 2


def test_case_makes_no_difference() -> None:
    """The recogniser writes X in the middle of a sentence and x at its end."""
    small, capital = number("▁x"), number("▁X")
    for history in (tokens("two"), (number("▁Two"),)):
        bonus = boost().bonus(history)
        assert bonus[small] == bonus[capital] > 0
    assert (boost().bonus(tokens("two")) == boost().bonus((number("▁Two"),))).all()


def test_marks_and_the_end_gain_nothing() -> None:
    """Where a sentence ends the sound knows, and the generator's sentences are short."""
    bonus = boost().bonus(tokens("x squared plus one"))
    assert bonus[END] == 0
    assert [bonus[number(mark)] for mark in (",", ".", "?")] == [0, 0, 0]


def test_digits_hyphens_and_other_scripts_are_banned() -> None:
    """The parser takes words; "x-2" may be a difference or a name."""
    banned = boost().banned
    assert all(banned[number(text)] for text in ("1", "▁-", "▁+", "▁=", "²", "▁народ"))
    assert all(banned[3:259])
    assert not any(banned[number(text)] for text in ("▁x", "▁the", "▁X", ",", ".", "'"))
    assert not banned[END]


def test_no_token_of_generated_mathematics_is_banned() -> None:
    """A word that can't be written can't be heard."""
    ngrams = boost_ngrams()
    allowed = token_classes(TEXTS)[~boost().banned]
    assert set(ngrams.vocabulary.tolist()) <= set(allowed.tolist())


def test_the_english_that_ships_has_common_words_and_adds_up() -> None:
    """Half of the boost is what English says."""
    pairs = load_word_pairs()
    assert {"the", "question", "b", "<s>", "</s>"} <= set(pairs.words)
    assert len(pairs.words) > 10_000
    sums = np.bincount(pairs.before, pairs.pair_probability, len(pairs.words))
    assert sums.max() < 1.05  # rounded to a twentieth of a nat


def test_what_is_read_is_what_was_built(tmp_path: Path) -> None:
    """Every worker must boost alike."""
    path = tmp_path / "new" / "model.npz"
    build(path, TEXTS, N_SENTENCES)
    kept = read(path)
    assert kept is not None
    again = TokenBoost(TEXTS, kept)
    for words in ("", "x squared plus", "i do not know"):
        assert (again.bonus(tokens(words)) == boost().bonus(tokens(words))).all()
    assert [each.name for each in path.parent.iterdir()] == ["model.npz"]


def test_a_damaged_file_counts_as_none(tmp_path: Path) -> None:
    """A disk that filled up, a bit that flipped: it is built again, and nothing wrong is boosted."""
    path = tmp_path / "model.npz"
    assert read(path) is None
    build(path, TEXTS, 300)
    whole = path.read_bytes()
    middle = len(whole) // 2
    flipped = bytes([whole[middle] ^ 1])
    for damaged in (
        b"",
        b"no model",
        whole[:middle],
        whole[:middle] + flipped + whole[middle + 1 :],
    ):
        path.write_bytes(damaged)
        assert read(path) is None
    path.write_bytes(whole)
    assert read(path) is not None


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    """A full or protected disk: the embedded engine says so and does not start."""
    tmp_path.chmod(0o500)
    with pytest.raises(EnvironmentNotReady, match="make room there or allow writing"):
        build(tmp_path / "model.npz", TEXTS, 300)


def test_a_file_where_the_folder_should_be_is_one_sentence(tmp_path: Path) -> None:
    """The sentence names the folder and what to do."""
    (tmp_path / "cache").write_text("")
    with pytest.raises(EnvironmentNotReady, match="make room there or allow writing"):
        build(tmp_path / "cache" / "model.npz", TEXTS, 300)


def test_other_tokens_have_a_file_of_their_own() -> None:
    """A larger ear may cut words in another way."""
    assert cached_path(TEXTS) == cached_path(list(TEXTS))
    assert cached_path(TEXTS) != cached_path((*TEXTS[:-1], "▁other"))


def number(text: str) -> int:
    """The token of a text; single bytes, which come first, are no text."""
    return max(token for token, each in enumerate(TEXTS) if each == text)


def tokens(words: str) -> tuple[int, ...]:
    return tuple(token for word in words.split() for token in cutter().encode(word))


@cache
def cutter() -> Bpe:
    return Bpe(TEXTS)


@cache
def boost_ngrams() -> TokenNgrams:
    return train(TEXTS, N_SENTENCES)


@cache
def boost() -> TokenBoost:
    return TokenBoost(TEXTS, boost_ngrams())
