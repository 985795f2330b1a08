"""Datasets spoken by hibari and flite."""

from pathlib import Path

import numpy as np
import pytest

from agent.errors import EnvironmentNotReady
from evals.dataset.checks import find_problems
from evals.dataset.utterances import load_dataset
from evals.synthesis.dataset import synthesise
from evals.synthesis.voices import speak

MANIFEST = (
    "category\tphrase_id\ttranscript\tlatex\tsay\tvoices\n"
    "powers\tpow-1\tx squared\tx^2\t\tkal16 kal16+babble20\n"
    "pauses\tpause-1\ta over c\t\\frac{a}{c}\ta [700] over c\tkal16+white20 kal16\n"
)


def test_each_phrase_is_spoken_in_each_of_its_voices_and_conditions(tmp_path: Path) -> None:
    """The metadata say how every file was made."""
    (tmp_path / "phrases.tsv").write_text(MANIFEST)
    assert synthesise(tmp_path / "phrases.tsv", tmp_path / "out") == 4
    utterances = load_dataset(tmp_path / "out").utterances
    assert [(u.id, u.tags["noise"]) for u in utterances] == [
        ("pow-1-kal16", "none"),
        ("pow-1-kal16-babble20", "babble20"),
        ("pause-1-kal16-white20", "white20"),
        ("pause-1-kal16", "none"),
    ]
    assert find_problems(tmp_path / "out") == []
    paused = utterances[3].audio().duration_sec
    parts = [speak(words, "kal16").duration_sec for words in ("a", "over c")]
    assert paused == pytest.approx(sum(parts) + 0.7, abs=0.01)


def test_what_is_there_already_is_kept(tmp_path: Path) -> None:
    """A corrected transcript must not change the sound that others have measured."""
    (tmp_path / "phrases.tsv").write_text(MANIFEST)
    synthesise(tmp_path / "phrases.tsv", tmp_path)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "audio").iterdir()}
    synthesise(tmp_path / "phrases.tsv", tmp_path)
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_a_voice_says_the_same_each_time() -> None:
    """Figures of two machines are compared."""
    for voice in ("heart", "kal16"):
        once, again = speak("x squared", voice), speak("x squared", voice)
        assert np.array_equal(once.samples, again.samples)


def test_the_natural_voice_speaks_where_no_other_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It needs no Debian package, and its recordings say whose they are."""
    monkeypatch.setenv("PATH", "")
    (tmp_path / "phrases.tsv").write_text(MANIFEST.replace("kal16 kal16+babble20", ""), "utf-8")
    with pytest.raises(EnvironmentNotReady, match="or use the voice heart"):
        synthesise(tmp_path / "phrases.tsv", tmp_path / "out")
    (tmp_path / "phrases.tsv").write_text(
        MANIFEST.partition("pauses")[0].replace("kal16 kal16+babble20", "")
    )
    assert synthesise(tmp_path / "phrases.tsv", tmp_path / "out") == 1
    (made,) = load_dataset(tmp_path / "out").utterances
    assert (made.id, made.tags["speaker"], made.tags["voice"]) == (
        "pow-1-heart",
        "heart",
        "hibari-heart",
    )
    assert 0.5 < made.audio().duration_sec < 3
    assert find_problems(tmp_path / "out") == []


def test_flite_reads_the_letter_and_the_article_apart() -> None:
    """It takes every "a" for the article, unless it is spelled."""
    assert np.array_equal(speak("a plus b", "kal16").samples, speak("ay plus b", "kal16").samples)
    article, letter = speak("a half", "kal16"), speak("ay half", "kal16")
    assert len(article.samples) != len(letter.samples)


def test_without_flite_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a Debian package, not one of ours."""
    monkeypatch.setenv("PATH", "")
    with pytest.raises(EnvironmentNotReady, match="apt-get install flite"):
        speak("x", "kal16")
