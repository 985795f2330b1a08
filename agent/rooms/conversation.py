"""One tutor session in a room: its transcripts and states, written to the room."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from agent.errors import LiveError
from agent.lesson.session import SessionState, StateChange, TutorSession
from agent.rooms.captions import SpokenWords
from agent.rooms.text import RoomText
from agent.transcript import Transcript

MAX_CHAT_CHARS = 2_000
ANSWER_SEC = 4.0  # after a reconnection: later nothing of the turn before is heard any more
SHOWN_STATES: dict[SessionState, str] = {
    "connecting": "initializing",
    "reconnecting": "initializing",
    "listening": "listening",
    "speaking": "speaking",
}
REPEAT = "The connection to the tutor broke for a moment. Please say that again."
TOO_LONG = f"Please write at most {MAX_CHAT_CHARS} characters at a time."


class RoomConversation:
    """Reports a session to the room; the ids of its segments begin with `prefix`.

    `on_final` receives each final transcript before the room does.
    """

    def __init__(
        self,
        session: TutorSession,
        text: RoomText,
        prefix: str,
        on_final: Callable[[Transcript], None],
    ) -> None:
        self.words = SpokenWords(session.voice, text.write)
        self._session = session
        self._text = text
        self._prefix = prefix
        self._on_final = on_final
        self._shown_state = ""
        self._has_open_turn = False
        self._lost_turn = asyncio.Event()
        self._heard = asyncio.Event()  # unset while a turn is missing
        self._heard.set()

    async def tell(self) -> None:
        """Write the session's events to the room; raises LiveError when the service is lost."""
        async for event in self._session.events():
            if isinstance(event, StateChange):
                await self._change_state(event.state)
            else:
                transcript = replace(event, segment_id=f"{self._prefix}-{event.segment_id}")
                await self._write(transcript)

    async def ask_again(self) -> None:
        """Ask the student to repeat each turn that a broken connection lost."""
        while True:
            await self._lost_turn.wait()
            self._lost_turn.clear()
            try:
                async with asyncio.timeout(ANSWER_SEC):
                    await self._heard.wait()
            except TimeoutError:
                await self._text.tell(REPEAT)

    async def answer(self, text: str) -> None:
        """Answer a typed question."""
        if len(text) > MAX_CHAT_CHARS:
            await self._text.tell(TOO_LONG)
        elif text.strip():
            try:
                await self._session.say(text.strip())
            except LiveError as error:
                await self._text.tell(str(error))

    async def _write(self, transcript: Transcript) -> None:
        self._heard.set()
        if transcript.is_final:
            self._on_final(transcript)
        if transcript.speaker == "student":
            self._has_open_turn = not transcript.is_final
            await self._text.write(transcript)
            if transcript.is_final and self._shown_state == "listening":
                await self._show_state("thinking")
            return
        await self._text.write_formulas(transcript)
        await self.words.take(transcript)
        is_silent = transcript.is_final and not self._session.voice.has_sound.is_set()
        if is_silent and self._shown_state == "thinking":
            await self._show_state("listening")

    async def _change_state(self, state: SessionState) -> None:
        if state == "reconnecting" and (self._has_open_turn or self._session.student_has_the_floor):
            self._heard.clear()
        elif state == "listening" and not self._heard.is_set():
            self._lost_turn.set()
        await self._show_state(SHOWN_STATES[state])

    async def _show_state(self, state: str) -> None:
        if state != self._shown_state:
            self._shown_state = state
            await self._text.show_state(state)
