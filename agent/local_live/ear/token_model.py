"""The token n-grams of spoken mathematics and general English: built once, then read.

`python -m agent.local_live.ear.token_model [FOLDER]` builds those of the model in FOLDER, by default
of the installed one.
"""

import asyncio
import hashlib
import logging
import sys
import time
import zipfile
from asyncio.subprocess import PIPE
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

import numpy as np
from platformdirs import user_cache_path

from agent.errors import EnvironmentNotReady
from agent.local_live.ear import boost, bpe, corpus, english_pairs, token_ngrams
from agent.local_live.ear.boost import TokenBoost, TokenNgrams, token_classes
from agent.local_live.ear.bpe import Bpe
from agent.local_live.ear.moonshine import installed_model, read_tokenizer
from agent.local_live.ear.token_ngrams import Floats, Ints, Rows
from agent.local_live.ear.tokenizer import BEGIN, END

log = logging.getLogger(__name__)
N_SENTENCES = 200_000
BUILD_SEC = 9  # eight measured on one core
SEED = 1
ORDER = 4
# The recogniser sometimes cuts a word in another way than the merges do.
OTHERWISE_CUT = 0.15  # of the longer words
LONG_WORD = 4  # letters
DROPOUT = 0.1
N_OTHERS = 16  # cuts of a longer word
# Everything that the file depends on, besides the tokens.
SOURCES: tuple[ModuleType, ...] = (boost, bpe, corpus, english_pairs, token_ngrams)


async def ensure_built(folder: Path) -> None:
    """Build the n-grams for the tokens of the model in `folder` where no whole file of them is cached.

    Raises EnvironmentNotReady when that fails.
    """
    if read(cached_path(read_tokenizer(folder).texts)) is not None:
        return
    log.info("building the language model (about %d s, once)", BUILD_SEC)
    started_sec = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, str(folder), stderr=PIPE
    )
    try:
        _, stderr = await process.communicate()
    except asyncio.CancelledError:
        process.kill()
        raise
    if process.returncode:
        last = stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise EnvironmentNotReady(last[0] if last else "The language model could not be built.")
    log.info("built the language model in %.1f s", time.monotonic() - started_sec)


def load_boost(texts: Sequence[str]) -> TokenBoost:
    """What the cached n-grams make of these tokens. EnvironmentNotReady where none are."""
    path = cached_path(texts)
    ngrams = read(path)
    if ngrams is None:
        raise EnvironmentNotReady(f"The language model {path} is missing or damaged; start again.")
    return TokenBoost(texts, ngrams)


def cached_path(texts: Sequence[str]) -> Path:
    """Where the n-grams for these tokens are, or will be once built."""
    digest = hashlib.sha256("\n".join(texts).encode())
    digest.update(corpus.grammar_text().encode())
    digest.update(english_pairs.packed())
    for module in SOURCES:
        digest.update(Path(str(module.__file__)).read_bytes())
    digest.update(Path(__file__).read_bytes())
    folder = user_cache_path("spoken-maths-workbench") / "token-model"
    return folder / f"{digest.hexdigest()[:16]}.npz"


def read(path: Path) -> TokenNgrams | None:
    """The n-grams of a file; None where it isn't there or is damaged (each part has a checksum)."""
    try:
        with path.open("rb") as file, np.load(file) as parts:
            return TokenNgrams(
                parts["vocabulary"],
                parts["maths"],
                tuple(_unpacked(parts, f"maths_{order}") for order in range(2, ORDER + 1)),
                parts["english"],
                _unpacked(parts, "english_2"),
            )
    except (
        OSError,
        ValueError,
        KeyError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        zipfile.BadZipFile,
    ):
        return None


def build(path: Path, texts: Sequence[str], n_sentences: int = N_SENTENCES) -> None:
    """Write the file, which appears whole or not at all.

    Raises EnvironmentNotReady when it can't be written.
    """
    ngrams = train(texts, n_sentences)
    parts: dict[str, Ints | Floats] = {
        "vocabulary": ngrams.vocabulary,
        "maths": ngrams.maths,
        "english": ngrams.english,
    }
    parts |= _packed("english_2", ngrams.english_rows)
    for order, rows in enumerate(ngrams.maths_rows, 2):
        parts |= _packed(f"maths_{order}", rows)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=path.parent) as folder:
            draft = Path(folder, path.name)
            np.savez(draft, allow_pickle=False, **parts)
            draft.replace(path)
    except OSError as error:
        raise EnvironmentNotReady(
            f"The recogniser's language model can't be written to {path.parent} "
            f"({error.strerror}); make room there or allow writing."
        ) from error


def train(texts: Sequence[str], n_sentences: int) -> TokenNgrams:
    """The n-grams of generated mathematics and of general English, in classes of these tokens."""
    classes = token_classes(texts)
    n_classes = int(classes.max()) + 1
    begin = int(classes[BEGIN])
    cutter = Bpe(texts)
    stream = classes[_stream(corpus.generate_sentences(n_sentences, SEED), cutter)]
    vocabulary = np.unique(stream[stream != begin])
    english, english_rows = english_pairs.token_rows(
        english_pairs.load_word_pairs(),
        lambda word: classes[list(_cut_english(word, cutter))],
        n_classes,
        vocabulary,
    )
    maths_rows = tuple(
        token_ngrams.count_rows(stream, order, begin, n_classes, vocabulary)
        for order in range(2, ORDER + 1)
    )
    maths = token_ngrams.unigram(stream[stream != begin], vocabulary)
    return TokenNgrams(vocabulary, maths, maths_rows, english, english_rows)


def _stream(sentences: Iterable[list[str]], cutter: Bpe) -> Ints:
    """All sentences' tokens in one row, each sentence with its marks."""
    random = Random(SEED)  # noqa: S311 (no secret)
    cuts = lru_cache(maxsize=None)(lambda word: _cuts(word, cutter))
    tokens: list[int] = []
    for words in sentences:
        tokens += (BEGIN,) * (ORDER - 1)
        for word in words:
            usual, *others = cuts(word)
            is_usual = not others or random.random() >= OTHERWISE_CUT
            tokens += usual if is_usual else others[int(random.random() * len(others))]
        tokens.append(END)
    return np.array(tokens)


def _cuts(word: str, cutter: Bpe) -> list[tuple[int, ...]]:
    """How a word is cut, and for a longer one what other cuts chance gave ("a." is the letter a)."""
    word = word.rstrip(".")
    n_others = N_OTHERS if len(word) >= LONG_WORD else 0
    random = Random(word)  # noqa: S311 (no secret)
    return [cutter.encode(word), *(cutter.dropped(word, random, DROPOUT) for _ in range(n_others))]


def _cut_english(word: str, cutter: Bpe) -> tuple[int, ...]:
    marks = {english_pairs.BEGIN: (BEGIN,), english_pairs.END: (END,)}
    return marks.get(word) or cutter.encode(word)


def _packed(name: str, rows: Rows) -> dict[str, Ints | Floats]:
    return {f"{name}_{field.name}": getattr(rows, field.name) for field in fields(rows)}


def _unpacked(parts: Mapping[str, Any], name: str) -> Rows:
    return Rows(**{field.name: parts[f"{name}_{field.name}"] for field in fields(Rows)})


if __name__ == "__main__":
    try:
        known = read_tokenizer(Path(sys.argv[1]) if sys.argv[1:] else installed_model()).texts
        build(cached_path(known), known)
    except EnvironmentNotReady as error:
        sys.exit(str(error))
