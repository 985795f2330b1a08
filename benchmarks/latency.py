"""How soon the page shows and sounds what happens: measured in a real browser.

    python -m benchmarks.latency [TURNS]

The browser's microphone plays a recording into a live lesson again and again, while the
tutor still answers the one before: every turn but the first is also a barge-in. Server and browser share the
machine's clock. The tutor's voice is a tone that is there at once: the engine's synthesiser
is not in the figures. Its recogniser is, and our own share is what remains without it:
from its final words through tool call, session, KaTeX and events to the page.
"""

import sys
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from playwright.sync_api import Page, sync_playwright

from agent.audio import Pcm16
from agent.local_live.ear.endpointer import TurnDetector, TurnEvent
from agent.local_live.ear.recogniser import MoonshineRecogniser
from agent.local_live.ear.recogniser_protocol import Heard, HearingStream
from tests.browser.harness import (
    ToneVoice,
    launch_chromium,
    open_live,
    running_workbench,
    write_microphone,
)
from tests.live_service import endpoint_environment, running_local_live

TURNS = 20
LOUD_RMS = 300.0  # the recordings' speech is ten times as loud
MIN_PAUSE_SEC = 0.5  # shorter gaps are inside an utterance
MONITOR = Path(__file__).with_name("latency_monitor.js")


@dataclass(slots=True)
class Notes:
    """When things happened at the Live server: seconds of the machine's clock, in order."""

    voice_began: list[float] = field(default_factory=list)
    voice_ended: list[float] = field(default_factory=list)
    decided: list[float] = field(default_factory=list)
    heard: list[float] = field(default_factory=list)
    spoke: list[float] = field(default_factory=list)
    _voice_at_sec: float = 0.0

    def audio_came(self, pcm: bytes) -> None:
        """One message of the student's sound has arrived."""
        samples = np.frombuffer(pcm, dtype="<i2").astype(np.float32)
        if np.sqrt(np.mean(np.square(samples))) > LOUD_RMS:
            if time.time() - self._voice_at_sec > MIN_PAUSE_SEC:
                self.voice_began.append(time.time())
            self._voice_at_sec = time.time()

    def turn_ended(self) -> None:
        """The endpointer has decided."""
        self.decided.append(time.time())
        self.voice_ended.append(self._voice_at_sec)


class NotedRecogniser:
    """Moonshine, with a note of when each utterance's final words were there."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._recogniser = MoonshineRecogniser()

    async def __aenter__(self) -> "NotedRecogniser":
        await self._recogniser.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._recogniser.__aexit__(None, None, None)

    async def open(self, hints: Sequence[str] = ()) -> "NotedStream":
        return NotedStream(await self._recogniser.open(hints), self._notes)

    async def aclose(self) -> None:
        await self._recogniser.aclose()


class NotedStream:
    """One session's ear."""

    def __init__(self, stream: HearingStream, notes: Notes) -> None:
        self._stream = stream
        self._notes = notes

    async def feed(self, chunk: Pcm16) -> str:
        return await self._stream.feed(chunk)

    async def finish(self) -> Heard:
        heard = await self._stream.finish()
        self._notes.heard.append(time.time())
        return heard

    async def aclose(self) -> None:
        await self._stream.aclose()


class NotedTone(ToneVoice):
    """The tone, with a note of when it was there."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes

    async def speak(self, text: str) -> AsyncIterator[Pcm16]:
        if len(self._notes.spoke) < len(self._notes.heard):  # an answer may have sentences
            self._notes.spoke.append(time.time())
        async for piece in super().speak(text):
            yield piece


def note_arrivals(notes: Notes) -> None:
    """Let `notes` see the audio and the decisions of the Live server's endpointer."""
    take = TurnDetector.take

    def noted(detector: TurnDetector, pcm: bytes) -> list[TurnEvent | bytes]:
        notes.audio_came(pcm)
        events = take(detector, pcm)
        if TurnEvent.ENDED in events:
            notes.turn_ended()
        return events

    TurnDetector.take = noted  # type: ignore[assignment, method-assign]


def speak_turns(page: Page, n_turns: int) -> dict[str, list[float]]:
    """Let the microphone play so many turns; gives the page's notes."""
    page.click("#live-start")
    page.wait_for_function(
        f"window.latency.formula.length >= {n_turns} && window.latency.ear.length >= {n_turns}",
        timeout=n_turns * 20_000,
    )
    result: dict[str, list[float]] = page.evaluate("window.latency")
    return result


def delays_ms(since: Sequence[float], until: Sequence[float], within_sec: float = 5) -> list[float]:
    """For each moment of `since`, how long until the next of `until`."""
    nexts = ((begin, min((u for u in until if u >= begin), default=None)) for begin in since)
    return [1000 * (n - b) for b, n in nexts if n is not None and n - b < within_sec]


def line(name: str, delays: Sequence[float], aim: str = "") -> str:
    """One row of the table."""
    if not delays:
        return f"{name:<46} {'no data':>8}"
    p50, p95 = np.percentile(delays, [50, 95])
    return f"{name:<46} {p50:>5.0f} ms {p95:>5.0f} ms {len(delays):>4}  {aim}"


def measure(n_turns: int) -> tuple[Notes, dict[str, list[float]], float]:
    """Hold the lesson; gives the server's notes, the page's, and the pause that ends a turn."""
    notes = Notes()
    note_arrivals(notes)
    with TemporaryDirectory() as folder:
        microphone = write_microphone(Path(folder))
        with (
            running_local_live(NotedRecogniser(notes), NotedTone(notes)) as endpoint,
            running_workbench(Path(folder), None, **endpoint_environment(endpoint)) as workbench,
            sync_playwright() as playwright,
        ):
            page = launch_chromium(playwright, microphone).new_page()
            page.add_init_script(path=MONITOR)
            open_live(page, workbench)
            pause_ms = float(page.input_value("#live-patience"))
            shown = speak_turns(page, n_turns)
            page.close()
    return notes, shown, pause_ms


def main() -> None:
    """Print the table."""
    n_turns = int(sys.argv[1]) if len(sys.argv) > 1 else TURNS
    notes, shown, pause_ms = measure(n_turns)
    barge_ins = shown["sent"][1:]
    rows = [
        f"{'':<46} {'p50':>8} {'p95':>8} {'n':>4}  aim",
        line("turn end -> formula", delays_ms(notes.decided, shown["formula"]), "p95 < 600"),
        line("  the engine's recogniser", delays_ms(notes.decided, notes.heard)),
        line("  our own share", delays_ms(notes.heard, shown["formula"]), "< 60"),
        line(
            f"speech end -> formula (pause of {pause_ms:.0f} ms)",
            delays_ms(notes.voice_ended, shown["formula"]),
        ),
        line("microphone -> Live", delays_ms(shown["sent"], notes.voice_began), "p50 < 70"),
        line("Live's first audio -> ear", delays_ms(notes.spoke, shown["ear"]), "p50 < 210"),
        line("barge-in -> silence", delays_ms(barge_ins, shown["silent"]), "p50 < 300"),
    ]
    print("\n".join(rows))


if __name__ == "__main__":
    main()
