"""How many tokens a turn took, counted as the Live API's documentation says."""

import math

from google.genai import types

TOKENS_PER_AUDIO_SEC = 25
CHARS_PER_TOKEN = 4


def usage(
    heard_sec: float, read_chars: int, spoken_sec: float, written_chars: int
) -> types.UsageMetadata:
    """Tokens of one turn: audio and text in, audio and text out."""
    audio_in, text_in = _tokens(heard_sec, read_chars)
    audio_out, text_out = _tokens(spoken_sec, written_chars)
    return types.UsageMetadata(
        prompt_token_count=audio_in + text_in,
        response_token_count=audio_out + text_out,
        total_token_count=audio_in + text_in + audio_out + text_out,
        prompt_tokens_details=_details(audio_in, text_in),
        response_tokens_details=_details(audio_out, text_out),
    )


def _tokens(audio_sec: float, n_chars: int) -> tuple[int, int]:
    return math.ceil(audio_sec * TOKENS_PER_AUDIO_SEC), math.ceil(n_chars / CHARS_PER_TOKEN)


def _details(audio_tokens: int, text_tokens: int) -> list[types.ModalityTokenCount]:
    return [
        types.ModalityTokenCount(modality=types.MediaModality.AUDIO, token_count=audio_tokens),
        types.ModalityTokenCount(modality=types.MediaModality.TEXT, token_count=text_tokens),
    ]
