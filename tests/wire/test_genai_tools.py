"""Tool calls and what their responses make the tutor do."""

import asyncio
from typing import Any

import pytest
from google.genai import types

from agent.tutor.write_math import WRITE_MATH

pytestmark = pytest.mark.wire
Scheduling = types.FunctionResponseScheduling


def tools(behavior: types.Behavior | None) -> dict[str, Any]:
    """The tutor's tool, declared with this behaviour."""
    declaration = WRITE_MATH.model_copy(update={"behavior": behavior})
    return {"tools": [types.Tool(function_declarations=[declaration])]}


async def test_each_formula_is_one_call_with_flat_strings(local_live: Any, open_talk: Any) -> None:
    """In the order they were said, all in one message, each with an id of its own."""
    async with open_talk(await local_live("either x squared or y plus one")) as talk:
        await talk.say()
        calls = (await talk.turn()).calls
    assert [call.args for call in calls] == [
        {"latex": "x^2", "spoken": "x squared", "speaker": "student"},
        {"latex": "y+1", "spoken": "y plus one", "speaker": "student"},
    ]
    assert {call.name for call in calls} == {"write_math"}
    assert len({call.id for call in calls}) == 2


async def test_a_turn_can_hold_formulas_of_both_speakers(local_live: Any, open_talk: Any) -> None:
    """Words that can be read in two ways: the tutor shows the other one and asks."""
    async with open_talk(await local_live("x plus one over two")) as talk:
        await talk.say()
        turn = await talk.turn()
    assert [(call.args or {})["speaker"] for call in turn.calls] == ["student", "tutor"]
    assert turn.latex[0] != turn.latex[1]
    assert "Which one do you mean?" in turn.spoken


async def test_no_formula_is_no_call(local_live: Any, open_talk: Any) -> None:
    """Prose is answered and leaves the page alone."""
    async with open_talk(await local_live("good morning everybody")) as talk:
        await talk.say()
        turn = await talk.turn()
    assert turn.calls == []
    assert "no formula" in turn.spoken


async def test_a_tool_that_was_not_declared_is_not_called(local_live: Any, open_talk: Any) -> None:
    """The client could not answer it."""
    other = types.FunctionDeclaration(name="other", description="Something else.")
    settings = {"tools": [types.Tool(function_declarations=[other])]}
    async with open_talk(await local_live(), **settings) as talk:
        await talk.say()
        turn = await talk.turn()
    assert turn.calls == []
    assert turn.spoken


@pytest.mark.parametrize(
    ("model", "behavior", "waits"),
    [
        ("gemini-3.8-live", types.Behavior.NON_BLOCKING, False),
        ("gemini-3.8-live", None, False),
        ("gemini-3.8-live", types.Behavior.BLOCKING, True),
        ("gemini-3.1-flash-live-preview", None, True),
        ("gemini-3.1-flash-live-preview", types.Behavior.NON_BLOCKING, False),
    ],
)
async def test_only_a_blocking_call_waits_for_its_response(
    *, local_live: Any, open_talk: Any, model: str, behavior: types.Behavior | None, waits: bool
) -> None:
    """The newest models declare tools NON_BLOCKING unless told otherwise."""
    endpoint = await local_live("x squared")
    async with open_talk(endpoint, model=model, **tools(behavior)) as talk:
        await talk.say()
        called = await talk.turn(until="call")
        if waits:
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.2):
                    await talk.turn()
            await talk.respond(called.calls)
        turn = await talk.turn()
    assert turn.spoken.startswith("You said x squared.")
    assert turn.kinds.count("turn_complete") == 1


async def test_a_blocking_turn_waits_for_all_responses(local_live: Any, open_talk: Any) -> None:
    """Two calls, answered one at a time, and one spoken reply."""
    endpoint = await local_live("either x squared or y plus one")
    async with open_talk(endpoint, **tools(types.Behavior.BLOCKING)) as talk:
        await talk.say()
        calls = (await talk.turn(until="call")).calls
        await talk.respond(calls[:1])
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await talk.turn()
        await talk.respond(calls[1:])
        assert "spoken" in (await talk.turn()).kinds


@pytest.mark.parametrize(
    ("scheduling", "speaks_again"),
    [
        (Scheduling.SILENT, False),
        (Scheduling.WHEN_IDLE, True),
        (Scheduling.INTERRUPT, True),
        (None, True),  # the default is WHEN_IDLE
    ],
)
async def test_scheduling_decides_whether_the_tutor_speaks_again(
    *, local_live: Any, open_talk: Any, scheduling: Scheduling | None, speaks_again: bool
) -> None:
    """One turn shall get one spoken reply: that is why the project answers SILENT."""
    async with open_talk(await local_live("x squared")) as talk:
        await talk.say()
        await talk.respond((await talk.turn()).calls, scheduling)
        if not speaks_again:
            await talk.write("good morning everybody")
        spoken = (await talk.turn()).spoken
    assert spoken.startswith("Go on when you are ready." if speaks_again else "I found no formula")


async def test_when_idle_waits_for_the_end_of_the_speech(
    local_live: Any, open_talk: Any, held_voice: Any
) -> None:
    """Idle means that nothing is being said."""
    async with open_talk(await local_live("x squared", voice=held_voice)) as talk:
        await talk.say()
        calls = (await talk.turn(until="audio")).calls
        await talk.respond(calls, Scheduling.WHEN_IDLE)
        held_voice.release.set()
        first = await talk.turn()
        second = await talk.turn()
    assert not first.was_interrupted
    assert second.spoken == "Go on when you are ready."


async def test_interrupt_cuts_the_speech(local_live: Any, open_talk: Any, held_voice: Any) -> None:
    """What the tool found is more urgent than what is being said."""
    async with open_talk(await local_live("x squared", voice=held_voice)) as talk:
        await talk.say()
        calls = (await talk.turn(until="audio")).calls
        await talk.respond(calls, Scheduling.INTERRUPT)
        first = await talk.turn()
        held_voice.release.set()
        second = await talk.turn()
    assert first.kinds == ["interrupted", "turn_complete"]
    assert second.spoken == "Go on when you are ready."


async def test_responses_that_nobody_waits_for_change_nothing(
    local_live: Any, open_talk: Any
) -> None:
    """An unknown id, and the same response twice."""
    async with open_talk(await local_live("x squared")) as talk:
        await talk.say()
        calls = (await talk.turn()).calls
        await talk.respond([types.FunctionCall(id="of-nobody", name="write_math")])
        await talk.respond(calls, Scheduling.SILENT)
        await talk.respond(calls)
        await talk.write("good morning everybody")
        turn = await talk.turn()
    assert turn.spoken.startswith("I found no formula")


async def test_a_response_to_be_continued_is_not_the_last(local_live: Any, open_talk: Any) -> None:
    """A generator of responses answers its call with the last one."""
    async with open_talk(await local_live("x squared")) as talk:
        await talk.say()
        call = (await talk.turn()).calls[0]
        response = types.FunctionResponse(
            id=call.id, name=call.name, response={"output": "more"}, will_continue=True
        )
        await talk.session.send_tool_response(function_responses=[response])
        await talk.respond([call])
        assert (await talk.turn()).spoken == "Go on when you are ready."


async def test_a_transcription_can_come_after_the_call(local_live: Any, open_talk: Any) -> None:
    """The service promises no order between the two."""
    endpoint = await local_live("x squared", faults=["late_transcription"])
    async with open_talk(endpoint) as talk:
        await talk.say(0.2)
        turn = await talk.turn()
    assert turn.kinds[:2] == ["call", "heard"]
    assert turn.heard == "x squared"


async def test_a_call_can_come_twice(local_live: Any, open_talk: Any) -> None:
    """Seen from the service; the id is the same, so a client can tell."""
    endpoint = await local_live("x squared", faults=["tool_call_twice"])
    async with open_talk(endpoint) as talk:
        await talk.say()
        calls = (await talk.turn()).calls
    assert [call.id for call in calls] == [calls[0].id] * 2
