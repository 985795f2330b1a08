"""A conversation that goes on over another connection."""

import contextlib
from typing import Any

import pytest
from google.genai import errors, types
from websockets.exceptions import ConnectionClosedError

pytestmark = pytest.mark.wire


def resumed(handle: str | None = None) -> dict[str, Any]:
    """The setting that asks for handles, and resumes with one."""
    return {"session_resumption": types.SessionResumptionConfig(handle=handle)}


async def test_handles_come_at_the_start_and_after_each_turn(
    local_live: Any, open_talk: Any
) -> None:
    """Each stands for the conversation as it was then."""
    async with open_talk(await local_live(), **resumed()) as talk:
        handles = (await talk.turn(until="handle")).handles
        for _ in range(2):
            await talk.say()
            await talk.turn()
            handles += (await talk.turn(until="handle")).handles
    assert len(set(handles)) == 3
    assert all(handles)


async def test_without_asking_there_are_no_handles(local_live: Any, open_talk: Any) -> None:
    """Resumption is an option of the setup."""
    async with open_talk(await local_live()) as talk:
        for _ in range(2):
            await talk.say()
            assert (await talk.turn()).handles == []


@pytest.mark.parametrize("n_turns", [0, 1])
async def test_a_resumed_conversation_remembers_what_was_said_before_its_handle(
    local_live: Any, open_talk: Any, n_turns: int
) -> None:
    """With the first handle nothing was said yet; with the second, a formula was."""
    endpoint = await local_live("x squared")
    async with open_talk(endpoint, **resumed()) as talk:
        handles = (await talk.turn(until="handle")).handles
        await talk.say()
        await talk.turn()
        handles += (await talk.turn(until="handle")).handles
    async with open_talk(endpoint, **resumed(handles[n_turns])) as talk:
        await talk.write("good morning everybody")
        spoken = (await talk.turn()).spoken
    assert ("Your last one was x squared." in spoken) is (n_turns == 1)


async def test_a_handle_can_be_used_again(local_live: Any, open_talk: Any) -> None:
    """A client that fails to reconnect tries once more with the same handle."""
    endpoint = await local_live("x squared", faults=["drop@ready#2"])
    async with open_talk(endpoint, **resumed()) as talk:
        await talk.say()
        await talk.turn()
        handle = (await talk.turn(until="handle")).handles[-1]
    spoken = ""
    for _ in range(2):
        with contextlib.suppress(errors.APIError, ConnectionClosedError):  # of the first attempt
            async with open_talk(endpoint, **resumed(handle)) as talk:
                await talk.write("good morning everybody")
                spoken = (await talk.turn()).spoken
    assert "Your last one was x squared." in spoken


async def test_an_interrupted_turn_is_remembered(
    local_live: Any, open_talk: Any, held_voice: Any
) -> None:
    """The student said it, even if the tutor never finished answering."""
    endpoint = await local_live("x squared", voice=held_voice)
    async with open_talk(endpoint, **resumed()) as talk:
        await talk.say()
        await talk.turn(until="audio")
        await talk.start()
        await talk.turn()
        handle = (await talk.turn(until="handle")).handles[-1]
    held_voice.release.set()
    async with open_talk(endpoint, **resumed(handle)) as talk:
        await talk.write("good morning everybody")
        assert "Your last one was x squared." in (await talk.turn()).spoken
