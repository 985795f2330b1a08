"""hibari, the synthesiser: text to speech on one core, with its model in its wheel."""

from agent.audio import TUTOR_RATE_HZ, Pcm16, to_pcm16
from agent.errors import EnvironmentNotReady
from agent.voice.pronunciation import pronounced

HEART = "heart"  # the publisher's name for the voice whose model lies in the wheel


class Synthesiser:
    """Speaks American English in hibari's voice "heart".

    Making one takes about a second. Raises EnvironmentNotReady when hibari, its model or
    onnxruntime is missing or damaged.
    """

    def __init__(self) -> None:
        try:
            from hibari import Hibari  # noqa: PLC0415 (heavy)

            self._hibari = Hibari(HEART)
            self._hibari("Hello")  # loads dictionaries, and sees that all of it works
        except Exception as error:
            reason = " ".join(str(error).split())[:200]
            raise EnvironmentNotReady(
                f"The voice hibari can't be loaded ({type(error).__name__}: {reason}); "
                "reinstall hibari-tts and onnxruntime."
            ) from error

    def speak(self, text: str, seed: int | None = None) -> Pcm16:
        """The text as 24 kHz sound; empty where there is nothing to say.

        The same `seed` gives the same samples each time.
        """
        sound = self._hibari(pronounced(text), seed=seed)
        return to_pcm16(sound, self._hibari.sample_rate, TUTOR_RATE_HZ)

    def phonemes(self, text: str) -> str:
        """How the text is pronounced, in misaki's phonemes."""
        return " ".join(self._hibari.phonemize(pronounced(text)))
