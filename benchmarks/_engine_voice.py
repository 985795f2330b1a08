"""What the embedded tutor's voice costs: its first sound, its work, its memory."""

import asyncio
import time
from pathlib import Path

from agent.local_live.conversation import reply_to
from agent.local_live.voice.hibari_voice import HibariVoice
from benchmarks._engine_process import delay_row, memory_mib
from evals.dataset.utterances import load_dataset

DATASET = Path(__file__).parents[1] / "datasets" / "spoken-math-mini"


def voice_table() -> str:
    """The answers to the shipped phrases, one after another."""
    phrases = dict.fromkeys(each.transcript for each in load_dataset(DATASET).utterances)
    answers = [reply_to(words, None, was_heard=True).speech for words in phrases]
    return asyncio.run(_table(answers))


async def _table(answers: list[str]) -> str:
    first_ms: list[float] = []
    first_cpu_ms: list[float] = []
    sound_sec = 0.0
    began_sec = time.perf_counter()
    async with HibariVoice() as voice:
        start_sec = time.perf_counter() - began_sec
        pid = voice.pid or 0
        worked_sec = _cpu_sec(pid)
        for answer in answers:
            asked_sec, idle_sec = time.perf_counter(), _cpu_sec(pid)
            pieces = 0
            async for piece in voice.speak(answer):
                if not pieces:
                    first_ms.append(1000 * (time.perf_counter() - asked_sec))
                    first_cpu_ms.append(1000 * (_cpu_sec(pid) - idle_sec))
                pieces += 1
                sound_sec += piece.duration_sec
        worked_sec = _cpu_sec(pid) - worked_sec
        used_mib = memory_mib(pid)
    return "\n".join(
        [
            f"{'first sound of an answer':<26}{'p50':>10}{'p95':>10}{'n':>6}",
            delay_row("wall", first_ms),
            delay_row("processor", first_cpu_ms),
            f"processor a second of sound: {worked_sec / sound_sec:.3f} s of {sound_sec:.0f} s",
            f"start: {start_sec:.2f} s; memory: {used_mib:.0f} MiB",
        ]
    )


def _cpu_sec(pid: int) -> float:
    """Processor time of the process's one working thread."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
