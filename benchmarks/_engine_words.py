"""Word errors and exact formulas of the embedded recogniser on phrases it was not built from."""

import asyncio
import csv
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from agent.audio import STUDENT_RATE_HZ, Pcm16
from agent.local_live.ear.recogniser import MoonshineRecogniser
from agent.local_live.ear.recogniser_protocol import Heard
from agent.spoken import annotate
from evals.notation import Katex, score_notation
from evals.scoring.words import WordErrors, corpus_words, word_errors
from evals.synthesis.voices import VOICES, speak

HELD_OUT = Path(__file__).with_name("held_out.tsv")
AT_A_TIME = 4
PAUSE_SEC = 0.6
NOISE_SNR_DB = 20.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase: what kind it is, its words, and the accepted formulas."""

    kind: str
    words: str
    latex: tuple[str, ...]

    @property
    def reference(self) -> str:
        return self.words.replace("a.", "a")


def read_phrases() -> list[Phrase]:
    """The phrases held out."""
    with HELD_OUT.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Phrase(
            row["kind"],
            row["transcript"],
            tuple(reading.strip() for reading in row["latex"].split(" | ") if reading.strip()),
        )
        for row in rows
    ]


def words_table() -> str:
    """One row for each condition and kind of phrase."""
    phrases = read_phrases()
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        rows = [
            *_rows("clean", phrases, _spoken(pool, phrases, say)),
            *_rows("a pause of 0.6 s inside", phrases, _spoken(pool, phrases, say_with_pause)),
            *_rows("white noise at 20 dB", phrases, _spoken(pool, phrases, say_in_noise)),
        ]
    head = f"{'condition':<26}{'phrases':<9}{'n':>4}{'WER':>7}" + "".join(
        f"{voice:>7}" for voice in VOICES
    )
    return "\n".join([f"{head}  exact_spoken (of the words themselves)", *rows])


def say(phrase: Phrase, voice: str) -> Pcm16:
    """The phrase as it is."""
    return speak(phrase.reference, voice)


def say_with_pause(phrase: Phrase, voice: str) -> Pcm16:
    """The phrase in two parts, cut at a word that its text decides, with silence between."""
    words = phrase.reference.split()
    cut = 1 + len(phrase.reference) % max(len(words) - 1, 1)
    parts = [speak(" ".join(part), voice).samples for part in (words[:cut], words[cut:]) if part]
    pause = np.zeros(round(PAUSE_SEC * STUDENT_RATE_HZ), dtype=np.int16)
    return Pcm16(np.concatenate([parts[0], *(np.r_[pause, p] for p in parts[1:])]), STUDENT_RATE_HZ)


def say_in_noise(phrase: Phrase, voice: str) -> Pcm16:
    """The phrase with white noise, a hundredth of its power."""
    clean = speak(phrase.reference, voice).samples.astype(np.float64)
    power = np.mean(np.square(clean)) / 10 ** (NOISE_SNR_DB / 10)
    noise = np.random.default_rng(len(clean)).normal(0, np.sqrt(power), len(clean))
    return Pcm16(np.clip(clean + noise, -32768, 32767).astype(np.int16), STUDENT_RATE_HZ)


def _spoken(
    pool: ThreadPoolExecutor, phrases: Sequence[Phrase], how: Callable[..., Pcm16]
) -> list[list[Heard]]:
    """What was heard of each phrase, voice by voice."""
    clips = [list(pool.map(partial(how, voice=voice), phrases)) for voice in VOICES]
    return asyncio.run(_hear_all(clips))


async def _hear_all(clips: Sequence[Sequence[Pcm16]]) -> list[list[Heard]]:
    turns = asyncio.Semaphore(AT_A_TIME)
    async with MoonshineRecogniser() as recogniser:

        async def hear(clip: Pcm16) -> Heard:
            async with turns:
                stream = await recogniser.open()
                try:
                    await stream.feed(clip)
                    return await stream.finish()
                finally:
                    await stream.aclose()

        return [list(await asyncio.gather(*map(hear, voice))) for voice in clips]


def _rows(condition: str, phrases: Sequence[Phrase], heard: list[list[Heard]]) -> list[str]:
    rows = []
    with Katex() as katex:
        for kind in dict.fromkeys(phrase.kind for phrase in phrases):
            at = [i for i, phrase in enumerate(phrases) if phrase.kind == kind]
            errors = [
                [word_errors(phrases[i].reference, voice[i].text) for i in at] for voice in heard
            ]
            exact = _exact([phrases[i] for i in at] * len(VOICES), _texts(heard, at), katex)
            ceiling = _exact([phrases[i] for i in at], [phrases[i].reference for i in at], katex)
            wer = _percent([each for voice in errors for each in voice])
            voices = "".join(f"{_percent(voice):>7}" for voice in errors)
            n = len(at) * len(VOICES)
            rows.append(
                f"{condition:<26}{kind:<9}{n:>4}{wer:>7}{voices}  {exact:.3f} ({ceiling:.3f})"
            )
    return rows


def _texts(heard: list[list[Heard]], at: Sequence[int]) -> list[str]:
    return [voice[i].text for voice in heard for i in at]


def _exact(phrases: Sequence[Phrase], texts: Sequence[str], katex: Katex) -> float:
    """The share of phrases with a formula whose formulas in `texts` are exact as spoken."""
    pairs = [
        (phrase.latex, tuple(span.latex for span in annotate(text)))
        for phrase, text in zip(phrases, texts, strict=True)
    ]
    verdicts = [
        score.exact_spoken
        for score in score_notation(pairs, katex)
        if score.exact_spoken is not None
    ]
    return sum(verdicts) / len(verdicts)


def _percent(errors: Sequence[WordErrors]) -> str:
    wer = corpus_words(errors).wer
    return f"{100 * wer:.1f} %" if wer is not None else "-"
