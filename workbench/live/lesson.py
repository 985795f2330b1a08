"""One visitor's lesson: their sound and their page on one side, the tutor on the other."""

import asyncio
import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, Protocol

from agent.audio import STUDENT_RATE_HZ, Int16Samples, Pcm16
from agent.errors import LiveError, SpokenMathsError
from agent.lesson.session import MAX_SOUNDS, TutorSession
from agent.tasks import end_all
from agent.transcript import Transcript
from agent.tutor.endpoint import LiveEndpoint
from agent.tutor.failures import is_refusal
from agent.tutor.tutor import Tutor
from evals.dataset.own import check_name, ensure_dataset
from workbench.live.backlog import Backlog, LoopLag
from workbench.live.kept_turns import CORRECTIONS, keep_turn
from workbench.live.patience import Paced
from workbench.live.screen import Screen
from workbench.shared.events import EventLog
from workbench.shared.views import Typeset

GONE_SEC = 3.0  # a reloaded or killed page; a hiccup of the network is shorter
FAREWELL_SEC = 0.3  # the reason must reach the page before its sound is cut
WATCH_SEC = 0.25
PACE_SEC = 5.0  # between two changes of the patience, each of which opens a session
CATCH_UP_SEC = 1.0  # after a busy moment the sound that waited is there within less

log = logging.getLogger(__name__)


class NoSuchTurnError(SpokenMathsError):
    """The turn was typed, is the tutor's, or is too old to have its sound."""


@dataclass(frozen=True, slots=True)
class Ending:
    """Why a lesson is over, in a sentence for the visitor."""

    state: Literal["idle", "lost", "refused"]
    message: str


class Sound(Protocol):
    """How a visitor is heard and hears: over WebRTC, or over a WebSocket."""

    def drop(self) -> None:
        """Forget what is on its way to the ear: the student has barged in."""
        ...

    async def hang_up(self) -> None:
        """Let go of the visitor's browser; done before is no harm."""
        ...


STOPPED = Ending("idle", "Idle. Press Start and speak, or play a sample.")
GONE = Ending("lost", "The page was away for too long. Start again.")
OVERLOADED = Ending("lost", "This machine is too busy to keep up. Try again in a moment.")
SILENT = Ending("lost", "The sound connection was lost. Start again.")
BROKEN = Ending("lost", "Something went wrong with the lesson. Start again.")
CLOSING = Ending("lost", "The workbench is being stopped.")


@dataclass(frozen=True, slots=True)
class LessonRules:
    """How long a lesson may be, and where turns that the visitor corrects are kept, if at all.

    `wording` makes of an error's message what the visitor is told.
    """

    max_sec: float = 1_800.0
    datasets: Path | None = None
    wording: Callable[[str], str] = str

    @property
    def too_long(self) -> Ending:
        minutes = f"{self.max_sec / 60:.0f} minutes" if self.max_sec >= 120 else ""
        limit = minutes or f"{self.max_sec:.0f} seconds"
        return Ending("lost", f"A lesson ends after {limit}. Press Start for another.")


class Lesson:
    """Runs from `run` until `end`; whatever happens, its page hears why it is over."""

    def __init__(
        self,
        tutor: Tutor,
        endpoint: LiveEndpoint,
        engine_name: str,
        typeset: Typeset,
        rules: LessonRules,
    ) -> None:
        self.id = secrets.token_urlsafe(24)
        self.engine_name = engine_name
        self.rules = rules
        self.events = EventLog()
        self._session = TutorSession(tutor, endpoint)
        self.be_patient = Paced(self._session.be_patient, PACE_SEC)
        self._sound: Sound | None = None
        self._screen = Screen(self.events, typeset, engine_name)
        self._ending: asyncio.Future[Ending] = asyncio.get_running_loop().create_future()
        self.backlog = Backlog()
        self.loop_lag = LoopLag()
        self.on_overload: Callable[[], None] = lambda: self.end(OVERLOADED)

    async def run(self) -> None:
        """Teach until somebody ends it, then say why and let go of everything."""
        parts = [asyncio.create_task(part()) for part in (self._teach, self._watch)]
        try:
            ending = await self._ending
            self.events.publish("ended", asdict(ending))
        finally:
            self.events.close()
            self.be_patient.stop()
            await end_all(*parts)
            if self._sound is not None:
                await asyncio.sleep(FAREWELL_SEC)
                await self._sound.hang_up()

    def end(self, ending: Ending) -> None:
        """Let `run` finish; the first reason is the one that counts."""
        if not self._ending.done():
            self._ending.set_result(ending)

    def close(self) -> None:
        """Let `run` finish: the server closes."""
        self.end(CLOSING)

    def fail(self) -> None:
        """Something unforeseen happened to the sound."""
        self.end(BROKEN)

    @property
    def has_sound(self) -> bool:
        return self._sound is not None

    async def connect(self, sound: Sound) -> None:
        """Let the visitor be heard and hear over `sound`, and over no other any more."""
        earlier, self._sound = self._sound, sound
        self._session.voice.on_dropped = sound.drop
        if earlier is not None:
            await earlier.hang_up()

    def sound_ended(self, sound: Sound) -> None:
        """A connection is closed or lost: before any sound came, another may follow."""
        if sound is self._sound and self.backlog.has_begun:
            self.end(SILENT)

    def hear(self, samples: Int16Samples) -> None:
        """Take the student's sound, 16 kHz."""
        if not self.backlog.has_begun:
            self._screen.sound_came()
        self.backlog.add(len(samples) / STUDENT_RATE_HZ)
        self._session.student.push(Pcm16(samples, STUDENT_RATE_HZ))

    def speak(self, n_samples: int, n_waiting: int) -> Int16Samples:
        """Give exactly `n_samples` of the tutor, 24 kHz; `n_waiting` given ones wait."""
        return self._session.voice.take(n_samples, n_waiting)

    async def say(self, text: str) -> None:
        await self._session.say(text)

    async def correct(self, segment_id: str, formula_number: int, latex: str) -> None:
        """The visitor meant this reading: show it, keep the turn, tell the tutor."""
        correction = await self._screen.correct(segment_id, formula_number, latex)
        sound = self._session.sound_of(segment_id)
        if sound is not None and self.rules.datasets is not None:
            datasets, heard = self.rules.datasets, correction.transcript
            await asyncio.to_thread(_keep, datasets / CORRECTIONS, "correction", sound, heard)
        await self._session.say(f"I meant ${latex}$.")

    async def keep(self, segment_id: str, dataset: str) -> str:
        """Put a turn with its sound into `dataset`, made if need be; gives the utterance's id.

        NoSuchTurnError when its sound is not there any more, or never was; DatasetError for a
        name that can't be had.
        """
        if self.rules.datasets is None:
            raise NoSuchTurnError("Nothing that is said here is kept.")
        transcript, sound = self._screen.turn(segment_id), self._session.sound_of(segment_id)
        if transcript is None or sound is None:
            raise NoSuchTurnError(
                f"Only the latest {MAX_SOUNDS} turns that were spoken can be kept; say it again."
            )
        folder = self.rules.datasets / check_name(dataset)
        return await asyncio.to_thread(_keep, folder, "live", sound, transcript)

    def hold(self, held: bool) -> None:
        """While held, no pause ends the turn; letting go ends it."""
        if held:
            self._session.student.hold()
        else:
            self._session.student.release()

    async def _watch(self) -> None:
        """End a lesson whose visitor has gone, that has lasted too long or is far behind."""
        began_sec = in_time_sec = time.monotonic()
        while time.monotonic() - began_sec < self.rules.max_sec:
            due_sec = time.monotonic() + WATCH_SEC
            await asyncio.sleep(WATCH_SEC)
            self.loop_lag.add(time.monotonic() - due_sec)
            if self.events.unread_for_sec() > GONE_SEC:
                self.end(GONE)
            if not self.backlog.too_large:
                in_time_sec = time.monotonic()
            elif time.monotonic() - in_time_sec > CATCH_UP_SEC:
                self.on_overload()
        self.end(self.rules.too_long)

    async def _teach(self) -> None:
        try:
            async with self._session as session:
                async for event in session.events():
                    await self._screen.show(event, session.turn_ended_at_sec)
        except LiveError as error:
            message = self.rules.wording(str(error))
            self.end(Ending("refused" if is_refusal(error) else "lost", message))
        except SpokenMathsError as error:
            self.end(Ending("refused", self.rules.wording(str(error))))
        except Exception:
            log.exception("a lesson failed")
            self.end(BROKEN)


def _keep(folder: Path, category: str, sound: Pcm16, transcript: Transcript) -> str:
    meant = [formula.latex for formula in transcript.formulas]
    ensure_dataset(folder.parent, folder.name)
    return keep_turn(folder, sound, transcript.text, meant, category)
