"""Speaking, marking or typing while the tutor speaks."""

from typing import Any

import pytest
from google.genai import types

from agent.local_live.canned import SilentVoice
from agent.tutor.write_math import WRITE_MATH

pytestmark = pytest.mark.wire


async def by_voice(talk: Any, speech: Any) -> None:
    await talk.send(speech(0.5))


async def by_mark(talk: Any, speech: Any) -> None:
    await talk.start()


async def by_typing(talk: Any, speech: Any) -> None:
    await talk.write("wait", is_complete=False)


async def by_realtime_text(talk: Any, speech: Any) -> None:
    await talk.session.send_realtime_input(text="wait")


async def begin(talk: Any, speech: Any, quiet: Any, *, manual_turns: bool) -> Any:
    """Say something and wait until the answer sounds."""
    if manual_turns:
        await talk.say()
    else:
        await talk.send(speech(1.0) + quiet(1.5))
    return await talk.turn(until="audio")


@pytest.mark.parametrize(
    ("interrupt", "manual_turns"),
    [
        (by_voice, False),
        (by_mark, True),
        (by_typing, False),
        (by_typing, True),
        (by_realtime_text, False),
    ],
)
async def test_an_interrupted_turn_is_completed_without_generation_complete(
    *,
    local_live: Any,
    open_talk: Any,
    held_voice: Any,
    speech: Any,
    quiet: Any,
    interrupt: Any,
    manual_turns: bool,
) -> None:
    """A client waits for turnComplete; generationComplete would mean that all was said."""
    endpoint = await local_live(voice=held_voice)
    async with open_talk(endpoint, manual_turns=manual_turns) as talk:
        begun = await begin(talk, speech, quiet, manual_turns=manual_turns)
        await interrupt(talk, speech)
        turn = await talk.turn()
    assert begun.latex == ["x^2+1"]
    assert turn.kinds == ["interrupted", "turn_complete"]
    assert turn.usage is not None


async def test_the_interrupting_turn_is_answered(
    local_live: Any, open_talk: Any, held_voice: Any, speech: Any, quiet: Any
) -> None:
    """What cut the tutor off is a turn like any other, formula included."""
    endpoint = await local_live(["x squared", "y plus one"], voice=held_voice)
    async with open_talk(endpoint, manual_turns=False) as talk:
        await begin(talk, speech, quiet, manual_turns=False)
        await talk.send(speech(1.0) + quiet(1.5))
        assert (await talk.turn()).was_interrupted
        held_voice.release.set()
        turn = await talk.turn()
    assert (turn.heard, turn.latex) == ("y plus one", ["y+1"])


async def test_typing_over_an_answer_is_answered_at_once(
    local_live: Any, open_talk: Any, held_voice: Any
) -> None:
    """Unanswered, LiveKit would lose the next tool call and give up after five seconds."""
    async with open_talk(await local_live("x squared", voice=held_voice)) as talk:
        await talk.say()
        await talk.turn(until="audio")
        held_voice.release.set()
        await talk.write("y plus one", is_complete=False)
        await talk.session.send_client_content(turns=[], turn_complete=True)
        first, second = await talk.turn(), await talk.turn()
    assert first.kinds[-1] == "turn_complete"
    assert second.latex == ["y+1"]


async def test_an_interruption_cancels_a_blocking_call(
    local_live: Any, open_talk: Any, speech: Any, quiet: Any
) -> None:
    """Nobody waits any longer for the response."""
    declaration = WRITE_MATH.model_copy(update={"behavior": types.Behavior.BLOCKING})
    tools = [types.Tool(function_declarations=[declaration])]
    async with open_talk(await local_live(), manual_turns=False, tools=tools) as talk:
        await talk.send(speech(1.0) + quiet(1.5))
        calls = (await talk.turn(until="call")).calls
        await talk.send(speech(0.5))
        turn = await talk.turn()
    assert turn.cancelled_ids == [call.id for call in calls]
    assert turn.kinds == ["cancelled", "interrupted", "turn_complete"]


async def test_where_interruption_is_off_the_answer_is_given_to_its_end(
    local_live: Any, open_talk: Any, held_voice: Any, speech: Any, quiet: Any
) -> None:
    """NO_INTERRUPTION: the second turn is answered after the first."""
    config = types.RealtimeInputConfig(activity_handling=types.ActivityHandling.NO_INTERRUPTION)
    endpoint = await local_live(["x squared", "y plus one"], voice=held_voice)
    async with open_talk(endpoint, manual_turns=False, realtime_input_config=config) as talk:
        await begin(talk, speech, quiet, manual_turns=False)
        await talk.send(speech(1.0) + quiet(1.5))
        held_voice.release.set()
        first, second = await talk.turn(), await talk.turn()
    assert not first.was_interrupted
    assert first.kinds[-2:] == ["generation_complete", "turn_complete"]
    assert second.latex == ["y+1"]


async def test_speaking_over_a_complete_answer_that_still_sounds_silences_it(
    local_live: Any, open_talk: Any, speech: Any, quiet: Any
) -> None:
    """Sound is sent faster than it plays: the client needs to hear of the interruption."""
    endpoint = await local_live(voice=SilentVoice(30.0))
    async with open_talk(endpoint, manual_turns=False) as talk:
        await talk.send(speech(1.0) + quiet(1.5))
        assert not (await talk.turn()).was_interrupted
        await talk.send(speech(0.3))
        assert (await talk.turn(until="interrupted")).kinds == ["interrupted"]


async def test_a_turn_that_goes_on_while_it_is_recognised_keeps_its_words(
    local_live: Any, open_talk: Any, speech: Any, quiet: Any
) -> None:
    """The student spoke on before the answer began: only the speech is given up."""
    endpoint = await local_live(["x squared", "y plus one"])
    async with open_talk(endpoint, manual_turns=False) as talk:
        await talk.send(speech(1.0) + quiet(1.0) + speech(1.0) + quiet(1.5))
        first, second = await talk.turn(), await talk.turn()
    assert (first.heard, first.latex) == ("x squared", ["x^2"])
    assert (second.heard, second.latex) == ("y plus one", ["y+1"])
