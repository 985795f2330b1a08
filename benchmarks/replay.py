"""How fast a dataset is replayed: `direct` depth against Local Live with canned answers.

    python -m benchmarks.replay [DATASET]

Client and server share one core. The peer in the same run is a bare google-genai loop that
sends the same audio and waits for turnComplete, without scheduling, tools or run folder.
"""

import asyncio
import os
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from google.genai import types
from rich.console import Console
from rich.table import Table

from agent.audio import Pcm16
from agent.local_live.engine import open_engine
from agent.models import DEFAULT_MODEL
from agent.prompts.prompt import find_prompt
from agent.tutor.endpoint import LiveEndpoint
from agent.tutor.tutor import Tutor
from evals.dataset.catalogue import SHIPPED_DATASETS
from evals.dataset.utterances import Dataset, load_dataset
from evals.replay.runner import Plan, run_dataset

WORDS = "x squared plus two x plus one equals zero"
CHUNK_BYTES = 3200  # 100 ms
CONCURRENCY = 4


async def with_the_runner(dataset: Dataset, tutor: Tutor, endpoint: LiveEndpoint) -> None:
    """As `python -m evals run` does it, folder and all."""
    with TemporaryDirectory() as folder:
        run = await run_dataset(Plan(dataset, tutor, Path(folder) / "run", CONCURRENCY), endpoint)
        n_whole = sum(each.prediction.status == "ok" for each in run.outcomes())
    if n_whole != len(dataset.utterances):
        raise SystemExit(f"only {n_whole} of {len(dataset.utterances)} utterances were answered")


async def with_a_bare_client(dataset: Dataset, tutor: Tutor, endpoint: LiveEndpoint) -> None:
    """The least that gets every clip answered."""
    client, free = endpoint.client(), asyncio.Semaphore(CONCURRENCY)

    async def replay(audio: Pcm16) -> None:
        config = tutor.live_config(manual_turns=True)
        async with free, client.aio.live.connect(model=tutor.model, config=config) as session:
            await session.send_realtime_input(activity_start=types.ActivityStart())
            pcm = audio.to_bytes()
            for at in range(0, len(pcm), CHUNK_BYTES):
                chunk = types.Blob(
                    data=pcm[at : at + CHUNK_BYTES], mime_type="audio/pcm;rate=16000"
                )
                await session.send_realtime_input(audio=chunk)
            await session.send_realtime_input(activity_end=types.ActivityEnd())
            async for _ in session.receive():
                pass

    await asyncio.gather(*(replay(each.audio()) for each in dataset.utterances))


async def measure(dataset: Dataset) -> Table:
    """A row each: seconds, and how many times real time."""
    audio_sec = sum(each.audio().duration_sec for each in dataset.utterances)
    title = f"{len(dataset.utterances)} utterances, {audio_sec:.0f} s of audio, one core"
    table = Table("replayed by", "seconds", "times real time", title=title)
    tutor = Tutor(find_prompt("transcribe"), DEFAULT_MODEL)
    ways: dict[str, Callable[[Dataset, Tutor, LiveEndpoint], Awaitable[None]]] = {
        "this project": with_the_runner,
        "a bare google-genai loop": with_a_bare_client,
    }
    async with open_engine(canned=WORDS) as endpoint:
        for name, replay in ways.items():
            await replay(dataset, tutor, endpoint)  # warms imports and caches
            began_sec = time.perf_counter()
            await replay(dataset, tutor, endpoint)
            taken_sec = time.perf_counter() - began_sec
            table.add_row(name, f"{taken_sec:.2f}", f"{audio_sec / taken_sec:.0f}")
    return table


def main() -> None:
    """Print the table."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED_DATASETS / "spoken-math-mini"
    Console(width=100).print(asyncio.run(measure(load_dataset(folder))))


if __name__ == "__main__":
    main()
