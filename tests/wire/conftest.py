"""Local Live with an ear that hears what it is told, and a google-genai client to talk to it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import pytest
from google.genai import types
from google.genai.live import AsyncSession

from agent.audio import STUDENT_RATE_HZ, TUTOR_RATE_HZ, Pcm16, silence
from agent.local_live.canned import CannedRecogniser, SilentVoice
from agent.local_live.server import LocalLive
from agent.local_live.voice.voice_protocol import Voice
from agent.prompts.prompt import find_prompt
from agent.tutor.endpoint import LiveEndpoint
from agent.tutor.tutor import Tutor

TURN_TIMEOUT_SEC = 10.0
CHUNK_BYTES = 2 * STUDENT_RATE_HZ // 10  # 100 ms


class StartLocalLive(Protocol):
    async def __call__(
        self,
        answers: str | Sequence[str] | Mapping[str, str] = "x squared plus one",
        *,
        voice: Voice | None = None,
        faults: Sequence[str] = (),
    ) -> LiveEndpoint: ...


@pytest.fixture
async def local_live() -> AsyncIterator[StartLocalLive]:
    """Starts a server that hears `answers` whatever is said; it ends with the test."""
    async with AsyncExitStack() as stack:

        async def start(
            answers: str | Sequence[str] | Mapping[str, str] = "x squared plus one",
            *,
            voice: Voice | None = None,
            faults: Sequence[str] = (),
        ) -> LiveEndpoint:
            server = LocalLive(CannedRecogniser(answers), voice or SilentVoice(), faults=faults)
            return await stack.enter_async_context(server)

        yield start


class HeldVoice:
    """Says one piece and then holds its breath until `release` is set."""

    def __init__(self) -> None:
        self.release = asyncio.Event()

    async def speak(self, text: str) -> AsyncIterator[Pcm16]:
        yield silence(0.1, TUTOR_RATE_HZ)
        await self.release.wait()
        yield silence(0.1, TUTOR_RATE_HZ)

    async def aclose(self) -> None:
        """Nothing to give back."""


@pytest.fixture
def held_voice() -> HeldVoice:
    """A voice that is in the middle of an answer for as long as a test needs."""
    return HeldVoice()


@dataclass
class Turn:
    """All that the server sent until it said that a turn was complete."""

    kinds: list[str] = field(default_factory=list)
    heard: str = ""
    deltas: list[str] = field(default_factory=list)
    interims: list[str] = field(default_factory=list)
    spoken: str = ""
    audio: list[bytes] = field(default_factory=list)
    calls: list[types.FunctionCall] = field(default_factory=list)
    cancelled_ids: list[str] = field(default_factory=list)
    handles: list[str] = field(default_factory=list)
    usage: types.UsageMetadata | None = None
    time_left: str | None = None

    @property
    def latex(self) -> list[str]:
        """The LaTeX of each call, in order."""
        return [str((call.args or {})["latex"]) for call in self.calls]

    @property
    def was_interrupted(self) -> bool:
        return "interrupted" in self.kinds

    def take(self, message: types.LiveServerMessage) -> None:
        """Sort one message in; `kinds` keeps the order, repeats in a row left out."""
        content = message.server_content or types.LiveServerContent()
        if content.interim_input_transcription:
            self._saw("interim")
            self.interims.append(content.interim_input_transcription.text or "")
        if content.input_transcription:
            self._saw("heard")
            self.deltas.append(content.input_transcription.text or "")
            self.heard = "".join(self.deltas)
        if content.output_transcription:
            self._saw("spoken")
            self.spoken += content.output_transcription.text or ""
        for part in content.model_turn.parts or [] if content.model_turn else []:
            assert part.inline_data is not None
            assert part.inline_data.mime_type == "audio/pcm;rate=24000"
            self._saw("audio")
            self.audio.append(part.inline_data.data or b"")
        if message.tool_call:
            self._saw("call")
            self.calls += message.tool_call.function_calls or []
        if message.tool_call_cancellation:
            self._saw("cancelled")
            self.cancelled_ids += message.tool_call_cancellation.ids or []
        if message.session_resumption_update:
            self._saw("handle")
            self.handles.append(message.session_resumption_update.new_handle or "")
        if message.go_away:
            self._saw("go_away")
            self.time_left = message.go_away.time_left
        for name in ("interrupted", "generation_complete", "turn_complete"):
            if getattr(content, name):
                self._saw(name)
        self.usage = message.usage_metadata or self.usage

    def _saw(self, kind: str) -> None:
        if self.kinds[-1:] != [kind]:
            self.kinds.append(kind)


def speech(duration_sec: float) -> bytes:
    """16 kHz PCM that a voice detector takes for speech: a buzz at 120 Hz, four swells a second."""
    seconds = np.arange(int(STUDENT_RATE_HZ * duration_sec)) / STUDENT_RATE_HZ
    buzz = 2 * ((seconds * 120) % 1) - 1
    swell = 0.6 + 0.4 * np.sin(2 * np.pi * 4 * seconds)
    return (8000 * buzz * swell).astype("<i2").tobytes()


def quiet(duration_sec: float) -> bytes:
    """16 kHz PCM of silence."""
    return silence(duration_sec, STUDENT_RATE_HZ).to_bytes()


@pytest.fixture(name="speech")
def speech_fixture() -> Callable[[float], bytes]:
    """Makes PCM that counts as speech, of so many seconds."""
    return speech


@pytest.fixture(name="quiet")
def quiet_fixture() -> Callable[[float], bytes]:
    """Makes PCM of silence, of so many seconds."""
    return quiet


@dataclass
class Talk:
    """One Live session through google-genai."""

    session: AsyncSession

    async def send(self, pcm: bytes) -> None:
        """Send 16 kHz PCM in parts of 100 ms, as fast as they are taken."""
        for at in range(0, len(pcm), CHUNK_BYTES):
            blob = types.Blob(data=pcm[at : at + CHUNK_BYTES], mime_type="audio/pcm;rate=16000")
            await self.session.send_realtime_input(audio=blob)

    async def start(self) -> None:
        await self.session.send_realtime_input(activity_start=types.ActivityStart())

    async def end(self) -> None:
        await self.session.send_realtime_input(activity_end=types.ActivityEnd())

    async def say(self, duration_sec: float = 1.0) -> None:
        """A whole manual turn."""
        await self.start()
        await self.send(speech(duration_sec))
        await self.end()

    async def write(self, text: str, *, is_complete: bool = True) -> None:
        """A typed turn."""
        content = types.Content(role="user", parts=[types.Part(text=text)])
        await self.session.send_client_content(turns=content, turn_complete=is_complete)

    async def respond(
        self,
        calls: Sequence[types.FunctionCall],
        scheduling: types.FunctionResponseScheduling | None = None,
    ) -> None:
        """Answer tool calls."""
        await self.session.send_tool_response(
            function_responses=[
                types.FunctionResponse(
                    id=call.id, name=call.name, response={"output": "ok"}, scheduling=scheduling
                )
                for call in calls
            ]
        )

    async def turn(self, until: str = "turn_complete") -> Turn:
        """What comes until the end of a turn, or until `until` was seen."""
        turn = Turn()
        async with asyncio.timeout(TURN_TIMEOUT_SEC):
            while until not in turn.kinds:
                async with aclosing(self.session.receive()) as messages:
                    async for message in messages:
                        turn.take(message)
                        if until in turn.kinds:
                            break
        return turn


class OpenTalk(Protocol):
    def __call__(
        self, endpoint: LiveEndpoint, *, manual_turns: bool = True, **settings: object
    ) -> AbstractAsyncContextManager[Talk]: ...


@pytest.fixture
def tutor() -> Tutor:
    """The tutor that ships."""
    return Tutor(find_prompt("tutor"), "gemini-3.8-live")


@pytest.fixture
def open_talk(tutor: Tutor) -> OpenTalk:
    """Opens a session with the tutor's own configuration, `settings` put over it."""

    @asynccontextmanager
    async def connect(
        endpoint: LiveEndpoint, *, manual_turns: bool = True, **settings: object
    ) -> AsyncIterator[Talk]:
        config = tutor.live_config(manual_turns=manual_turns)
        model = settings.pop("model", tutor.model)
        client = endpoint.client()
        try:
            async with client.aio.live.connect(
                model=str(model), config=config.model_copy(update=settings)
            ) as session:
                yield Talk(session)
        finally:
            await client.aio.aclose()
            client.close()

    return connect
