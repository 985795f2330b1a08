"""What the Live service charges, and what it counts as a token."""

from dataclasses import dataclass

AUDIO_TOKENS_PER_SEC = 25  # ai.google.dev/gemini-api/docs/live-api/best-practices
CHARACTERS_PER_TOKEN = 4  # ai.google.dev/gemini-api/docs/tokens, for English text
READ = "2026-10"  # when the prices were read


@dataclass(frozen=True, slots=True)
class Prices:
    """US dollars for a million tokens, paid tier."""

    text_in: float
    audio_in: float
    text_out: float
    audio_out: float

    def cost_usd(self, tokens: "Tokens") -> float:
        """What so many tokens cost."""
        return (
            self.text_in * tokens.text_in
            + self.audio_in * tokens.audio_in
            + self.text_out * tokens.text_out
            + self.audio_out * tokens.audio_out
        ) / 1_000_000


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


_FLASH_LIVE = Prices(text_in=0.75, audio_in=3.0, text_out=4.5, audio_out=12.0)
PRICES = {
    "gemini-3.8-live": _FLASH_LIVE,
    "gemini-3.8-live-extended-thinking": _FLASH_LIVE,
    "gemini-3.1-flash-live-preview": _FLASH_LIVE,
    "gemini-2.5-flash-native-audio-preview-12-2025": Prices(0.5, 3.0, 2.0, 12.0),
    "gemini-3.5-transcribe-live": Prices(3.5, 3.5, 21.0, 0.0),
}
"""By model, from ai.google.dev/gemini-api/docs/pricing; a test holds it to `agent.tutor.models`."""
