"""Turns as google-genai takes and gives them."""

import asyncio
from typing import Any

import numpy as np
import pytest
from google.genai import errors, types

from agent.audio import STUDENT_RATE_HZ, Pcm16
from agent.local_live.canned import SilentVoice, audio_key

pytestmark = pytest.mark.wire
WORDS = "so what is x squared plus one"


async def test_a_manual_turn_is_heard_written_answered_and_completed(
    local_live: Any, open_talk: Any
) -> None:
    """The order is the promise: the formula comes before the first sound."""
    async with open_talk(await local_live("x squared")) as talk:
        await talk.say(1.0)
        turn = await talk.turn()
    assert turn.kinds[:5] == ["interim", "heard", "call", "spoken", "audio"]
    assert turn.kinds[-2:] == ["generation_complete", "turn_complete"]
    assert turn.deltas == ["x squared"]


async def test_interim_hypotheses_hold_all_words_so_far(local_live: Any, open_talk: Any) -> None:
    """A client shows the newest one and forgets those before."""
    async with open_talk(await local_live(WORDS)) as talk:
        await talk.say(2.0)
        turn = await talk.turn()
    assert len(turn.interims) >= 3
    assert all(WORDS.startswith(interim) for interim in turn.interims)
    assert turn.interims == sorted(turn.interims, key=len)


async def test_every_sample_arrives_unchanged(local_live: Any, open_talk: Any) -> None:
    """The base64 on this wire is URL-safe; a plain decoder drops letters and shifts the sound."""
    noise = np.random.default_rng(7).integers(-30_000, 30_000, 24_321).astype(np.int16)
    pcm = Pcm16(noise, STUDENT_RATE_HZ)
    async with open_talk(await local_live({audio_key(pcm): "every sample"})) as talk:
        await talk.start()
        await talk.send(pcm.to_bytes())
        await talk.end()
        assert (await talk.turn()).heard == "every sample"


async def test_sound_in_the_older_field_is_heard(
    local_live: Any, open_talk: Any, speech: Any
) -> None:
    """`media` is how google-genai sent sound before `audio`, and still may."""
    pcm = Pcm16.from_bytes(speech(0.5), STUDENT_RATE_HZ)
    async with open_talk(await local_live({audio_key(pcm): "older"})) as talk:
        await talk.start()
        blob = types.Blob(data=pcm.to_bytes(), mime_type="audio/pcm;rate=16000")
        await talk.session.send_realtime_input(media=blob)
        await talk.end()
        assert (await talk.turn()).heard == "older"


async def test_sound_outside_a_manual_turn_is_not_heard(
    local_live: Any, open_talk: Any, speech: Any
) -> None:
    """Who marks turns means what lies between the marks."""
    pcm = Pcm16.from_bytes(speech(0.5), STUDENT_RATE_HZ)
    async with open_talk(await local_live({audio_key(pcm): "inside"})) as talk:
        await talk.send(speech(0.5))
        await talk.say(0.5)
        assert (await talk.turn()).heard == "inside"


async def test_an_automatic_turn_is_heard_as_it_is_spoken(
    local_live: Any, open_talk: Any, speech: Any, quiet: Any
) -> None:
    """LiveKit's plugin builds its words from deltas alone; joined they are the transcript."""
    async with open_talk(await local_live(WORDS), manual_turns=False) as talk:
        await talk.send(quiet(0.3) + speech(3.0) + quiet(1.5))
        turn = await talk.turn()
    assert turn.heard == WORDS
    assert len(turn.deltas) > 2
    assert turn.kinds[0] == "interim"  # in one message with the first delta
    assert turn.latex == ["x^2+1"]


@pytest.mark.parametrize(
    ("silence_ms", "pause_sec", "n_turns"),
    [
        (500, 0.3, 1),
        (500, 0.9, 2),
        (1000, 0.7, 1),
        (1000, 1.4, 2),
        (None, 0.4, 1),  # 700 ms
        (None, 1.1, 2),
    ],
)
async def test_a_pause_of_the_window_ends_a_turn(
    *,
    local_live: Any,
    open_talk: Any,
    speech: Any,
    quiet: Any,
    silence_ms: int | None,
    pause_sec: float,
    n_turns: int,
) -> None:
    """Counted in audio time: the sound comes a hundred times faster than it was spoken."""
    detection = types.AutomaticActivityDetection(silence_duration_ms=silence_ms)
    config = types.RealtimeInputConfig(automatic_activity_detection=detection)
    endpoint = await local_live(["first", "second", "third"])
    async with open_talk(endpoint, manual_turns=False, realtime_input_config=config) as talk:
        await talk.send(speech(1.0) + quiet(pause_sec) + speech(1.0) + quiet(2.0))
        heard = [(await talk.turn()).heard for _ in range(n_turns)]
        await talk.write("typed")
        assert (await talk.turn()).heard == ""
    assert heard == ["first", "second"][:n_turns]


async def test_silence_is_no_turn(local_live: Any, open_talk: Any, quiet: Any) -> None:
    """A microphone that hears nothing must not make the tutor talk."""
    async with open_talk(await local_live(WORDS), manual_turns=False) as talk:
        await talk.send(quiet(3.0))
        await talk.write("good morning everybody")
        turn = await talk.turn()
    assert (turn.heard, turn.calls) == ("", [])


async def test_the_end_of_the_stream_ends_the_turn(
    local_live: Any, open_talk: Any, speech: Any
) -> None:
    """A microphone that is turned off sends no silence after the last word."""
    async with open_talk(await local_live(WORDS), manual_turns=False) as talk:
        await talk.send(speech(1.0))
        await talk.session.send_realtime_input(audio_stream_end=True)
        assert (await talk.turn()).heard == WORDS


@pytest.mark.parametrize("mark", ["activity_start", "activity_end"])
async def test_marking_turns_while_they_are_detected_is_refused(
    local_live: Any, open_talk: Any, mark: str
) -> None:
    """The service closes with 1007; a client that does it must find out here."""
    marks = {"activity_start": types.ActivityStart(), "activity_end": types.ActivityEnd()}
    async with open_talk(await local_live(), manual_turns=False) as talk:
        await talk.session.send_realtime_input(**{mark: marks[mark]})
        with pytest.raises(errors.APIError) as caught:
            await talk.turn()
    assert caught.value.code == 1007


async def test_a_typed_turn_is_answered_and_not_transcribed(
    local_live: Any, open_talk: Any
) -> None:
    """What was typed needs no transcript."""
    async with open_talk(await local_live()) as talk:
        await talk.write("is it x squared plus one")
        turn = await talk.turn()
    assert turn.latex == ["x^2+1"]
    assert turn.kinds[:2] == ["call", "spoken"]


async def test_realtime_text_is_a_turn(local_live: Any, open_talk: Any) -> None:
    """The other way to type."""
    async with open_talk(await local_live(), manual_turns=False) as talk:
        await talk.session.send_realtime_input(text="is it x squared plus one")
        assert (await talk.turn()).latex == ["x^2+1"]


async def test_a_turn_in_two_messages_gets_one_answer(local_live: Any, open_talk: Any) -> None:
    """LiveKit sends the words first and an empty complete turn after them."""
    async with open_talk(await local_live()) as talk:
        await talk.write("is it x squared plus one", is_complete=False)
        await talk.session.send_client_content(turns=[], turn_complete=True)
        assert (await talk.turn()).latex == ["x^2+1"]
        await talk.say()
        assert (await talk.turn()).heard == "x squared plus one"


async def test_history_is_not_answered(local_live: Any, open_talk: Any) -> None:
    """A client that reconnects sends what was said before; only the next turn counts."""
    history = [
        types.Content(role="user", parts=[types.Part(text="is it x squared plus one")]),
        types.Content(role="model", parts=[types.Part(text="You said x squared plus one.")]),
    ]
    async with open_talk(await local_live()) as talk:
        await talk.session.send_client_content(turns=history, turn_complete=False)
        await talk.write("thank you")
        turn = await talk.turn()
    assert turn.calls == []


async def test_speech_comes_in_parts_of_at_most_200_ms_with_its_words(
    local_live: Any, open_talk: Any
) -> None:
    """A client takes 1 MiB a message by default, and a barge-in shall cut mid-sentence."""
    async with open_talk(await local_live(voice=SilentVoice(0.7))) as talk:
        await talk.say()
        turn = await talk.turn()
    assert [len(part) for part in turn.audio[:4]] == [9600, 9600, 9600, 4800]
    assert turn.spoken == "You said x squared plus one. What is your next step?"


async def test_transcriptions_that_were_not_asked_for_are_not_sent(
    local_live: Any, open_talk: Any
) -> None:
    """Both are options of the setup."""
    none = {"input_audio_transcription": None, "output_audio_transcription": None}
    async with open_talk(await local_live(), **none) as talk:
        await talk.say()
        turn = await talk.turn()
    assert (turn.heard, turn.interims, turn.spoken) == ("", [], "")
    assert turn.latex == ["x^2+1"]


async def test_usage_counts_the_sound_of_both_sides(local_live: Any, open_talk: Any) -> None:
    """25 tokens a second of audio, as the Live API's documentation says."""
    async with open_talk(await local_live()) as talk:
        await talk.say(2.0)
        usage = (await talk.turn()).usage
    tokens = {detail.modality: detail.token_count for detail in usage.prompt_tokens_details}
    assert tokens[types.MediaModality.AUDIO] == 50
    assert usage.total_token_count == usage.prompt_token_count + usage.response_token_count
    assert usage.response_token_count > 0


async def test_nothing_heard_is_said_and_not_invented(local_live: Any, open_talk: Any) -> None:
    """An empty hypothesis completes the turn like any other."""
    async with open_talk(await local_live("")) as talk:
        await talk.say()
        turn = await talk.turn()
    assert (turn.heard, turn.calls) == ("", [])
    assert turn.spoken.startswith("I did not hear any words.")


async def test_sessions_at_the_same_time_do_not_mix(local_live: Any, open_talk: Any) -> None:
    """Eight people at once, each with an own clip."""
    clips = {f"number {n}": np.full(8_000, 100 * n, np.int16) for n in range(1, 9)}
    endpoint = await local_live(
        {audio_key(Pcm16(clip, STUDENT_RATE_HZ)): words for words, clip in clips.items()}
    )

    async def hear(clip: np.ndarray) -> str:
        async with open_talk(endpoint) as talk:
            await talk.start()
            await talk.send(clip.tobytes())
            await talk.end()
            return str((await talk.turn()).heard)

    heard = await asyncio.gather(*(hear(clip) for clip in clips.values()))
    assert heard == list(clips)
