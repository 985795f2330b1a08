"""The recogniser's language model: smoothing, mixing, the general part, and the files."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from pocketsphinx import NGramModel, get_model_path

from agent.errors import EnvironmentNotReady
from agent.local_live.ear.backoff import BackoffModel, mix, to_arpa
from agent.local_live.ear.general_english import commonest, read_word_pairs
from agent.local_live.ear.kneser_ney import train
from agent.local_live.ear.language_model import LanguageModel, build, cached_model

WORDS = ["</s>", "<s>", "one", "plus", "two", "x"]
IDS = {word: i for i, word in enumerate(WORDS)}
SUMS = [text.split() for text in ("one plus two", "two plus one", "x plus one", "one plus two")]
PRODUCTS = [text.split() for text in ("two x", "one x plus two x", "x")]
GENERAL = Path(get_model_path("en-us/en-us.lm.bin"))
BUILD = """
import sys
from pathlib import Path
from agent.local_live.ear.language_model import LanguageModel, build
build(LanguageModel(Path(sys.argv[1], "m.lm.bin"), Path(sys.argv[1], "m.dict")), 2000)
"""


def test_words_after_any_two_words_sum_to_one() -> None:
    """A back-off weight that is wrong favours or starves whole families of sentences."""
    for model in (sums(), products(), mix(sums(), products(), 0.3)):
        n = len(WORDS)
        for first in range(n):
            for second in range(n):
                if second == IDS["</s>"]:
                    continue
                keys = (first * n + second) * n + np.arange(n)
                assert model.after_two(keys).sum() == pytest.approx(1, abs=1e-6)


def test_what_was_seen_is_likelier_than_what_was_not() -> None:
    """The least that a language model is for."""
    assert after(sums(), "one", "plus", "two") > 3 * after(sums(), "one", "plus", "x")
    assert after(sums(), "one", "plus", "x") > 0


def test_trigrams_seen_once_are_left_out() -> None:
    """They triple the file and hear no better."""
    n = len(WORDS)
    kept = {tuple(np.unravel_index(key, (n, n, n))) for key in sums().trigrams}
    assert (IDS["one"], IDS["plus"], IDS["two"]) in kept
    assert (IDS["x"], IDS["plus"], IDS["one"]) not in kept


def test_a_mixture_lies_between_its_parts() -> None:
    """Half maths, half English: neither may be drowned."""
    mixed = mix(sums(), products(), 0.25)
    for words in (("one", "plus", "two"), ("<s>", "two", "x")):
        low, high = sorted([after(sums(), *words), after(products(), *words)])
        assert low <= after(mixed, *words) <= high
    key = np.array([IDS["one"] * len(WORDS) + IDS["x"]])
    expected = 0.25 * sums().after_one(key) + 0.75 * products().after_one(key)
    assert mixed.after_one(key) == pytest.approx(expected)


def test_pocketsphinx_reads_the_same_probabilities(tmp_path: Path) -> None:
    """The ARPA file is what is decoded with; a wrong column would go unnoticed."""
    (tmp_path / "m.arpa").write_text(to_arpa(sums(), WORDS))
    model = NGramModel.readfile(str(tmp_path / "m.arpa"))
    for words in (("one", "plus", "two"), ("two", "plus", "x"), ("x", "x", "one")):
        newest_first = list(reversed(words))
        assert 1.0001 ** model.prob(newest_first) == pytest.approx(after(sums(), *words), rel=0.01)


def test_the_general_part_is_read_as_pocketsphinx_reads_it() -> None:
    """The format is unpacked by hand; its own reader is the judge."""
    pairs = read_word_pairs(GENERAL)
    judge = NGramModel.readfile(str(GENERAL))
    for i in np.random.default_rng(1).integers(0, len(pairs.word), 200):
        word, before = pairs.words[pairs.word[i]], pairs.words[pairs.before[i]]
        expected = judge.prob([word, before]) * np.log(1.0001)
        assert pairs.pair_log_prob[i] == pytest.approx(expected, abs=1e-3), (before, word)


def test_the_general_part_keeps_common_words_and_no_rude_ones() -> None:
    """A pupil's page shows whatever the recogniser guesses in the middle of a word."""
    pairs = read_word_pairs(GENERAL)
    kept = commonest(pairs, 5000, 3e-6, set(pairs.words))
    assert len(kept.words) == 5002  # and both sentence marks
    assert {"the", "question", "help", "class", "pass", "<s>", "</s>"} <= set(kept.words)
    assert not {"fuck", "shit", "bitch", "asshole"} & set(kept.words)
    assert len(kept.word) == len(kept.before) == len(kept.pair_log_prob) > 10_000


def test_another_file_than_a_language_model_is_refused(tmp_path: Path) -> None:
    """A broken installation is told in one sentence."""
    (tmp_path / "en-us.lm.bin").write_bytes(b"Trie Language Model\x05 and no more")
    with pytest.raises(EnvironmentNotReady, match="reinstall pocketsphinx"):
        read_word_pairs(tmp_path / "en-us.lm.bin")


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    """Scores of two machines can be compared only when both hear with the same model."""
    builds = []
    for seed in ("1", "2"):
        (tmp_path / seed).mkdir()
        command = [sys.executable, "-c", BUILD, str(tmp_path / seed)]
        builds.append(subprocess.Popen(command, env={**os.environ, "PYTHONHASHSEED": seed}))
    assert [process.wait(60) for process in builds] == [0, 0]
    for name in ("m.lm.bin", "m.dict"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


def test_two_processes_may_build_in_one_place_at_once(tmp_path: Path) -> None:
    """The page and an evaluation started together on a fresh machine do just that."""
    command = [sys.executable, "-c", BUILD, str(tmp_path)]
    builds = [subprocess.Popen(command) for _ in range(2)]
    assert [process.wait(60) for process in builds] == [0, 0]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["m.dict", "m.lm.bin"]
    NGramModel.readfile(str(tmp_path / "m.lm.bin"))


def test_a_place_that_can_not_be_written_is_named(tmp_path: Path) -> None:
    """A full disk or a read-only home is the user's to mend."""
    (tmp_path / "file").write_text("")
    folder = tmp_path / "file" / "language-model"
    with pytest.raises(EnvironmentNotReady, match="can't be written"):
        build(LanguageModel(folder / "m.lm.bin", folder / "m.dict"), 10)


def test_the_model_lies_in_the_users_cache_under_the_hash_of_its_recipe() -> None:
    """A changed grammar must never be heard with yesterday's model."""
    model = cached_model()
    assert "spoken-maths-workbench" in model.ngrams.parts
    assert model.ngrams.name.removesuffix(".lm.bin") == model.dictionary.stem


def sums() -> BackoffModel:
    return train(SUMS, IDS)


def products() -> BackoffModel:
    return train(PRODUCTS, IDS)


def after(model: BackoffModel, first: str, second: str, word: str) -> float:
    n = len(WORDS)
    key = (IDS[first] * n + IDS[second]) * n + IDS[word]
    return float(model.after_two(np.array([key]))[0])
