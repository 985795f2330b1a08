"""What a lesson shows: states, transcripts no faster than one can read, latencies."""

import asyncio
import time
from typing import Literal

from typing_extensions import TypedDict

from agent.lesson.session import SessionEvent, SessionState, StateChange
from agent.transcript import Transcript
from workbench.live.corrections import Correction, Corrections
from workbench.shared.events import EventLog
from workbench.shared.views import Card, Typeset, cards_of, transcript_view, words_view

TYPESET_EVERY_SEC = 0.2  # provisional formulas: five a second
SHOW_EVERY_SEC = 0.02  # words: a page that is away for a moment must find all that it missed
MAX_SEGMENTS = 200  # whose formulas are known to be on the page

BACK = "Connected again. If your last words went unanswered, please repeat them."
SENTENCES: dict[SessionState, str] = {
    "connecting": "Connecting to {engine} …",
    "listening": "Listening. Say some mathematics.",
    "speaking": "The tutor is speaking. You may interrupt.",
    "reconnecting": "Reconnecting to {engine} …",
}


class StatusView(TypedDict):
    """How a lesson stands, in a word and in a sentence."""

    state: SessionState
    message: str


class LatencyView(TypedDict, total=False):
    """How long after the turn's end its formula and the tutor's voice came, once they have."""

    formula_ms: int
    first_audio_ms: int


Timed = Literal["formula_ms", "first_audio_ms"]


class Screen:
    """Turns a session's events into the page's."""

    def __init__(self, events: EventLog, typeset: Typeset, engine_name: str) -> None:
        self._events = events
        self._typeset = typeset
        self._engine_name = engine_name
        self._state: SessionState = "connecting"
        self._was_lost = False
        self._has_sound = False
        self._typeset_at_sec = 0.0
        self._held_back: asyncio.Task[None] | None = None
        self._latency: LatencyView = {}
        self._timed: set[tuple[Timed, float]] = set()
        self._corrections = Corrections()
        self._on_page: dict[str, tuple[Card, ...]] = {}  # by segment
        self._one_at_a_time = asyncio.Lock()

    async def show(self, event: SessionEvent, turn_ended_at_sec: float | None) -> None:
        """One event; the turn's end dates its latencies."""
        if isinstance(event, StateChange):
            self._was_lost = self._state == "reconnecting"
            self._state = event.state
            self._show_state()
            if event.state == "speaking":
                self._time("first_audio_ms", turn_ended_at_sec)
        else:
            await self._show_transcript(self._corrections.apply(event))
            self._time_formula(event, turn_ended_at_sec)
            if not event.is_final:
                await asyncio.sleep(SHOW_EVERY_SEC)

    async def correct(self, segment_id: str, formula_number: int, latex: str) -> Correction:
        """Show the reading that the visitor chose; NoSuchReadingError for one not offered."""
        correction = await asyncio.to_thread(
            self._corrections.choose, segment_id, formula_number, latex
        )
        await self._typeset_and_publish(correction.transcript)
        return correction

    def turn(self, segment_id: str) -> Transcript | None:
        """The student's turn as it is shown, with what was chosen in it; None for no such turn."""
        return self._corrections.shown(segment_id)

    def sound_came(self) -> None:
        """The visitor's sound is connected: only now can the tutor be listening."""
        self._has_sound = True
        self._show_state()

    def _show_state(self) -> None:
        state = self._state if self._has_sound else "connecting"
        is_back = self._was_lost and state == "listening"
        message = BACK if is_back else SENTENCES[state].format(engine=self._engine_name)
        status: StatusView = {"state": state, "message": message}
        self._events.publish("status", status)

    async def _show_transcript(self, transcript: Transcript) -> None:
        """Words at once; provisional formulas are typeset in their time, the newest wins."""
        if transcript.speaker == "student" and self._held_back is not None:
            self._held_back.cancel()
            self._held_back = None
        wait_sec = self._typeset_at_sec + TYPESET_EVERY_SEC - time.monotonic()
        if transcript.is_final or transcript.speaker == "tutor" or wait_sec <= 0:
            await self._typeset_and_publish(transcript)
        else:
            self._events.publish("transcript", words_view(transcript))
            self._held_back = asyncio.create_task(self._publish_later(transcript, wait_sec))

    async def _publish_later(self, transcript: Transcript, wait_sec: float) -> None:
        await asyncio.sleep(wait_sec)
        await self._typeset_and_publish(transcript)

    async def _typeset_and_publish(self, transcript: Transcript) -> None:
        """Publish the words, and those formulas that the page does not show yet."""
        if not transcript.is_final:
            self._typeset_at_sec = time.monotonic()
        async with self._one_at_a_time:
            shown = self._on_page.pop(transcript.segment_id, ())
            cards = await asyncio.to_thread(cards_of, transcript)
            view = await asyncio.to_thread(transcript_view, transcript, self._typeset, shown)
            self._on_page[transcript.segment_id] = cards
            if len(self._on_page) > MAX_SEGMENTS:
                del self._on_page[next(iter(self._on_page))]
            self._events.publish("transcript", words_view(transcript) if cards == shown else view)

    def _time_formula(self, transcript: Transcript, turn_ended_at_sec: float | None) -> None:
        is_written = any(formula.source == "model" for formula in transcript.formulas)
        if transcript.speaker == "student" and is_written:
            self._time("formula_ms", turn_ended_at_sec)

    def _time(self, what: Timed, turn_ended_at_sec: float | None) -> None:
        """Tell how long after the turn's end `what` came; once for each turn."""
        if turn_ended_at_sec is None or (what, turn_ended_at_sec) in self._timed:
            return
        if all(turn != turn_ended_at_sec for _, turn in self._timed):
            self._timed, self._latency = set(), {}
        self._timed.add((what, turn_ended_at_sec))
        passed_ms = max(0, round(1000 * (time.monotonic() - turn_ended_at_sec)))
        self._latency[what] = passed_ms
        self._events.publish("latency", self._latency)
