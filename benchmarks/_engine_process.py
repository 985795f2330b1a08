"""What the embedded engine costs: crowds, delays, starts and memory."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from google.genai import types
from google.genai.live import AsyncSession

from agent.audio import STUDENT_RATE_HZ, Pcm16
from agent.local_live.ear.recogniser import MoonshineRecogniser
from agent.prompts.prompt import find_prompt
from agent.tutor.endpoint import LiveEndpoint
from agent.tutor.tutor import Tutor
from evals.dataset.utterances import load_dataset

PROJECT = Path(__file__).parents[1]
DATASET = PROJECT / "datasets" / "spoken-math-mini"
CROWDS = (1, 2, 4, 8)
CHUNK_SEC = 0.1
MIB = 2**20


def crowd_table() -> str:
    """Real-time factor of people who talk at once, faster than real time."""
    clips = _clips(4)
    lines = [f"{'streams at once':<26}{'real-time factor':>18}   (two cores: under 1)"]
    for n_streams in CROWDS:
        lines.append(f"{n_streams:<26}{asyncio.run(_real_time_factor(clips, n_streams)):>18.2f}")
    return "\n".join(lines)


async def _real_time_factor(clips: Sequence[Pcm16], n_streams: int) -> float:
    async with MoonshineRecogniser() as recogniser:

        async def hear() -> None:
            stream = await recogniser.open()
            for clip in clips:
                await stream.feed(clip)
                await stream.finish()
            await stream.aclose()

        began_sec = time.perf_counter()
        await asyncio.gather(*(hear() for _ in range(n_streams)))
        return (time.perf_counter() - began_sec) / sum(clip.duration_sec for clip in clips)


def turns_table() -> str:
    """Delays from the end of a turn, spoken in real time, and the memory of eight sessions."""
    with engine() as (process, endpoint):
        words_ms, call_ms = asyncio.run(_delays(endpoint))
        memory_mib = asyncio.run(_memory(endpoint, process.pid))
    rows = [
        f"{'from the end of a turn':<26}{'p50':>10}{'p95':>10}{'n':>6}",
        delay_row("to the final words", words_ms),
        delay_row("to the tool call", call_ms),
        f"memory with eight sessions: {memory_mib:.0f} MiB",
    ]
    return "\n".join(rows)


def delay_row(name: str, delays_ms: Sequence[float]) -> str:
    """A name with the median, the 95th percentile and the number of its delays."""
    p50, p95 = np.percentile(delays_ms, [50, 95])
    return f"{name:<26}{p50:>7.0f} ms{p95:>7.0f} ms{len(delays_ms):>6}"


async def _delays(endpoint: LiveEndpoint) -> tuple[list[float], list[float]]:
    words_ms, call_ms = [], []
    client = endpoint.client()
    tutor = Tutor(find_prompt("tutor"), "gemini-3.8-live")
    config = tutor.live_config(manual_turns=True)
    for clip in _clips(20):
        async with client.aio.live.connect(model=tutor.model, config=config) as session:
            await _say(session, clip)
            ended_sec = time.perf_counter()
            async for message in session.receive():
                since_ms = 1000 * (time.perf_counter() - ended_sec)
                if message.server_content and message.server_content.input_transcription:
                    words_ms.append(since_ms)
                if message.tool_call:
                    call_ms.append(since_ms)
                    break
    await client.aio.aclose()
    return words_ms, call_ms


async def _say(session: AsyncSession, clip: Pcm16) -> None:
    """Speak a manual turn at the pace of speech."""
    pcm = clip.to_bytes()
    n_bytes = 2 * round(CHUNK_SEC * STUDENT_RATE_HZ)
    began_sec = time.perf_counter()
    await session.send_realtime_input(activity_start=types.ActivityStart())
    for number, at in enumerate(range(0, len(pcm), n_bytes), 1):
        blob = types.Blob(data=pcm[at : at + n_bytes], mime_type="audio/pcm;rate=16000")
        await session.send_realtime_input(audio=blob)
        await asyncio.sleep(max(0.0, began_sec + number * CHUNK_SEC - time.perf_counter()))
    await session.send_realtime_input(activity_end=types.ActivityEnd())


async def _memory(endpoint: LiveEndpoint, pid: int) -> float:
    """Resident memory of the engine and its processes when eight people have spoken, in MiB."""
    client = endpoint.client()
    tutor = Tutor(find_prompt("tutor"), "gemini-3.8-live")
    config = tutor.live_config(manual_turns=True)
    spoken = asyncio.Barrier(9)

    async def converse() -> None:
        async with client.aio.live.connect(model=tutor.model, config=config) as session:
            await _say(session, _clips(1)[0])
            async for message in session.receive():
                if message.tool_call:
                    break
            await spoken.wait()
            await spoken.wait()

    async with asyncio.TaskGroup() as tasks:
        for _ in range(8):
            tasks.create_task(converse())
        await spoken.wait()
        used_mib = memory_mib(pid)
        await spoken.wait()
    await client.aio.aclose()
    return used_mib


def memory_mib(pid: int) -> float:
    """Resident memory of a process and all its children."""
    return sum(map(_resident_bytes, _family(pid))) / MIB


def _family(pid: int) -> Iterator[int]:
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):  # of each thread
        for child in children.read_text().split():
            yield from _family(int(child))


def _resident_bytes(pid: int) -> int:
    """The process's share of memory: what it shares with others is counted in parts."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return 1024 * int(line.split()[1])
    return 0


def start_table() -> str:
    """How soon the engine serves, with a warm cache and with an empty one."""
    warm_sec = [_start_sec(dict(os.environ)) for _ in range(5)]
    with TemporaryDirectory() as cache:
        cold_sec = _start_sec({**os.environ, "XDG_CACHE_HOME": cache})
    return (
        f"start of the engine: {np.median(warm_sec):.2f} s with a warm cache (median of "
        f"{len(warm_sec)}), {cold_sec:.1f} s with an empty cache"
    )


def _start_sec(environment: dict[str, str]) -> float:
    began_sec = time.perf_counter()
    with engine(environment):
        return time.perf_counter() - began_sec


@contextmanager
def engine(
    environment: dict[str, str] | None = None, options: Sequence[str] = ()
) -> Iterator[tuple["subprocess.Popen[str]", LiveEndpoint]]:
    """`python -m agent local-live`, ready to be talked to."""
    process = subprocess.Popen(
        [sys.executable, "-m", "agent", "local-live", "--port", "0", *options],
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    lines = process.stdout or ()
    try:
        exports = dict(
            line.strip().removeprefix("export ").split("=", 1) for line in islice(lines, 3)
        )
        yield (
            process,
            LiveEndpoint(
                "embedded",
                exports["GOOGLE_API_KEY"],
                exports["GOOGLE_GEMINI_BASE_URL"],
                Path(exports["SSL_CERT_FILE"]),
            ),
        )
    finally:
        process.terminate()
        process.wait()


def _clips(n: int) -> list[Pcm16]:
    """The shipped clean recordings with a formula whose length is nearest to four seconds."""
    spoken = [
        utterance
        for utterance in load_dataset(DATASET).utterances
        if utterance.latex and utterance.tags["noise"] == "none"
    ]
    clips = [utterance.audio() for utterance in spoken]
    return sorted(clips, key=lambda clip: abs(clip.duration_sec - 4))[:n]
