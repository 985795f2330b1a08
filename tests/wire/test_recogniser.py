"""PocketSphinx in its worker processes, on the recordings that ship."""

import asyncio
import os
import select
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import jiwer
import pytest
from google.genai.errors import APIError

from agent.audio import STUDENT_RATE_HZ, TUTOR_RATE_HZ, Pcm16, silence
from agent.errors import AudioFormatError, EnvironmentNotReady, LiveError
from agent.local_live.canned import SilentVoice
from agent.local_live.decoder_worker import MAX_STREAMS
from agent.local_live.hearing import Heard
from agent.local_live.language_model import build, cached_model
from agent.local_live.recogniser import PocketSphinxRecogniser, PocketSphinxStream
from agent.local_live.server import LocalLive
from agent.local_live.worker_process import WorkerProcess
from evals.utterances import Utterance, load_dataset

pytestmark = pytest.mark.wire
DATASET = Path(__file__).parents[2] / "datasets" / "spoken-math-mini"
STARTS_AND_WAITS = """
import asyncio, logging, sys
from agent.errors import EnvironmentNotReady
from agent.local_live.recogniser import PocketSphinxRecogniser

async def main():
    async with PocketSphinxRecogniser() as recogniser:
        await recogniser.open()
        print("open", flush=True)
        await asyncio.Event().wait()

logging.basicConfig(level=logging.INFO)
try:
    asyncio.run(main())
except EnvironmentNotReady as error:
    sys.exit(str(error))
"""


@pytest.fixture(scope="module")
def utterances() -> list[Utterance]:
    """Ten shipped recordings with something said, evenly over the dataset."""
    everything = list(load_dataset(DATASET).utterances)
    return everything[:: len(everything) // 10][:10]


@pytest.fixture
async def recogniser() -> AsyncIterator[PocketSphinxRecogniser]:
    """A recogniser with its processes running."""
    async with PocketSphinxRecogniser() as recogniser:
        yield recogniser


@pytest.fixture
async def worker() -> AsyncIterator[WorkerProcess]:
    """One decoder process, which a test may kill."""
    model = cached_model()
    if not model.exists:
        build(model)
    command = ("agent.local_live.decoder_worker", str(model.ngrams), str(model.dictionary))
    async with WorkerProcess(*command) as process:
        yield process


async def hear(stream: PocketSphinxStream, pcm: Pcm16, block_samples: int = 3200) -> Heard:
    for block in blocks(pcm, block_samples):
        await stream.feed(block)
    return await stream.finish()


def blocks(pcm: Pcm16, n_samples: int) -> list[Pcm16]:
    starts = range(0, len(pcm.samples), n_samples)
    return [Pcm16(pcm.samples[at : at + n_samples], pcm.sample_rate_hz) for at in starts]


async def test_it_hears_what_is_said(
    recogniser: PocketSphinxRecogniser, utterances: list[Utterance]
) -> None:
    """The engine is there to be heard by: clean synthetic speech is mostly right."""
    stream = await recogniser.open()
    heard = [(await hear(stream, utterance.audio())).text for utterance in utterances]
    said = [plain(utterance.transcript) for utterance in utterances]
    assert jiwer.wer(said, heard) < 0.3, list(zip(said, heard, strict=True))


async def test_words_appear_while_one_speaks(
    recogniser: PocketSphinxRecogniser, utterances: list[Utterance]
) -> None:
    """The page shows the words as they come."""
    stream = await recogniser.open()
    utterance = max(utterances, key=lambda u: u.audio().duration_sec)
    interims = [await stream.feed(block) for block in blocks(utterance.audio(), 3200)]
    final = await stream.finish()
    assert interims[0] == ""
    assert len(set(interims)) >= 5
    assert jiwer.wer(final.text, interims[-1]) < 0.4


async def test_words_have_times_and_confidence(
    recogniser: PocketSphinxRecogniser, utterances: list[Utterance]
) -> None:
    """Pauses are evidence of what belongs together; doubt is worth showing."""
    stream = await recogniser.open()
    for utterance in utterances[:4]:
        pcm = utterance.audio()
        heard = await hear(stream, pcm)
        assert " ".join(word.text for word in heard.words) == heard.text
        times = [sec for word in heard.words for sec in (word.start_sec, word.end_sec)]
        assert times == sorted(times)
        assert times[-1] <= pcm.duration_sec + 0.1
        assert all(0 <= word.confidence <= 1 for word in heard.words)


async def test_alternatives_differ_and_hold_the_text(
    recogniser: PocketSphinxRecogniser, utterances: list[Utterance]
) -> None:
    """The parser and the page choose among them; a repeated one is no choice."""
    stream = await recogniser.open()
    for utterance in utterances[:4]:
        heard = await hear(stream, utterance.audio())
        assert heard.text in heard.alternatives
        assert len(set(heard.alternatives)) == len(heard.alternatives)
        assert 2 <= len(heard.alternatives) <= 10


@pytest.mark.parametrize("block_samples", [160, 333, 3200, 10**6])
async def test_chunks_may_have_any_size(
    recogniser: PocketSphinxRecogniser, utterances: list[Utterance], block_samples: int
) -> None:
    """A browser sends 20 ms, a replay a whole clip."""
    pcm = utterances[0].audio()
    heard = await hear(await recogniser.open(), pcm, block_samples)
    assert heard.text == (await hear(await recogniser.open(), pcm)).text


@pytest.mark.parametrize("n_samples", [0, 1, 200, 8000])
async def test_next_to_nothing_is_heard_as_nothing(
    recogniser: PocketSphinxRecogniser, n_samples: int
) -> None:
    """A button pressed by mistake makes such an utterance."""
    stream = await recogniser.open()
    heard = await hear(stream, silence(n_samples / STUDENT_RATE_HZ, STUDENT_RATE_HZ))
    assert heard == Heard("")
    assert await stream.finish() == Heard("")


async def test_an_empty_chunk_keeps_the_hypothesis(
    recogniser: PocketSphinxRecogniser, utterances: list[Utterance]
) -> None:
    """A feed gives the whole hypothesis, also when it brings nothing new."""
    stream = await recogniser.open()
    interim = await stream.feed(utterances[0].audio())
    assert interim
    assert await stream.feed(silence(0, STUDENT_RATE_HZ)) == interim


async def test_audio_at_another_rate_is_refused(recogniser: PocketSphinxRecogniser) -> None:
    """At 24 kHz everything would be heard, and wrongly."""
    stream = await recogniser.open()
    with pytest.raises(AudioFormatError, match="16000 Hz, got 24000 Hz"):
        await stream.feed(silence(0.1, TUTOR_RATE_HZ))


async def test_people_who_talk_at_once_do_not_mix(
    recogniser: PocketSphinxRecogniser, utterances: list[Utterance]
) -> None:
    """Several lessons share a process."""
    alone = await recogniser.open()
    expected = []
    for utterance in utterances[:3]:
        expected.append((await hear(alone, utterance.audio())).text)
        await alone.aclose()
        alone = await recogniser.open()
    streams = [await recogniser.open() for _ in range(3)]
    async with asyncio.TaskGroup() as tasks:
        heard = [
            tasks.create_task(hear(stream, utterance.audio()))
            for stream, utterance in zip(streams, utterances[:3], strict=True)
        ]
    assert [task.result().text for task in heard] == expected


async def test_the_event_loop_never_waits_for_the_decoder(
    recogniser: PocketSphinxRecogniser, utterances: list[Utterance]
) -> None:
    """In a thread one utterance stalls everybody's audio for seconds."""
    stream = await recogniser.open()
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


async def test_one_person_too_many_is_told(worker: WorkerProcess) -> None:
    """Beyond that nobody would be heard in time."""
    counts = {worker: 0}
    streams = [PocketSphinxStream(worker, n, counts) for n in range(MAX_STREAMS + 1)]
    for stream in streams[:-1]:
        await stream.open()
    with pytest.raises(LiveError, match=f"already listens to {MAX_STREAMS} people"):
        await streams[-1].open()
    await streams[0].aclose()
    await streams[-1].open()
    assert counts == {worker: MAX_STREAMS}


async def test_a_crash_costs_one_utterance(
    worker: WorkerProcess, utterances: list[Utterance]
) -> None:
    """A lost utterance fails; it is never heard as silence, and the next one is heard."""
    stream = PocketSphinxStream(worker, 1, {worker: 0})
    await stream.open()
    pcm = utterances[0].audio()
    expected = (await hear(stream, pcm)).text
    await stream.feed(pcm)
    kill(worker)
    with pytest.raises(LiveError, match="died"):
        await stream.finish()
    assert jiwer.wer(expected, (await hear(stream, pcm)).text) < 0.5


async def test_a_crash_between_utterances_costs_nothing(
    worker: WorkerProcess, utterances: list[Utterance]
) -> None:
    """Nobody notices what nobody needed."""
    stream = PocketSphinxStream(worker, 1, {worker: 0})
    await stream.open()
    kill(worker)
    assert await worker_is_gone(worker)
    assert (await hear(stream, utterances[0].audio())).text


async def test_a_session_cancelled_in_the_middle_gives_its_decoder_back(
    worker: WorkerProcess, utterances: list[Utterance]
) -> None:
    """A closed tab ends a lesson in the middle of a word."""
    counts = {worker: 0}
    for number in range(MAX_STREAMS + 2):
        stream = PocketSphinxStream(worker, number, counts)
        await stream.open()
        await stream.feed(utterances[0].audio())
        hearing = asyncio.create_task(stream.finish())
        await asyncio.sleep(0)
        hearing.cancel()
        await asyncio.wait([hearing])
        await stream.aclose()
    assert counts == {worker: 0}


async def test_a_crash_ends_its_session_in_words_and_the_next_session_is_heard(
    recogniser: PocketSphinxRecogniser, utterances: list[Utterance], open_talk: Any
) -> None:
    """The client learns that the utterance is lost; no traceback, and nobody else is hurt."""
    pcm = utterances[0].audio()
    expected = (await hear(await recogniser.open(), pcm)).text
    async with LocalLive(recogniser, SilentVoice()) as endpoint:
        with pytest.raises(APIError, match=r"1011.* died"):
            async with open_talk(endpoint) as talk:
                await talk.start()
                await talk.send(pcm.to_bytes())
                await talk.turn("interim")
                for pid in decoder_pids():
                    os.kill(pid, signal.SIGKILL)
                await talk.end()
                await talk.turn()
        async with open_talk(endpoint) as talk:
            await talk.start()
            await talk.send(pcm.to_bytes())
            await talk.end()
            turn = await talk.turn()
    assert jiwer.wer(expected, turn.heard) < 0.5


async def test_a_worker_that_can_not_start_is_told() -> None:
    """A model file that isn't there must not leave a page that waits for ever."""
    worker = WorkerProcess("agent.local_live.decoder_worker", "nowhere.lm.bin", "nowhere.dict")
    with pytest.raises(EnvironmentNotReady, match="did not start"):
        await worker.ensure_running()
    assert worker.pid is None


@pytest.mark.parametrize("signal_number", [signal.SIGINT, signal.SIGKILL])
def test_no_process_outlives_its_parent(signal_number: signal.Signals) -> None:
    """Ctrl-C goes to the whole group; a kill leaves nobody to clean up."""
    parent = subprocess.Popen(
        [sys.executable, "-c", STARTS_AND_WAITS],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    with parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"open\n"
        workers = children(parent.pid)
        assert workers
        os.killpg(parent.pid, signal_number)
        parent.wait(10)
    for pid in workers:
        handle = open_process(pid)
        if handle is not None:
            wait_for_end(handle)


@pytest.mark.parametrize("is_writable", [True, False])
def test_the_first_start_builds_the_model_and_says_so(tmp_path: Path, is_writable: bool) -> None:
    """Three silent seconds look like a hang; a cache that can't be written is named."""
    cache = tmp_path / "cache"
    if not is_writable:
        cache.write_text("a file where a folder should be")
    with subprocess.Popen(
        [sys.executable, "-c", STARTS_AND_WAITS],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "XDG_CACHE_HOME": str(cache)},
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == ("open\n" if is_writable else "")
        parent.send_signal(signal.SIGINT)
        _, said = parent.communicate(timeout=20)
    assert said.count("building the language model (about 4 s, once)") == 1
    assert ("can't be written" in said.splitlines()[-1]) is not is_writable


def kill(worker: WorkerProcess) -> None:
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGKILL)


async def worker_is_gone(worker: WorkerProcess) -> bool:
    """Whether the death of the process is noticed, within ten seconds."""
    async with asyncio.timeout(10):
        while worker.is_running:  # noqa: ASYNC110 (the reader of its pipe notices)
            await asyncio.sleep(0.01)
    return True


def children(pid: int) -> list[int]:
    task = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in task.read_text().split()]


def decoder_pids() -> list[int]:
    pids = children(os.getpid())
    return [p for p in pids if b"decoder_worker" in Path(f"/proc/{p}/cmdline").read_bytes()]


def open_process(pid: int) -> int | None:
    try:
        return os.pidfd_open(pid)
    except ProcessLookupError:
        return None


def wait_for_end(handle: int) -> None:
    try:
        assert select.select([handle], [], [], 10)[0], "a worker process goes on without its parent"
    finally:
        os.close(handle)


def plain(transcript: str) -> str:
    """Lower-case words without punctuation."""
    words = "".join(c if c.isalpha() or c in "' " else " " for c in transcript.lower())
    return " ".join(words.split())
