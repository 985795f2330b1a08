"""New utterances made in the page: recorded there, or spoken from a formula."""

import asyncio
import hashlib
from typing import Annotated

import numpy as np
from fastapi import APIRouter, Query, Request
from pydantic import Field
from typing_extensions import TypedDict

from agent.audio import STUDENT_RATE_HZ, Pcm16
from agent.errors import AudioFormatError
from agent.lesson.pauses import QUIET_RMS
from agent.strict import Strict
from evals.dataset.own import put_utterance
from evals.dataset.utterances import MAX_READINGS
from evals.notation import Katex
from evals.synthesis.perturbation import CONDITIONS
from evals.synthesis.phrasings import MAX_MADE, find_phrasings, make_utterances
from evals.synthesis.voices import VOICES
from workbench.datasets.gold import check_gold
from workbench.datasets.opened import Datasets

MAX_RECORDING_SEC = 120
MAX_RECORDING_BYTES = 2 * STUDENT_RATE_HZ * MAX_RECORDING_SEC
MIN_RECORDING_SEC = 0.2

Text = Annotated[str, Query(min_length=1, max_length=4_000)]
Choices = Annotated[
    list[Annotated[str, Field(min_length=1, max_length=500)]], Field(max_length=MAX_MADE)
]
Readings = Annotated[list[str], Query(max_length=MAX_READINGS)]


class FormulaToSay(Strict):
    """One formula, without dollar signs."""

    latex: Annotated[str, Field(min_length=1, max_length=1_000)]


class WantedUtterances(FormulaToSay):
    """In which words, voices and noises it is to be spoken."""

    transcripts: Choices
    voices: Choices
    conditions: Choices


class KeptRecording(TypedDict):
    """The utterance that a recording has become."""

    id: str


class PhrasingsView(TypedDict):
    """In which words a formula can be spoken, the voices, and the noises by name."""

    phrasings: list[str]
    voices: list[str]
    conditions: dict[str, str]


class MadeUtterances(TypedDict):
    """The utterances that were spoken."""

    ids: list[str]


def recording_of(pcm: bytes) -> Pcm16:
    """The sound that a browser sent; AudioFormatError when there is none, or only silence."""
    sound = Pcm16.from_bytes(pcm, STUDENT_RATE_HZ)
    if sound.duration_sec < MIN_RECORDING_SEC:
        raise AudioFormatError("The recording is too short; press Record, speak, then Stop.")
    loudest = np.abs(sound.samples.astype(np.float32)).max()
    if loudest <= QUIET_RMS:
        raise AudioFormatError("Nothing can be heard; is the microphone muted? Say it again.")
    return sound


def new_recording_routes(datasets: Datasets, katex: Katex) -> APIRouter:
    """A recording's body is its sound: 16-bit little-endian mono at 16 kHz, at most two minutes."""
    routes = APIRouter(prefix="/api/datasets")

    @routes.post("/{name}/recordings")
    async def keep(
        request: Request,
        name: str,
        transcript: Text,
        latex: Readings = [],  # noqa: B006 (pydantic copies it)
    ) -> KeptRecording:
        sound = await request.body()
        return {"id": await asyncio.to_thread(_keep, name, sound, transcript, latex)}

    def _keep(name: str, pcm: bytes, transcript: str, readings: list[str]) -> str:
        folder = datasets.own_folder(name)
        check_gold(transcript, readings, katex)
        sound = recording_of(pcm)
        utterance_id = f"recording-{hashlib.sha256(sound.to_bytes()).hexdigest()[:12]}"
        columns = {
            "transcript": transcript,
            "latex": readings,
            "category": "recorded",
            "speaker": "visitor",
            "licence": "own recording",
        }
        put_utterance(folder, utterance_id, sound, columns)
        return utterance_id

    @routes.post("/phrasings")
    def phrasings(body: FormulaToSay) -> PhrasingsView:
        return {
            "phrasings": find_phrasings(body.latex, katex),
            "voices": list(VOICES),
            "conditions": {name: each.words for name, each in CONDITIONS.items()},
        }

    @routes.post("/{name}/made")
    def make(name: str, body: WantedUtterances) -> MadeUtterances:
        folder = datasets.own_folder(name)
        for words in body.transcripts:
            check_gold(words, [body.latex], katex)
        made = make_utterances(folder, body.latex, body.transcripts, body.voices, body.conditions)
        return {"ids": made}

    return routes
