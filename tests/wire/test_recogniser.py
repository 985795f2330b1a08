"""The recogniser in its worker processes, on the recordings that ship."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import jiwer
import numpy as np
import pytest
import pytest_asyncio

from agent.audio import STUDENT_RATE_HZ, TUTOR_RATE_HZ, Pcm16, silence
from agent.errors import AudioFormatError
from agent.local_live.ear.recogniser import MoonshineRecogniser, MoonshineStream
from agent.local_live.ear.recogniser_protocol import Heard
from evals.dataset.utterances import Utterance, load_dataset
from evals.synthesis.noise import add_noise, to_samples, white_noise
from tests.paths import DATASET

pytestmark = [pytest.mark.wire, pytest.mark.asyncio(loop_scope="module")]
OpenStream = Callable[[], Awaitable[MoonshineStream]]


@pytest.fixture(scope="module")
def utterances() -> list[Utterance]:
    """Ten shipped recordings with something said, evenly over the dataset."""
    everything = list(load_dataset(DATASET).utterances)
    return everything[:: len(everything) // 10][:10]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def recogniser() -> AsyncIterator[MoonshineRecogniser]:
    """A recogniser with its processes running, the same for all tests here."""
    async with MoonshineRecogniser() as recogniser:
        yield recogniser


@pytest_asyncio.fixture(loop_scope="module")
async def open_stream(recogniser: MoonshineRecogniser) -> AsyncIterator[OpenStream]:
    """Takes a decoder of the recogniser; the test's end gives it back."""
    async with AsyncExitStack() as stack:

        async def opened() -> MoonshineStream:
            stream = await recogniser.open()
            stack.push_async_callback(stream.aclose)
            return stream

        yield opened


def find(name: str) -> Utterance:
    return next(each for each in load_dataset(DATASET).utterances if each.id == name)


async def hear(stream: MoonshineStream, pcm: Pcm16, block_samples: int = 3200) -> Heard:
    for block in blocks(pcm, block_samples):
        await stream.feed(block)
    return await stream.finish()


def in_noise(pcm: Pcm16) -> Pcm16:
    return add_noise(pcm, white_noise([], len(pcm.samples), np.random.default_rng(1)), 20.0)


def blocks(pcm: Pcm16, n_samples: int) -> list[Pcm16]:
    starts = range(0, len(pcm.samples), n_samples)
    return [Pcm16(pcm.samples[at : at + n_samples], pcm.sample_rate_hz) for at in starts]


async def test_it_hears_what_is_said(open_stream: OpenStream, utterances: list[Utterance]) -> None:
    """The engine is there to be heard by: clean synthetic speech is mostly right."""
    stream = await open_stream()
    heard = [(await hear(stream, utterance.audio())).text for utterance in utterances]
    said = [plain(utterance.transcript) for utterance in utterances]
    assert jiwer.wer(said, heard) < 0.3, list(zip(said, heard, strict=True))


async def test_it_hears_through_steady_noise(
    open_stream: OpenStream, utterances: list[Utterance]
) -> None:
    """A fan in the room, a tenth as loud as the voice."""
    stream = await open_stream()
    heard = [(await hear(stream, in_noise(utterance.audio()))).text for utterance in utterances]
    said = [plain(utterance.transcript) for utterance in utterances]
    assert jiwer.wer(said, heard) < 0.45, list(zip(said, heard, strict=True))


async def test_words_appear_while_one_speaks(open_stream: OpenStream) -> None:
    """The page shows the words as they come."""
    stream = await open_stream()
    spoken = [find(name).audio().samples for name in ("none-4-kal16", "arithmetic-1-rms")]
    pcm = Pcm16(np.concatenate(spoken), STUDENT_RATE_HZ)
    interims = [await stream.feed(block) for block in blocks(pcm, 3200)]
    final = await stream.finish()
    assert interims[0] == ""
    assert len(set(interims)) >= 5
    assert jiwer.wer(final.text, interims[-1]) < 0.4


async def test_words_have_times_and_confidence(
    open_stream: OpenStream, utterances: list[Utterance]
) -> None:
    """Pauses are evidence of what belongs together; doubt is worth showing."""
    stream = await open_stream()
    for utterance in utterances[:4]:
        pcm = utterance.audio()
        heard = await hear(stream, pcm)
        assert " ".join(word.text for word in heard.words) == heard.text
        times = [sec for word in heard.words for sec in (word.start_sec, word.end_sec)]
        assert times == sorted(times)
        assert times[-1] <= pcm.duration_sec + 0.1
        assert all(0 <= word.confidence <= 1 for word in heard.words)


async def test_alternatives_differ_and_hold_the_text(open_stream: OpenStream) -> None:
    """The parser and the page choose among them; a repeated one is no choice."""
    stream = await open_stream()
    for name in ("powers-3-heart", "greek-3-heart", "sums-2-slt", "derivatives-1-kal16"):
        heard = await hear(stream, find(name).audio())
        assert heard.text in heard.alternatives
        assert len(set(heard.alternatives)) == len(heard.alternatives)
        assert 2 <= len(heard.alternatives) <= 10


@pytest.mark.parametrize("block_samples", [160, 333, 3200, 10**6])
async def test_chunks_may_have_any_size(
    open_stream: OpenStream, utterances: list[Utterance], block_samples: int
) -> None:
    """A browser sends 20 ms, a replay a whole clip."""
    pcm = utterances[0].audio()
    heard = await hear(await open_stream(), pcm, block_samples)
    assert heard.text == (await hear(await open_stream(), pcm)).text


@pytest.mark.parametrize("n_samples", [0, 1, 200, 8000])
async def test_next_to_nothing_is_heard_as_nothing(open_stream: OpenStream, n_samples: int) -> None:
    """A button pressed by mistake makes such an utterance."""
    stream = await open_stream()
    heard = await hear(stream, silence(n_samples / STUDENT_RATE_HZ, STUDENT_RATE_HZ))
    assert heard == Heard("")
    assert await stream.finish() == Heard("")


async def test_an_empty_chunk_keeps_the_hypothesis(
    open_stream: OpenStream, utterances: list[Utterance]
) -> None:
    """A feed gives the whole hypothesis, also when it brings nothing new."""
    stream = await open_stream()
    interims = [await stream.feed(block) for block in blocks(utterances[0].audio(), 3200)]
    interim = interims[-1]
    assert interim
    assert await stream.feed(silence(0, STUDENT_RATE_HZ)) == interim


async def test_audio_at_another_rate_is_refused(open_stream: OpenStream) -> None:
    """At 24 kHz everything would be heard, and wrongly."""
    stream = await open_stream()
    with pytest.raises(AudioFormatError, match="16000 Hz, got 24000 Hz"):
        await stream.feed(silence(0.1, TUTOR_RATE_HZ))


async def test_people_who_talk_at_once_do_not_mix(
    open_stream: OpenStream, utterances: list[Utterance]
) -> None:
    """Several lessons share a process."""
    alone = await open_stream()
    expected = []
    for utterance in utterances[:3]:
        expected.append((await hear(alone, utterance.audio())).text)
        await alone.aclose()
        alone = await open_stream()
    streams = [await open_stream() for _ in range(3)]
    async with asyncio.TaskGroup() as tasks:
        heard = [
            tasks.create_task(hear(stream, utterance.audio()))
            for stream, utterance in zip(streams, utterances[:3], strict=True)
        ]
    assert [task.result().text for task in heard] == expected


async def test_the_event_loop_never_waits_for_the_decoder(
    open_stream: OpenStream, utterances: list[Utterance]
) -> None:
    """In a thread one utterance stalls everybody's audio for seconds."""
    stream = await open_stream()
    pcm = max((u.audio() for u in utterances), key=lambda pcm: pcm.duration_sec)
    hearing = asyncio.create_task(hear(stream, pcm, 10**6))
    loop = asyncio.get_running_loop()
    longest_sec = 0.0
    while not hearing.done():
        started_sec = loop.time()
        await asyncio.sleep(0.005)
        longest_sec = max(longest_sec, loop.time() - started_sec)
    assert (await hearing).text
    assert longest_sec < 0.25


def plain(transcript: str) -> str:
    """Lower-case words without punctuation."""
    words = "".join(c if c.isalpha() or c in "' " else " " for c in transcript.lower())
    return " ".join(words.split())


@pytest.mark.parametrize("level", [0, 30, 3_000])
async def test_noise_without_a_voice_is_heard_as_nothing(
    open_stream: OpenStream, level: int
) -> None:
    """The model alone says "you" to silence, to a fan and to a hum."""
    stream = await open_stream()
    n_samples = 10 * STUDENT_RATE_HZ
    hiss = np.random.default_rng(2).normal(0, level, n_samples)
    hum = level * np.sin(2 * np.pi * 50 * np.arange(n_samples) / STUDENT_RATE_HZ)
    for noise in (hiss, hum):
        assert await hear(stream, to_samples(noise, STUDENT_RATE_HZ)) == Heard("")


async def test_a_turn_of_minutes_is_heard_to_its_end(open_stream: OpenStream) -> None:
    """The model loses words beyond half a minute: long turns are cut at pauses."""
    spoken = find("none-4-heart").audio().samples
    pause = np.zeros(STUDENT_RATE_HZ // 2, np.int16)
    speech = Pcm16(np.concatenate([spoken, pause] * 10), STUDENT_RATE_HZ)
    heard = await hear(await open_stream(), speech, 10**6)
    said = "thank you that makes a lot more sense now"
    assert jiwer.wer(" ".join([said] * 10), heard.text) < 0.05
    times = [sec for word in heard.words for sec in (word.start_sec, word.end_sec)]
    assert times == sorted(times)


async def test_a_pause_is_where_the_words_part(open_stream: OpenStream) -> None:
    """Scope is said with the breath: the parser wants a comma there."""
    first, second = (find(name).audio().samples for name in ("none-4-heart", "arithmetic-4-heart"))
    pause = np.zeros(STUDENT_RATE_HZ * 6 // 10, np.int16)
    pcm = Pcm16(np.concatenate([first, pause, second]), STUDENT_RATE_HZ)
    heard = await hear(await open_stream(), pcm)
    assert "sense now, fourteen point six minus" in heard.with_pauses
    assert heard.with_pauses.count(",") == 1
