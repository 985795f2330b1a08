"""A clip for programs: played to the tutor as one turn of a student."""

import asyncio
import base64
import binascii
from typing import Annotated

from pydantic import Field

from agent.audio import Pcm16, read_audio
from agent.errors import AudioFormatError
from agent.settings import Settings
from agent.tutor.tutor import Tutor
from evals.replay.direct import replay
from workbench.programs.answers import Heard
from workbench.shared.engine import Engine
from workbench.shared.names import Name
from workbench.shared.places import NoPlaceLeftError
from workbench.shared.prompts import prompt_called

MAX_CLIP_SEC = 60.0
MAX_CLIP_CHARS = 3_000_000  # base64 of a minute as WAV at 16 kHz
MAX_CALL_BYTES = MAX_CLIP_CHARS + 100_000  # a clip with all around it
MAX_CLIPS = 4  # at a time


class ClipEndpoint:
    """Asks the Live service as a run at depth `direct` does."""

    def __init__(self, settings: Settings, engine: Engine) -> None:
        self._settings = settings
        self._engine = engine
        self._n_clips = 0

    async def transcribe(
        self,
        clip_base64: Annotated[str, Field(min_length=1, max_length=MAX_CLIP_CHARS)],
        prompt: Name = "transcribe",
        model: Name = "",
    ) -> Heard:
        """Play a clip of a student to the tutor: the words heard, the formulas, the answer.

        Args:
            clip_base64: WAV, FLAC, OGG, Opus, MP3, MP4 or WebM of at most a minute, as base64.
            prompt: A prompt's NAME@VERSION, or NAME for its last.
            model: A Live model's name; empty is the prompt's, or the workbench's own.

        Returns:
            Transcript, LaTeX of the student's formulas, and the engine that heard them.
        """
        if self._n_clips >= MAX_CLIPS:
            raise NoPlaceLeftError(f"{MAX_CLIPS} clips are heard at the moment. Try again soon.")
        self._n_clips += 1
        try:
            chosen = await asyncio.to_thread(prompt_called, self._settings, prompt)
            tutor = Tutor.of(chosen, model or chosen.settings.model or self._settings.agent_model)
            clip = await asyncio.to_thread(_decoded, clip_base64)
            heard = await replay(clip, tutor, self._engine.endpoint.client())
        finally:
            self._n_clips -= 1
        return Heard(
            status=heard.status,
            transcript=heard.transcript,
            formulas=[each.latex for each in heard.formulas if each.speaker == "student"],
            answer=heard.answer,
            error=heard.error or "",
            engine=self._engine.name(tutor.model),
            note=self._engine.note,
        )


def _decoded(clip_base64: str) -> Pcm16:
    try:
        content = base64.b64decode(clip_base64, validate=True)
    except (binascii.Error, ValueError) as error:
        raise AudioFormatError("clip_base64: expected base64, got something else") from error
    clip = read_audio(content)
    if clip.duration_sec > MAX_CLIP_SEC:
        raise AudioFormatError(
            f"expected at most {MAX_CLIP_SEC:.0f} s of audio, got {clip.duration_sec:.0f} s; "
            "cut it into utterances"
        )
    return clip
