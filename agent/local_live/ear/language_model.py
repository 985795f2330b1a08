"""The recogniser's language model: spoken mathematics and general English in one."""

import hashlib
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from platformdirs import user_cache_path
from pocketsphinx import NGramModel, get_model_path

from agent.errors import EnvironmentNotReady
from agent.local_live.ear import backoff, corpus, general_english, kneser_ney, pronunciation

N_SENTENCES = 200_000
SEED = 1
MATHS_WEIGHT = 0.5
N_GENERAL_WORDS = 10_000
MIN_GAIN = 3e-6
MARKS = ("</s>", "<s>")
# Everything that the files' bytes depend on, besides PocketSphinx's own model.
SOURCES = (backoff, corpus, general_english, kneser_ney, pronunciation)


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """Two files of PocketSphinx: n-grams in its binary format, and the pronunciations."""

    ngrams: Path
    dictionary: Path

    @property
    def exists(self) -> bool:
        return self.ngrams.is_file() and self.dictionary.is_file()


def cached_model() -> LanguageModel:
    """Where the model is, or will be once built."""
    folder = user_cache_path("spoken-maths-workbench") / "language-model"
    stem = _recipe_hash()
    return LanguageModel(folder / f"{stem}.lm.bin", folder / f"{stem}.dict")


def build(model: LanguageModel, n_sentences: int = N_SENTENCES) -> None:
    """Write the model's files, the same bytes each time; each appears whole or not at all.

    Raises EnvironmentNotReady when they can't be written.
    """
    try:
        model.ngrams.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=model.ngrams.parent) as folder:
            draft = LanguageModel(Path(folder) / "x.lm.bin", Path(folder) / "x.dict")
            _write(draft, n_sentences)
            draft.dictionary.replace(model.dictionary)
            draft.ngrams.replace(model.ngrams)
    except OSError as error:
        raise EnvironmentNotReady(
            f"The recogniser's language model can't be written to {model.ngrams.parent} "
            f"({error.strerror}); make room there or allow writing."
        ) from error


def _write(draft: LanguageModel, n_sentences: int) -> None:
    known = pronunciation.read_dictionary(Path(get_model_path("en-us/cmudict-en-us.dict")))
    pairs = general_english.commonest(
        general_english.read_word_pairs(Path(get_model_path("en-us/en-us.lm.bin"))),
        N_GENERAL_WORDS,
        MIN_GAIN,
        set(known),
    )
    sentences = list(corpus.generate_sentences(n_sentences, SEED))
    words = sorted({*pairs.words, *MARKS, *(word for words in sentences for word in words)})
    word_ids = {word: i for i, word in enumerate(words)}
    maths = kneser_ney.train(sentences, word_ids)
    mixed = backoff.mix(maths, _as_backoff_model(pairs, word_ids), MATHS_WEIGHT)
    lines = pronunciation.dictionary_lines((w for w in words if w not in MARKS), known)
    draft.dictionary.write_text("".join(lines), "utf-8")
    arpa = draft.ngrams.with_suffix(".arpa")
    arpa.write_text(backoff.to_arpa(mixed, words), "utf-8")
    NGramModel.readfile(str(arpa)).write(str(draft.ngrams))


def _as_backoff_model(
    pairs: general_english.WordPairs, word_ids: dict[str, int]
) -> backoff.BackoffModel:
    ids = np.array([word_ids[word] for word in pairs.words])
    unigram = np.zeros(len(word_ids))
    unigram[ids] = np.exp(pairs.log_prob)
    bigrams = ids[pairs.before] * len(word_ids) + ids[pairs.word]
    order = np.argsort(bigrams)
    none = np.zeros(0, dtype=np.int64)
    return backoff.with_backoffs(
        unigram / unigram.sum(),
        bigrams[order],
        np.exp(pairs.pair_log_prob)[order],
        none,
        none.astype(np.float64),
    )


def _recipe_hash() -> str:
    digest = hashlib.sha256(corpus.grammar_text().encode())
    for module in SOURCES:
        digest.update(Path(str(module.__file__)).read_bytes())
    digest.update(Path(__file__).read_bytes())
    digest.update(version("pocketsphinx").encode())
    return digest.hexdigest()[:16]


if __name__ == "__main__":
    try:
        build(cached_model())
    except EnvironmentNotReady as error:
        sys.exit(str(error))
