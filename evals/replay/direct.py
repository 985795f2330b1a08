"""One utterance through a google-genai Live session of its own, with manual turns."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from google import genai
from google.genai import types
from google.genai.live import AsyncSession

from agent.audio import STUDENT_RATE_HZ, Pcm16
from agent.errors import LiveError
from agent.tasks import end_all
from agent.tutor.failures import told_as_live_errors
from agent.tutor.tutor import Tutor
from evals.replay.answer_sound import AnswerSound
from evals.replay.depths import Pace
from evals.replay.turn import CONNECTED, OnNews, ReplayedTurn
from evals.runs.prediction import Prediction

BYTES_PER_SEC = 2 * STUDENT_RATE_HZ
CHUNK_BYTES = BYTES_PER_SEC // 10  # 100 ms: sending costs 0.3 % of a core then
REPLY_TIMEOUT_SEC = 60.0  # beyond the clip's own length
LATE_WORDS_SEC = 1.0  # the API promises no order: words may come after turnComplete
MIME_TYPE = f"audio/pcm;rate={STUDENT_RATE_HZ}"


async def replay(  # noqa: PLR0913 (each of another kind)
    audio: Pcm16,
    tutor: Tutor,
    client: genai.Client,
    sound: AnswerSound | None = None,
    on_news: OnNews = lambda _: None,
    *,
    pace: Pace = "full",
) -> Prediction:
    """What the model makes of `audio` (16 kHz); never raises for what the service does.

    At pace `realtime` each chunk is sent when it would have been spoken, at `full` at once.

    The answer's sound goes into `sound`; `on_news` is called whenever something has come.
    """
    turn = ReplayedTurn(tutor.transcribes_only, sound or AnswerSound(), on_news)
    limit_sec = audio.duration_sec + REPLY_TIMEOUT_SEC
    try:
        async with asyncio.timeout(limit_sec) as limit:
            async with _session(tutor, client) as session:
                turn.note(CONNECTED)
                await _converse(session, audio, turn, pace)
                limit.reschedule(None)  # closing has a limit of its own
    except LiveError as error:
        return turn.broken_off(error)
    except TimeoutError:
        late = f"The Live service did not end its turn within {limit_sec:.0f} s. Try again."
        return turn.broken_off(LiveError(late))
    return turn.prediction()


@contextlib.asynccontextmanager
async def _session(tutor: Tutor, client: genai.Client) -> AsyncIterator[AsyncSession]:
    config = tutor.live_config(manual_turns=True)
    async with contextlib.AsyncExitStack() as stack:
        with told_as_live_errors():
            connecting = client.aio.live.connect(model=tutor.model, config=config)
            session = await stack.enter_async_context(connecting)
        yield session


async def _converse(session: AsyncSession, audio: Pcm16, turn: ReplayedTurn, pace: Pace) -> None:
    """Speak and listen at once: the service may end the turn while we still send."""
    sending = asyncio.create_task(_send(session, audio, turn, pace))
    try:
        while not turn.is_complete and await _receive(session, turn):
            pass
        if turn.is_complete and not turn.transcript:
            await _wait_for_words(session, turn)
    finally:
        await end_all(sending)


async def _receive(session: AsyncSession, turn: ReplayedTurn) -> bool:
    """Take messages up to the next turnComplete; False when the connection gives no more.

    No turnComplete is waited for where the turn is known to be complete.
    """
    has_come = False
    async for message in _messages(session):
        has_come = True
        if responses := turn.take(message):
            with told_as_live_errors():
                await session.send_tool_response(function_responses=responses)
        if turn.is_complete:
            break
    return has_come


async def _wait_for_words(session: AsyncSession, turn: ReplayedTurn) -> None:
    """A service that says no more has said all."""
    with contextlib.suppress(LiveError, TimeoutError):
        async with asyncio.timeout(LATE_WORDS_SEC):
            async for message in _messages(session):
                turn.take(message)
                if turn.transcript:
                    return


async def _messages(session: AsyncSession) -> AsyncIterator[types.LiveServerMessage]:
    with told_as_live_errors():
        async for message in session.receive():
            yield message


async def _send(session: AsyncSession, audio: Pcm16, turn: ReplayedTurn, pace: Pace) -> None:
    pcm = audio.to_bytes()
    await session.send_realtime_input(activity_start=types.ActivityStart())
    clock = asyncio.get_running_loop().time
    began_sec = clock()
    for at in range(0, len(pcm), CHUNK_BYTES):
        piece = pcm[at : at + CHUNK_BYTES]
        if pace == "realtime":  # a microphone gives a piece when it has been spoken
            await asyncio.sleep(began_sec + (at + len(piece)) / BYTES_PER_SEC - clock())
        await session.send_realtime_input(audio=types.Blob(data=piece, mime_type=MIME_TYPE))
    await session.send_realtime_input(activity_end=types.ActivityEnd())
    turn.sent()
