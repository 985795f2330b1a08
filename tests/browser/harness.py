"""Real servers and a real Chromium, for the browser tests and the latency benchmark."""

import json
import re
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import numpy as np
from playwright.sync_api import Browser, Page, Playwright

from agent.audio import TUTOR_RATE_HZ, Pcm16, read_audio, silence, write_wav
from tests.forked import Forked, ForkServer, Program
from tests.live_service import START_SEC, environment_without_service
from tests.paths import DATASET, PROJECT

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]
TUTOR_SPEAKS_SEC = 6.0
WORDS = "x squared plus two x plus one equals zero"


@dataclass(frozen=True)
class Workbench:
    """A running server of the project."""

    url: str
    process: "subprocess.Popen[str] | Forked"
    log: Path

    def lessons_running(self) -> int:
        about = httpx.get(f"{self.url}/api/workbench").json()
        return int(about["lessons"]["running"])


class ToneVoice:
    """Says everything as one long tone: audible, and easy to miss when it stops."""

    async def speak(self, text: str) -> AsyncIterator[Pcm16]:
        times = np.arange(TUTOR_RATE_HZ // 5) / TUTOR_RATE_HZ
        piece = Pcm16((8_000 * np.sin(2 * np.pi * 440 * times)).astype(np.int16), TUTOR_RATE_HZ)
        for _ in range(int(TUTOR_SPEAKS_SEC * 5)):
            yield piece

    async def aclose(self) -> None:
        """Nothing to give back."""


@contextmanager
def running_workbench(
    home: Path, forks: ForkServer | None = None, **environment: str
) -> Iterator[Workbench]:
    """`python app.py` on a free port, with nothing of this machine's environment that matters.

    With `forks` it takes tenths of a second to start, not seconds.
    """
    log = home / "server.log"
    own = {"WORKBENCH_PORT": "0", "WORKBENCH_HOME": str(home)}
    environment = environment_without_service() | own | environment
    with log.open("w") as errors:
        if forks:
            process = forks.start(Program(["app.py"], environment), errors)
        else:
            process = subprocess.Popen(
                [sys.executable, "app.py"],
                cwd=PROJECT,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
    try:
        yield Workbench(_address(process, log), process, log)
    finally:
        process.terminate()
        process.wait(10)
        if process.stdout:
            process.stdout.close()


def write_microphone(folder: Path) -> Path:
    """The dataset's first recording with quiet around it, for Chromium to play in a circle."""
    first = json.loads((DATASET / "metadata.jsonl").read_text().splitlines()[0])
    clip = read_audio(DATASET / first["file_name"])
    parts = (silence(0.5, clip.sample_rate_hz), clip, silence(3.0, clip.sample_rate_hz))
    path = folder / "microphone.wav"
    write_wav(path, Pcm16(np.concatenate([p.samples for p in parts]), clip.sample_rate_hz))
    return path


def launch_chromium(playwright: Playwright, microphone: Path, *more_flags: str) -> Browser:
    """Chromium whose microphone plays that WAV file again and again."""
    flags = [*FLAGS, f"--use-file-for-fake-audio-capture={microphone}", *more_flags]
    return playwright.chromium.launch(executable_path=CHROMIUM, args=flags)


# Peak of what the loudspeaker plays now.
HEARD = """() => {
  window.meter ??= (() => {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    const { srcObject } = document.querySelector("#live-loudspeaker");
    context.createMediaStreamSource(srcObject).connect(analyser);
    return analyser;
  })();
  const wave = new Float32Array(1024);
  window.meter.getFloatTimeDomainData(wave);
  return Math.max(...wave.map(Math.abs));
}"""
LOUD = 0.02  # of full scale; the tutor's tone has 0.24


def open_live(page: Page, workbench: Workbench) -> None:
    """The Live tab, ready to start."""
    page.goto(workbench.url)
    page.wait_for_selector("#live-status[data-state=idle]")
    page.wait_for_function("!document.querySelector('#live-play').disabled")


def _address(process: "subprocess.Popen[str] | Forked", log: Path) -> str:
    """The address that the server announces; what it said when it never does."""
    timer = threading.Timer(START_SEC, process.kill)
    timer.start()
    try:
        for line in process.stdout or ():
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                return found[0]
    finally:
        timer.cancel()
    raise AssertionError(f"the workbench did not start:\n{log.read_text()}")
