"""The workbench in a room on behalf of one page: its tutor, or a watcher."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable

from agent.errors import SpokenMathsError
from agent.lesson.latest import Latest
from agent.tasks import beside, first_of
from agent.transcript import Transcript
from workbench.shared.events import EventLog, Message
from workbench.shared.places import Places
from workbench.shared.views import Typeset, transcript_view

MAX_VISITS = 8
GONE_SEC = 3.0  # a reloaded or killed page; a hiccup of the network is shorter
LOOK_SEC = 0.25
LEFT = "You have left the room."
OVER = "The lesson is over: the last student has left, or another tutor was there before."
BROKEN = "Something went wrong in the room; the server's terminal says what."

log = logging.getLogger(__name__)

ShowTranscript = Callable[[Transcript], None]
Attend = Callable[[Callable[[], None], ShowTranscript], Awaitable[None]]


class Visit:
    """Lasts as long as a page follows its events, and ends with a sentence why.

    `attend` is in the room for as long as it runs; it calls its first argument when it is
    inside, its second with each transcript.
    """

    def __init__(self, attend: Attend, inside: str, typeset: Typeset) -> None:
        self.id = secrets.token_urlsafe(24)
        self.events = EventLog()
        self._attend = attend
        self._inside = inside
        self._typeset = typeset
        self._transcripts: Latest[Transcript] = Latest()
        self._left = asyncio.Event()

    async def run(self) -> None:
        """Be there until somebody leaves, the page is gone, or it is over by itself."""
        message = BROKEN
        try:
            async with beside(self._show()):
                await first_of(self._be_there(), self._until_left(), self._until_gone())
            message = LEFT if self._left.is_set() else OVER
        except SpokenMathsError as error:
            message = str(error)
        except Exception:
            log.exception("a visit to a room failed")
        finally:
            self._say("ended", message)
            self.events.close()

    def close(self) -> None:
        """Let `run` finish: the page leaves, or the server closes."""
        self._left.set()

    async def _be_there(self) -> None:
        await self._attend(self._enter, self._transcripts.put)

    def _enter(self) -> None:
        self._say("inside", self._inside)

    def _say(self, kind: str, message: str) -> None:
        said: Message = {"message": message}
        self.events.publish(kind, said)

    async def _show(self) -> None:
        while True:
            transcript = await self._transcripts.get()
            view = await asyncio.to_thread(transcript_view, transcript, self._typeset)
            self.events.publish("transcript", view)

    async def _until_left(self) -> None:
        await self._left.wait()

    async def _until_gone(self) -> None:
        while self.events.unread_for_sec() <= GONE_SEC:  # noqa: ASYNC110 (nothing tells of it)
            await asyncio.sleep(LOOK_SEC)


class Visits(Places[Visit]):
    """Those of the Room tab's pages."""

    at_most = MAX_VISITS
    full = f"All {MAX_VISITS} places in rooms are taken at the moment. Leave another room."
    gone = "You are no longer in that room. Join it again."
