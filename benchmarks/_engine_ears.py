"""What the recogniser's search and its boost are worth: words and formulas of recordings."""

import asyncio
import csv
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

import numpy as np

from agent.audio import Pcm16, read_audio, resample
from agent.audio.pcm import STUDENT_RATE_HZ
from agent.local_live.ear.beam import BeamSearch
from agent.local_live.ear.folding import folded
from agent.local_live.ear.greedy import decode_greedily
from agent.local_live.ear.moonshine import Floats, Moonshine, installed_model
from agent.local_live.ear.token_model import ensure_built, load_boost
from agent.spoken import annotate
from agent.spoken.speech.mishearings import mend
from agent.voice import Synthesiser
from benchmarks.accuracy import DATA
from evals.dataset.utterances import load_dataset
from evals.notation import Katex, score_notation
from evals.scoring.words import corpus_words, word_errors

SHIPPED = Path(__file__).parents[1] / "datasets" / "spoken-math-mini"
NATURAL = "hibari"
SAMPLED = {"reviewed_pairs": ("latex", 100), "mixed_sentences": ("sentence_latex", 40)}
SEED = 1

Decoder = Callable[[Floats], str]


@dataclass(frozen=True, slots=True)
class Clip:
    """A recording at 16 kHz, the words spoken in it and the accepted formulas."""

    sound: Floats
    words: str
    latex: tuple[str, ...]


def ears_table() -> str:
    """One row for each set of clips and way to search."""
    decoders = _decoders()
    rows = [f"{'clips':<34}{'n':>4}  {'search':<9}{'WER':>8}{'exact':>7}{'CPU s / s':>11}"]
    with Katex() as katex:
        for name, clips in _sets():
            rows += [
                _row(name, clips, search, decode, katex) for search, decode in decoders.items()
            ]
    return "\n".join(rows)


def _decoders() -> dict[str, Decoder]:
    asyncio.run(ensure_built(installed_model()))
    model = Moonshine()
    texts = model.tokenizer.texts
    plain, boosted = BeamSearch(model), BeamSearch(model, load_boost(texts))
    return {
        "greedy": lambda sound: model.tokenizer.text(decode_greedily(model, sound, plain.banned)),
        "beam": partial(_best, model, plain),
        "boosted": partial(_best, model, boosted),
    }


def _best(model: Moonshine, beam: BeamSearch, sound: Floats) -> str:
    return model.tokenizer.text(beam.search(sound)[0].tokens)


def _sets() -> Iterator[tuple[str, list[Clip]]]:
    shipped = load_dataset(SHIPPED).utterances
    natural = [each for each in shipped if each.tags["voice"].startswith(NATURAL)]
    robots = [each for each in shipped if not each.tags["voice"].startswith(NATURAL)]
    for name, utterances in (("natural voice: shipped", natural), ("flite: shipped", robots)):
        yield name, [_clip(each.audio(), each.transcript, each.latex) for each in utterances]
    voice = Synthesiser()
    for stem, (column, n_rows) in SAMPLED.items():
        rows = _read(DATA / f"{stem}.csv")
        chosen = Random(SEED).sample(rows, min(n_rows, len(rows)))  # noqa: S311 (no secret)
        yield (
            f"natural voice: {stem}",
            [
                _clip(voice.speak(row["spoken"], seed=SEED), row["spoken"], (row[column],))
                for row in chosen
            ],
        )
    folder = DATA / "human_clips"
    yield (
        "human readers",
        [
            _clip(
                read_audio(folder / row["file_name"]), row["transcript_unverified"], (row["latex"],)
            )
            for row in _read(folder / "clips.csv")
        ],
    )


def _clip(audio: Pcm16, words: str, latex: Sequence[str]) -> Clip:
    samples = resample(audio, STUDENT_RATE_HZ).samples
    return Clip(samples.astype(np.float32) / np.float32(2**15), words, tuple(latex))


def _read(path: Path) -> list[dict[str, str]]:
    """The rows of a table; none where the public data is not there."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _row(name: str, clips: Sequence[Clip], search: str, decode: Decoder, katex: Katex) -> str:
    started_sec = time.process_time()
    heard = [mend(folded(decode(clip.sound))) for clip in clips]
    cpu_sec = time.process_time() - started_sec
    sound_sec = sum(len(clip.sound) for clip in clips) / STUDENT_RATE_HZ
    errors = [word_errors(clip.words, text) for clip, text in zip(clips, heard, strict=True)]
    wer = corpus_words(errors).wer
    if wer is None:
        return f"{name:<34}{'-':>4}  not there: left out"
    return (
        f"{name:<34}{len(clips):>4}  {search:<9}{100 * wer:>6.1f} %"
        f"{_exact(clips, heard, katex):>7}{cpu_sec / sound_sec:>11.3f}"
    )


def _exact(clips: Sequence[Clip], heard: Sequence[str], katex: Katex) -> str:
    """The share of clips with a formula whose formulas are exact as spoken, of the words alone."""
    pairs = [
        (clip.latex, tuple(span.latex for span in annotate(text)))
        for clip, text in zip(clips, heard, strict=True)
    ]
    verdicts = [score.exact_spoken for score in score_notation(pairs, katex)]
    scored = [verdict for verdict in verdicts if verdict is not None]
    return f"{sum(scored) / len(scored):.2f}" if scored else "-"
