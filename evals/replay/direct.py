"""One utterance through a google-genai Live session of its own: manual turns, full pace."""

import asyncio
import contextlib

from google import genai
from google.genai import types
from google.genai.errors import APIError
from google.genai.live import AsyncSession
from websockets.exceptions import WebSocketException

from agent.audio import STUDENT_RATE_HZ, Pcm16
from agent.tutor.failures import live_error
from agent.tutor.tutor import Tutor
from evals.replay.answer_sound import AnswerSound
from evals.replay.turn import CONNECTED, OnNews, ReplayedTurn
from evals.runs.prediction import Prediction

CHUNK_BYTES = 2 * STUDENT_RATE_HZ // 10  # 100 ms: sending costs 0.3 % of a core then
REPLY_TIMEOUT_SEC = 60.0  # beyond the clip's own length
LATE_WORDS_SEC = 1.0  # the API promises no order: words may come after turnComplete
# ValueError: google-genai's for a message that can't be read.
SERVICE_ERRORS = (APIError, WebSocketException, OSError, ValueError)
MIME_TYPE = f"audio/pcm;rate={STUDENT_RATE_HZ}"


async def replay(
    audio: Pcm16,
    tutor: Tutor,
    client: genai.Client,
    sound: AnswerSound | None = None,
    on_news: OnNews = lambda _: None,
) -> Prediction:
    """What the model makes of `audio` (16 kHz); never raises for what the service does.

    The answer's sound goes into `sound`; `on_news` is called whenever something has come.
    """
    turn = ReplayedTurn(tutor.transcribes_only, sound or AnswerSound(), on_news)
    config = tutor.live_config(manual_turns=True)
    try:
        async with asyncio.timeout(audio.duration_sec + REPLY_TIMEOUT_SEC):
            async with client.aio.live.connect(model=tutor.model, config=config) as session:
                turn.note(CONNECTED)
                await _converse(session, audio, turn)
    except SERVICE_ERRORS as error:
        if turn.has_something:
            return turn.prediction()
        failure = live_error(error)
        return Prediction(
            "failed", timings_sec=turn.timings_sec, error=str(failure), error_code=failure.code
        )
    return turn.prediction()


async def _converse(session: AsyncSession, audio: Pcm16, turn: ReplayedTurn) -> None:
    """Speak and listen at once: the service may end the turn while we still send."""
    sending = asyncio.create_task(_send(session, audio, turn))
    try:
        while not turn.is_complete and await _receive(session, turn):
            pass
        if turn.is_complete and not turn.transcript:
            await _wait_for_words(session, turn)
    finally:
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)


async def _receive(session: AsyncSession, turn: ReplayedTurn) -> bool:
    """Take messages up to the next turnComplete; False when the connection gives no more.

    No turnComplete is waited for where the turn is known to be complete.
    """
    has_come = False
    async for message in session.receive():
        has_come = True
        if responses := turn.take(message):
            await session.send_tool_response(function_responses=responses)
        if turn.is_complete:
            break
    return has_come


async def _wait_for_words(session: AsyncSession, turn: ReplayedTurn) -> None:
    """A service that says no more has said all."""
    with contextlib.suppress(*SERVICE_ERRORS):
        async with asyncio.timeout(LATE_WORDS_SEC):
            async for message in session.receive():
                turn.take(message)
                if turn.transcript:
                    return


async def _send(session: AsyncSession, audio: Pcm16, turn: ReplayedTurn) -> None:
    pcm = audio.to_bytes()
    await session.send_realtime_input(activity_start=types.ActivityStart())
    for at in range(0, len(pcm), CHUNK_BYTES):
        chunk = types.Blob(data=pcm[at : at + CHUNK_BYTES], mime_type=MIME_TYPE)
        await session.send_realtime_input(audio=chunk)
    await session.send_realtime_input(activity_end=types.ActivityEnd())
    turn.sent()
