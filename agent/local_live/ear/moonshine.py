"""Moonshine tiny-en: sound in, the probabilities of the next token out.

Jeffries et al., "Moonshine: Speech Recognition for Live Transcription and Voice Commands",
2024. The wheel moonshine-voice carries the weights; its code is never imported.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from agent.local_live.ear.inference import open_session, package_folder
from agent.local_live.ear.tokenizer import BEGIN, Tokenizer

Floats = npt.NDArray[np.float32]
N_TOKENS = 32_768
N_LAYERS, N_HEADS, HEAD_SIZE = 6, 8, 36
SAMPLES_PER_FRAME = 384  # one frame of the encoder stands for 24 ms
CACHES = [
    f"past_key_values.{layer}.{side}.{kind}"
    for layer in range(N_LAYERS)
    for side in ("decoder", "encoder")
    for kind in ("key", "value")
]
GROWING = frozenset(name for name in CACHES if ".decoder." in name)


@dataclass(frozen=True, slots=True)
class Decoding:
    """Some hypotheses of the same sound, one a row, and what may come next.

    `log_probs` (n_rows, n_tokens) are natural logarithms; `hidden` (1, n_frames, size) is the
    encoded sound; `caches` spare the decoder what it computed already.
    """

    log_probs: Floats
    hidden: Floats
    caches: dict[str, Floats]


def installed_model() -> Path:
    """The folder with the files of tiny-en. EnvironmentNotReady where they are not installed."""
    return package_folder("moonshine_voice") / "assets" / "tiny-en"


def read_tokenizer(folder: Path) -> Tokenizer:
    """The tokens of a model. EnvironmentNotReady when their file is missing or damaged."""
    return Tokenizer.read(folder / "tokenizer.bin", N_TOKENS)


class Moonshine:
    """Encoder and decoder on one core. EnvironmentNotReady when a file is missing or damaged."""

    def __init__(self, folder: Path | None = None) -> None:
        folder = folder or installed_model()
        self._encoder = open_session(folder / "encoder_model.ort")
        self._decoder = open_session(folder / "decoder_model_merged.ort")
        self.tokenizer = read_tokenizer(folder)

    def listen(self, sound: Floats) -> Decoding:
        """Encode 16 kHz sound of shape (n_samples,) within -1..1: one empty hypothesis."""
        mask = np.ones((1, len(sound)), np.int64)
        (hidden,) = self._encoder.run(None, {"input_values": sound[None], "attention_mask": mask})
        n_frames = hidden.shape[1]
        empty = {
            name: np.zeros((1, N_HEADS, 0 if name in GROWING else n_frames, HEAD_SIZE), np.float32)
            for name in CACHES
        }
        return self._decode([BEGIN], hidden, empty, is_first=True)

    def go_on(self, decoding: Decoding, rows: Sequence[int], tokens: Sequence[int]) -> Decoding:
        """New hypotheses: each takes the row it grows from and its next token."""
        caches = {
            name: cache[rows] if name in GROWING else _of_rows(cache, len(rows))
            for name, cache in decoding.caches.items()
        }
        return self._decode(tokens, decoding.hidden, caches, is_first=False)

    def _decode(
        self, tokens: Sequence[int], hidden: Floats, caches: dict[str, Floats], *, is_first: bool
    ) -> Decoding:
        n_rows, n_frames = len(tokens), hidden.shape[1]
        logits, *new = self._decoder.run(
            None,
            {
                "input_ids": np.array(tokens, np.int64)[:, None],
                "encoder_hidden_states": _of_rows(hidden, n_rows),
                "encoder_attention_mask": np.ones((n_rows, n_frames * SAMPLES_PER_FRAME), np.int64),
                "use_cache_branch": np.array([not is_first]),
                **caches,
            },
        )
        kept = {
            name: cache if is_first or name in GROWING else caches[name]
            for name, cache in zip(CACHES, new, strict=True)
        }
        return Decoding(_log_softmax(logits[:, -1]), hidden, kept)


def _of_rows(values: Floats, n_rows: int) -> Floats:
    """The first row so many times: the sound is the same for all hypotheses."""
    return values if len(values) == n_rows else np.repeat(values[:1], n_rows, axis=0)


def _log_softmax(logits: Floats) -> Floats:
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))
