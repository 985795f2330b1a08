"""Tokens as the service bills them: the sum of all counts, sound apart from text."""

from google.genai import types

from agent.tutor.usage import MAX_TOKENS, Usage

SOUND, TEXT = types.MediaModality.AUDIO, types.MediaModality.TEXT


def details(sound: int, text: int) -> list[types.ModalityTokenCount]:
    return [
        types.ModalityTokenCount(modality=SOUND, token_count=sound),
        types.ModalityTokenCount(modality=TEXT, token_count=text),
    ]


def test_every_count_of_a_session_is_summed() -> None:
    """The last alone was several times too low against a bill."""
    usage = Usage()
    usage.add(types.UsageMetadata(prompt_token_count=110, prompt_tokens_details=details(10, 100)))
    usage.add(
        types.UsageMetadata(
            prompt_token_count=130,
            prompt_tokens_details=details(20, 110),
            response_token_count=60,
            response_tokens_details=details(50, 10),
            thoughts_token_count=7,
        )
    )
    assert usage == {
        "prompt_token_count": 240,
        "prompt_audio_token_count": 30,
        "response_token_count": 60,
        "response_audio_token_count": 50,
        "thoughts_token_count": 7,
    }


def test_what_is_not_told_apart_counts_as_sound() -> None:
    """A sum that is too high is noticed before a bill is."""
    usage = Usage()
    usage.add(types.UsageMetadata(prompt_token_count=100, response_token_count=40))
    assert usage["prompt_audio_token_count"] == 100
    assert usage["response_audio_token_count"] == 40


def test_no_service_counts_beyond_bounds() -> None:
    """A run's folder takes no more, and a negative count would lower the bill."""
    usage = Usage()
    for count in (MAX_TOKENS, MAX_TOKENS, -5, 10**30):
        usage.add(types.UsageMetadata(prompt_token_count=count))
    assert usage["prompt_token_count"] == MAX_TOKENS
    usage.add(types.UsageMetadata(prompt_token_count=1, prompt_tokens_details=details(-9, 0)))
    assert usage["prompt_audio_token_count"] == MAX_TOKENS
