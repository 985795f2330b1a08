"""The espeak-ng library: how words are pronounced, and speech."""

import ctypes

import espeakng_loader
import numpy as np
import numpy.typing as npt

from agent.errors import EnvironmentNotReady

SYNCHRONOUS = 2  # AUDIO_OUTPUT_SYNCHRONOUS: samples go to the callback
CHARS_UTF8 = 1
PHONEMES_IPA = 0x02
ENGLISH = b"en-us"
RATE_PARAMETER = 1
WORDS_PER_MINUTE = 165

_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


class Espeak:
    """The library with its American English voice; one of them in a process."""

    def __init__(self) -> None:
        try:
            self._library = ctypes.CDLL(espeakng_loader.get_library_path())
            data = espeakng_loader.get_data_path()
        except (OSError, RuntimeError) as error:
            raise EnvironmentNotReady(
                "The voice library espeak-ng can't be loaded; reinstall espeakng-loader."
            ) from error
        self._library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        self.sample_rate_hz = int(self._library.espeak_Initialize(SYNCHRONOUS, 0, data.encode(), 0))
        if self.sample_rate_hz <= 0 or self._library.espeak_SetVoiceByName(ENGLISH):
            raise EnvironmentNotReady(
                "The voice library espeak-ng has no English voice; reinstall espeakng-loader."
            )
        self._library.espeak_SetParameter(RATE_PARAMETER, WORDS_PER_MINUTE, 0)

    def phonemes(self, word: str) -> str:
        """How the word sounds, in the International Phonetic Alphabet."""
        text = ctypes.c_char_p(word.encode())
        ipa: bytes | None = self._library.espeak_TextToPhonemes(
            ctypes.byref(text), CHARS_UTF8, PHONEMES_IPA
        )
        return (ipa or b"").decode()

    def synthesise(self, text: str) -> npt.NDArray[np.int16]:
        """Mono samples of the spoken text, shape (n_samples,), at `sample_rate_hz`."""
        pieces: list[npt.NDArray[np.int16]] = []

        def take(samples: "ctypes._Pointer[ctypes.c_short]", n_samples: int, _: object) -> int:
            if samples and n_samples:
                pieces.append(np.ctypeslib.as_array(samples, (n_samples,)).copy())
            return 0

        callback = _Callback(take)
        self._library.espeak_SetSynthCallback(callback)
        content = text.encode() + b"\0"
        self._library.espeak_Synth(content, len(content), 0, 0, 0, CHARS_UTF8, None, None)
        return np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.int16)
