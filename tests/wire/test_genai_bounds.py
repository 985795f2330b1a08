"""What one session may cost the others."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from google.genai import errors

from agent.audio import Pcm16
from agent.local_live.canned import SilentVoice
from agent.local_live.ear.recogniser_protocol import Heard
from agent.local_live.server import LocalLive

pytestmark = pytest.mark.wire


class StuckEar:
    """A recogniser that never gets anywhere, or fails at once."""

    def __init__(self, failure: Exception | None = None) -> None:
        self._failure = failure

    async def open(self, hints: Sequence[str] = ()) -> "StuckEar":
        return self

    async def feed(self, chunk: Pcm16) -> str:
        if self._failure is not None:
            raise self._failure
        await asyncio.Event().wait()
        return ""

    async def finish(self) -> Heard:
        return Heard("")

    async def aclose(self) -> None:
        """Nothing to give back."""


async def code_of(talk: Any) -> int:
    """The close code that ends this session."""
    with pytest.raises(errors.APIError) as caught:
        await talk.turn()
    return int(caught.value.code)


async def test_a_turn_of_more_than_three_minutes_is_refused(
    local_live: Any, open_talk: Any, quiet: Any
) -> None:
    """Refused, not cut: half an utterance would be scored as if it were whole."""
    async with open_talk(await local_live()) as talk:
        await talk.start()
        await talk.send(quiet(180))
        await talk.send(quiet(2))
        assert await code_of(talk) == 1007


async def test_audio_that_waits_too_long_for_the_recogniser_ends_the_session(
    open_talk: Any, quiet: Any
) -> None:
    """1011, as the service does when it is overrun."""
    async with (
        LocalLive(StuckEar(), SilentVoice()) as endpoint,
        open_talk(endpoint) as talk,
    ):
        for _ in range(2):
            await talk.start()
            await talk.send(quiet(100))
            await talk.end()
        assert await code_of(talk) == 1011


async def test_a_recogniser_that_fails_ends_the_session_and_is_logged(
    open_talk: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """The client hears 1011; what went wrong stands in the log, not in an answer."""
    ear = StuckEar(RuntimeError("the decoder died"))
    async with LocalLive(ear, SilentVoice()) as endpoint, open_talk(endpoint) as talk:
        await talk.say()
        assert await code_of(talk) == 1011
    (record,) = caplog.records
    assert "the decoder died" in str(record.exc_text)


async def test_turns_that_pile_up_end_the_session(open_talk: Any, local_live: Any) -> None:
    """Marks cost nothing to send."""
    from google.genai import types

    config = types.RealtimeInputConfig(
        automatic_activity_detection=types.AutomaticActivityDetection(disabled=True),
        activity_handling=types.ActivityHandling.NO_INTERRUPTION,
    )
    voice = SilentVoice(3.0)
    async with open_talk(await local_live(voice=voice), realtime_input_config=config) as talk:
        with pytest.raises((errors.APIError, ConnectionError)) as caught:
            for _ in range(500):
                await talk.start()
                await talk.end()
            while True:
                await talk.turn()
    assert getattr(caught.value, "code", 1011) == 1011
