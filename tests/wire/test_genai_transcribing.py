"""A model that writes down what it hears and does nothing else."""

from dataclasses import replace
from typing import Any

import pytest
from google.genai import errors, types

from agent.audio import STUDENT_RATE_HZ, Pcm16
from agent.errors import ModelError
from agent.models import MODELS
from agent.tutor.tutor import Tutor
from evals.replay.direct import replay

pytestmark = pytest.mark.wire
MODEL = next(name for name, model in MODELS.items() if model.transcribes_only)
WORDS = "so what is x squared plus one"


@pytest.fixture
def transcriber(tutor: Tutor) -> Tutor:
    """The tutor that ships, with a model that only transcribes."""
    return replace(tutor, model=MODEL)


@pytest.fixture
def open_transcriber(open_talk: Any, transcriber: Tutor) -> Any:
    """Opens a session with its own configuration, `settings` put over it."""
    plain = dict.fromkeys(types.LiveConnectConfig.model_fields)

    def connect(endpoint: Any, *, manual_turns: bool = True, **settings: object) -> Any:
        config = dict(transcriber.live_config(manual_turns=manual_turns))
        return open_talk(endpoint, **{**plain, **config, "model": MODEL, **settings})

    return connect


async def test_interims_hold_the_whole_hypothesis_and_one_final_follows(
    local_live: Any, open_transcriber: Any
) -> None:
    """No sound, no tool call, no words of its own."""
    async with open_transcriber(await local_live(WORDS)) as talk:
        await talk.say(2.0)
        turn = await talk.turn()
    assert turn.kinds == ["interim", "heard", "turn_complete"]
    assert turn.interims == sorted(turn.interims, key=len)
    assert turn.deltas == [WORDS]


async def test_turns_are_detected_too(
    local_live: Any, open_transcriber: Any, speech: Any, quiet: Any
) -> None:
    """A microphone marks no turns."""
    answers = ["x squared", "y cubed"]
    endpoint = await local_live(answers)
    async with open_transcriber(endpoint, manual_turns=False) as talk:
        for words in answers:
            await talk.send(speech(1.0) + quiet(1.0))
            turn = await talk.turn()
            assert turn.deltas == [words]
            assert not turn.calls


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"response_modalities": [types.Modality.AUDIO]}, "TEXT only"),
        ({"system_instruction": "Be kind."}, "no tools and no system instruction"),
        ({"tools": [types.Tool(function_declarations=[])]}, "no tools"),
    ],
)
async def test_what_it_can_not_take_is_refused(
    local_live: Any, open_transcriber: Any, settings: dict[str, Any], reason: str
) -> None:
    """A prompt that is dropped in silence would look like one that does not work."""
    with pytest.raises(errors.APIError, match=reason) as caught:
        async with open_transcriber(await local_live(), **settings):
            pass
    assert caught.value.code == 1007


async def test_it_takes_no_typed_words(local_live: Any, open_transcriber: Any) -> None:
    """There is nobody to answer them."""
    async with open_transcriber(await local_live()) as talk:
        await talk.write("what is x")
        with pytest.raises(errors.APIError, match="audio only"):
            await talk.turn()


async def test_a_replay_ends_with_the_words(
    local_live: Any, transcriber: Tutor, speech: Any
) -> None:
    """Whatever is understood then comes from the words alone."""
    endpoint = await local_live(WORDS)
    client = endpoint.client()
    pcm = Pcm16.from_bytes(speech(1.0), STUDENT_RATE_HZ)
    prediction = await replay(pcm, transcriber, client)
    await client.aio.aclose()
    assert prediction.status == "ok"
    assert prediction.transcript == WORDS
    assert prediction.formulas == ()


async def test_it_can_not_hold_a_lesson(local_live: Any, transcriber: Tutor) -> None:
    """The page says so instead of staying silent."""
    with pytest.raises(ModelError, match="never answers"):
        transcriber.realtime_model(await local_live(), listener=None)  # type: ignore[arg-type]
