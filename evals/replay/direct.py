"""One utterance through a google-genai Live session of its own: manual turns, full pace."""

import asyncio
import time
from dataclasses import dataclass, field

from google import genai
from google.genai import types
from google.genai.errors import APIError
from google.genai.live import AsyncSession
from websockets.exceptions import WebSocketException

from agent.audio import STUDENT_RATE_HZ, Pcm16
from agent.delimiters import delimited_formulas
from agent.errors import LiveError
from agent.live_errors import live_error
from agent.transcript import Formula
from agent.tutor import Tutor
from agent.write_math import formula_of_call, silent_response
from evals.predictions import Prediction

CHUNK_BYTES = 2 * STUDENT_RATE_HZ // 10  # 100 ms: sending costs 0.3 % of a core then
CONNECTED = "connected"  # the timing that tells that the service opened a session
REPLY_TIMEOUT_SEC = 60.0  # beyond the clip's own length
MIME_TYPE = f"audio/pcm;rate={STUDENT_RATE_HZ}"


@dataclass(slots=True)
class _Turn:
    """What has come of one turn so far."""

    began_sec: float
    transcript: str = ""
    answer: str = ""
    formulas: list[Formula] = field(default_factory=list)
    timings_sec: dict[str, float] = field(default_factory=dict)
    usage: dict[str, int] = field(default_factory=dict)
    is_sent: bool = False
    is_complete: bool = False
    was_early: bool = False

    def note(self, what: str) -> None:
        """When `what` happened for the first time."""
        self.timings_sec.setdefault(what, round(time.perf_counter() - self.began_sec, 4))

    def prediction(self) -> Prediction:
        is_whole = self.is_sent and self.is_complete and not self.was_early
        return Prediction(
            "ok" if is_whole else "cut_off",
            self.transcript.strip(),
            (*self.formulas, *delimited_formulas(self.answer, "tutor")),
            self.answer.strip(),
            self.timings_sec,
            self.usage,
        )


async def replay(audio: Pcm16, tutor: Tutor, client: genai.Client) -> Prediction:
    """What the model makes of `audio` (16 kHz); never raises for what the service does."""
    turn = _Turn(time.perf_counter())
    config = tutor.live_config(manual_turns=True)
    try:
        async with asyncio.timeout(audio.duration_sec + REPLY_TIMEOUT_SEC):
            async with client.aio.live.connect(model=tutor.model, config=config) as session:
                turn.note(CONNECTED)
                await _converse(session, audio, turn)
    except (APIError, WebSocketException, OSError, TimeoutError, ConnectionError) as error:
        if turn.transcript or turn.formulas or turn.answer:
            return turn.prediction()
        failure = live_error(error)
        return Prediction(
            "failed", timings_sec=turn.timings_sec, error=str(failure), error_code=failure.code
        )
    return turn.prediction()


async def _converse(session: AsyncSession, audio: Pcm16, turn: _Turn) -> None:
    """Speak and listen at once: the service may end the turn while we still send."""
    sending = asyncio.create_task(_send(session, audio, turn))
    try:
        while not turn.is_complete:
            n_messages = 0
            async for message in session.receive():
                n_messages += 1
                await _take(session, message, turn)
            if not n_messages:
                break
        turn.was_early = not turn.is_sent
    finally:
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)


async def _send(session: AsyncSession, audio: Pcm16, turn: _Turn) -> None:
    pcm = audio.to_bytes()
    await session.send_realtime_input(activity_start=types.ActivityStart())
    for at in range(0, len(pcm), CHUNK_BYTES):
        chunk = types.Blob(data=pcm[at : at + CHUNK_BYTES], mime_type=MIME_TYPE)
        await session.send_realtime_input(audio=chunk)
    await session.send_realtime_input(activity_end=types.ActivityEnd())
    turn.is_sent = True
    turn.note("sent")


async def _take(session: AsyncSession, message: types.LiveServerMessage, turn: _Turn) -> None:
    content = message.server_content
    if content is not None:
        _take_content(content, turn)
    if message.usage_metadata is not None:
        counts = message.usage_metadata.model_dump(exclude_none=True)
        turn.usage.update({key: n for key, n in counts.items() if isinstance(n, int)})
    if message.tool_call is not None:
        turn.note("formula")
        calls = message.tool_call.function_calls or []
        responses = [silent_response(call, _write(call, turn)) for call in calls]
        await session.send_tool_response(function_responses=responses)


def _take_content(content: types.LiveServerContent, turn: _Turn) -> None:
    if content.input_transcription is not None:
        turn.note("words")
        turn.transcript += content.input_transcription.text or ""
    if content.output_transcription is not None:
        turn.answer += content.output_transcription.text or ""
    if content.model_turn is not None:
        turn.note("answer")
    if content.turn_complete:
        turn.note("complete")
        turn.is_complete = True


def _write(call: types.FunctionCall, turn: _Turn) -> dict[str, object]:
    try:
        turn.formulas.append(formula_of_call(call.args))
    except LiveError as error:
        return {"error": str(error)}
    return {"written": True}
