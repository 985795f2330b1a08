"""Tokens as the Live service counts them, and what they cost."""

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
