"""The recogniser's processes: crowds, crashes, cancelled lessons, first start and end."""

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

from agent.audio import Pcm16
from agent.errors import EnvironmentNotReady, LiveError
from agent.local_live.canned import SilentVoice
from agent.local_live.ear.decoder_worker import MAX_STREAMS
from agent.local_live.ear.inference import package_folder
from agent.local_live.ear.recogniser import MoonshineRecogniser, MoonshineStream
from agent.local_live.ear.recogniser_protocol import Heard
from agent.local_live.server import LocalLive
from agent.local_live.worker_process import WorkerProcess
from evals.dataset.utterances import load_dataset
from tests.paths import DATASET

pytestmark = pytest.mark.wire
STARTS_AND_WAITS = """
import asyncio, logging, sys
from agent.errors import EnvironmentNotReady
from agent.local_live.ear.recogniser import MoonshineRecogniser

async def main():
    async with MoonshineRecogniser() as recogniser:
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
def clip() -> Pcm16:
    """A shipped recording."""
    return load_dataset(DATASET).utterances[0].audio()


@pytest.fixture
async def recogniser() -> AsyncIterator[MoonshineRecogniser]:
    """A recogniser with its processes running."""
    async with MoonshineRecogniser() as recogniser:
        yield recogniser


@pytest.fixture
async def worker() -> AsyncIterator[WorkerProcess]:
    """One decoder process, which a test may kill."""
    async with WorkerProcess("agent.local_live.ear.decoder_worker") as process:
        yield process


async def hear(stream: MoonshineStream, pcm: Pcm16) -> Heard:
    await stream.feed(pcm)
    return await stream.finish()


async def test_one_person_too_many_is_told(worker: WorkerProcess) -> None:
    """Beyond that nobody would be heard in time."""
    counts = {worker: 0}
    streams = [MoonshineStream(worker, n, counts) for n in range(MAX_STREAMS + 1)]
    for stream in streams[:-1]:
        await stream.open()
    with pytest.raises(LiveError, match=f"already listens to {MAX_STREAMS} people"):
        await streams[-1].open()
    await streams[0].aclose()
    await streams[-1].open()
    assert counts == {worker: MAX_STREAMS}


async def test_a_crash_costs_one_utterance(worker: WorkerProcess, clip: Pcm16) -> None:
    """A lost utterance fails; it is never heard as silence, and the next one is heard."""
    stream = MoonshineStream(worker, 1, {worker: 0})
    await stream.open()
    expected = (await hear(stream, clip)).text
    await stream.feed(clip)
    kill(worker)
    with pytest.raises(LiveError, match="died"):
        await stream.finish()
    assert jiwer.wer(expected, (await hear(stream, clip)).text) < 0.5


async def test_a_crash_between_utterances_costs_nothing(worker: WorkerProcess, clip: Pcm16) -> None:
    """Nobody notices what nobody needed."""
    stream = MoonshineStream(worker, 1, {worker: 0})
    await stream.open()
    kill(worker)
    assert await worker_is_gone(worker)
    assert (await hear(stream, clip)).text


async def test_a_session_cancelled_in_the_middle_gives_its_decoder_back(
    worker: WorkerProcess, clip: Pcm16
) -> None:
    """A closed tab ends a lesson in the middle of a word."""
    counts = {worker: 0}
    for number in range(MAX_STREAMS + 2):
        stream = MoonshineStream(worker, number, counts)
        await stream.open()
        await stream.feed(clip)
        hearing = asyncio.create_task(stream.finish())
        await asyncio.sleep(0)
        hearing.cancel()
        await asyncio.wait([hearing])
        await stream.aclose()
    assert counts == {worker: 0}


async def test_a_crash_ends_its_session_in_words_and_the_next_session_is_heard(
    recogniser: MoonshineRecogniser, clip: Pcm16, open_talk: Any
) -> None:
    """The client learns that the utterance is lost; no traceback, and nobody else is hurt."""
    expected = (await hear(await recogniser.open(), clip)).text
    async with LocalLive(recogniser, SilentVoice()) as endpoint:
        with pytest.raises(APIError, match=r"1011.* died"):
            async with open_talk(endpoint) as talk:
                await talk.start()
                await talk.send(clip.to_bytes())
                await talk.turn("interim")
                for pid in decoder_pids():
                    os.kill(pid, signal.SIGKILL)
                await talk.end()
                await talk.turn()
        async with open_talk(endpoint) as talk:
            await talk.start()
            await talk.send(clip.to_bytes())
            await talk.end()
            turn = await talk.turn()
    assert jiwer.wer(expected, turn.heard) < 0.5


async def test_a_missing_model_is_told_in_one_sentence(tmp_path: Path) -> None:
    """A file that isn't there must not leave a page that waits for ever."""
    worker = WorkerProcess("agent.local_live.ear.decoder_worker", str(tmp_path))
    with pytest.raises(EnvironmentNotReady, match=r"encoder_model\.ort is missing; install"):
        await worker.ensure_running()
    assert worker.pid is None


@pytest.mark.parametrize("kept_bytes", [0, 1_000, 500_000])
@pytest.mark.parametrize("name", ["encoder_model.ort", "decoder_model_merged.ort", "tokenizer.bin"])
async def test_a_damaged_model_is_told_in_one_sentence(
    tmp_path: Path, name: str, kept_bytes: int
) -> None:
    """A full disk cuts a file short."""
    for file in (package_folder("moonshine_voice") / "assets" / "tiny-en").iterdir():
        if file.name == name:
            (tmp_path / name).write_bytes(file.read_bytes()[:-1][:kept_bytes])
        else:
            (tmp_path / file.name).symlink_to(file)
    worker = WorkerProcess("agent.local_live.ear.decoder_worker", str(tmp_path))
    with pytest.raises(EnvironmentNotReady, match=r"is damaged.*; install"):
        await worker.ensure_running()


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
