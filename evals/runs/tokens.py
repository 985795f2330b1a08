"""Tokens as the Live service counts them, and what they cost."""

from collections.abc import Mapping
from dataclasses import dataclass

from agent.models import Prices

AUDIO_TOKENS_PER_SEC = 25  # ai.google.dev/gemini-api/docs/live-api/best-practices
CHARACTERS_PER_TOKEN = 4  # ai.google.dev/gemini-api/docs/tokens, for English text


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens by direction and kind."""

    text_in: int
    audio_in: int
    text_out: int
    audio_out: int

    @classmethod
    def counted(cls, usage: Mapping[str, int]) -> "Tokens":
        """Those of an attempt by the service's own counts; thoughts are billed as text."""
        sound_in = usage.get("prompt_audio_token_count", 0)
        sound_out = usage.get("response_audio_token_count", 0)
        text_in = usage.get("prompt_token_count", 0) - sound_in
        text_out = usage.get("response_token_count", 0) - sound_out
        return cls(
            text_in=max(0, text_in) + usage.get("tool_use_prompt_token_count", 0),
            audio_in=sound_in,
            text_out=max(0, text_out) + usage.get("thoughts_token_count", 0),
            audio_out=sound_out,
        )

    def __add__(self, other: "Tokens") -> "Tokens":
        return Tokens(
            self.text_in + other.text_in,
            self.audio_in + other.audio_in,
            self.text_out + other.text_out,
            self.audio_out + other.audio_out,
        )

    @property
    def total(self) -> int:
        """All of them."""
        return self.text_in + self.audio_in + self.text_out + self.audio_out

    def cost_usd(self, prices: Prices) -> float:
        """What they cost at these prices."""
        return (
            prices.text_in * self.text_in
            + prices.audio_in * self.audio_in
            + prices.text_out * self.text_out
            + prices.audio_out * self.audio_out
        ) / 1_000_000


NO_TOKENS = Tokens(0, 0, 0, 0)
