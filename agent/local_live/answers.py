"""The tutor's side of a session: words back, formulas, speech, and the end of each turn."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from google.genai import types

from agent.local_live.calls import ToolCalls, broken
from agent.local_live.connection import Connection
from agent.local_live.conversation import Reply, go_on, reply_to
from agent.local_live.faults import (
    EMPTY_TURN,
    LATE_TRANSCRIPTION,
    NO_TRANSCRIPTION,
    TOOL_CALL_BROKEN,
    TOOL_CALL_CANCELLED,
    TOOL_CALL_TWICE,
)
from agent.local_live.floor import Floor, Turn
from agent.local_live.memory import Conversations, Memory
from agent.local_live.usage import usage
from agent.local_live.voice.speech import Speech
from agent.local_live.voice.voice_protocol import Voice


@dataclass(frozen=True, slots=True)
class Said:
    """A student's turn: its words, how long it sounded, and the transcription still owed."""

    text: str
    heard_sec: float = 0.0
    owed: str = ""


class Answers:
    """Answers the student's turns one after another; each can be interrupted."""

    def __init__(
        self,
        connection: Connection,
        voice: Voice,
        memory: Memory,
        conversations: Conversations,
    ) -> None:
        self._link = connection.link
        self._setup = connection.setup
        self._faults = connection.faults
        self._voice = voice
        self._conversations = conversations
        self._calls = ToolCalls(connection.setup.tool_behavior)
        self._floor = Floor(connection.tasks, self._end_early)
        self._said = Said("")
        self._speech = self._new_speech()
        self._plays_until_sec = 0.0
        self.memory = memory

    def answer(self, said: Said) -> None:
        """Answer this turn as soon as those before it are answered."""
        self._floor.start(partial(self._answer, said))

    async def interrupt(self) -> bool:
        """Cut the answer under way and tell the client; false when there was none."""
        return await self._floor.cut()

    async def silence(self) -> None:
        """Stop the client from playing an answer that is complete but still sounds there."""
        if asyncio.get_running_loop().time() < self._plays_until_sec:
            self._plays_until_sec = 0.0
            await self._link.send_content(interrupted=True)

    async def take_responses(self, responses: Sequence[types.FunctionResponse]) -> None:
        """Go on as the tools' results ask for."""
        scheduling = self._calls.take(responses)
        if scheduling == types.FunctionResponseScheduling.INTERRUPT:
            await self.interrupt()
        if scheduling is not None:
            self._floor.start(self._follow_up)

    async def write_down(self, words: str, heard_sec: float) -> None:
        """Give the words of a turn and nothing else, as a model that transcribes only."""
        self._begin(Said(words, heard_sec))
        if not self._faults.has(EMPTY_TURN) and not self._faults.has(NO_TRANSCRIPTION):
            heard = types.Transcription(text=self._faults.transcription(words))
            await self._link.send_content(input_transcription=heard)
        await self._complete()

    async def offer_resumption(self) -> None:
        """Send a handle for the conversation as it is now, when the client asked for them."""
        if self._setup.is_resumable:
            update = types.LiveServerSessionResumptionUpdate(
                new_handle=self._conversations.save(self.memory), resumable=True
            )
            await self._link.send(types.LiveServerMessage(session_resumption_update=update))

    async def _answer(self, said: Said, turn: Turn) -> None:
        self._begin(said)
        if self._faults.gives_no_answers:
            await self._refuse(said, turn)
            return
        reply = reply_to(said.text, self.memory.last_formula, was_heard=said.heard_sec > 0)
        self.memory = self.memory.add("user", said.text, reply.last_formula)
        is_late = self._faults.has(LATE_TRANSCRIPTION)
        if not is_late:
            await self._transcribe(said.owed)
        has_called = await self._write(reply)
        if is_late:
            await self._transcribe(said.owed)
        turn.wrote.set()
        if has_called and self._calls.is_blocking:
            await self._calls.all_answered()
        await self._speak(reply.speech)

    async def _refuse(self, said: Said, turn: Turn) -> None:
        turn.wrote.set()
        if not self._faults.has(EMPTY_TURN):
            await self._transcribe(said.owed)
        await self._complete(self._faults.turn_complete_reason)

    async def _follow_up(self, turn: Turn) -> None:
        self._begin(Said(""))
        turn.wrote.set()
        await self._speak(go_on().speech)

    def _begin(self, said: Said) -> None:
        self._said = said
        self._speech = self._new_speech()

    def _new_speech(self) -> Speech:
        return Speech(self._link, self._voice, transcribes=self._setup.transcribes_output)

    async def _transcribe(self, words: str) -> None:
        words = self._faults.transcription(words)
        if words and self._setup.transcribes_input:
            await self._link.send_content(input_transcription=types.Transcription(text=words))

    async def _write(self, reply: Reply) -> bool:
        if not reply.formulas or self._setup.tool_behavior is None:
            return False
        call = self._calls.issue(reply.formulas)
        if self._faults.has(TOOL_CALL_BROKEN):
            call = broken(call)
        message = types.LiveServerMessage(tool_call=call)
        await self._link.send(message)
        if self._faults.has(TOOL_CALL_TWICE):
            await self._link.send(message)
        if self._faults.has(TOOL_CALL_CANCELLED):
            await self._cancel(self._calls.forget())
        return True

    async def _speak(self, text: str) -> None:
        started_sec = asyncio.get_running_loop().time()
        async for _ in self._speech.say(text):
            self._plays_until_sec = started_sec + self._speech.duration_sec
            await self._faults.reach("answer")
        await self._link.send_content(generation_complete=True)
        await self._complete()

    async def _end_early(self) -> None:
        self._plays_until_sec = 0.0
        await self._cancel(self._calls.cancel())
        await self._link.send_content(interrupted=True)
        await self._complete()

    async def _cancel(self, ids: list[str]) -> None:
        if ids:
            cancellation = types.LiveServerToolCallCancellation(ids=ids)
            await self._link.send(types.LiveServerMessage(tool_call_cancellation=cancellation))

    async def _complete(self, reason: types.TurnCompleteReason | None = None) -> None:
        said, speech = self._said, self._speech
        self.memory = self.memory.add("model", speech.text)
        content = types.LiveServerContent(
            turn_complete=True,
            turn_complete_reason=reason,
            interaction_status=types.InteractionStatus.IDLE,
        )
        spent = usage(said.heard_sec, self.memory.n_chars, speech.duration_sec, len(speech.text))
        await self._link.send(types.LiveServerMessage(server_content=content, usage_metadata=spent))
        await self.offer_resumption()
