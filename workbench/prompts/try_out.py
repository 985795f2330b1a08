"""One clip to one tutor at once: what comes is told as it comes, and nothing is written."""

import asyncio
import base64
import time
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Literal

from google import genai
from typing_extensions import TypedDict

from agent.audio import wav_bytes
from agent.transcript import Formula
from agent.tutor.endpoint import LiveEndpoint
from agent.tutor.tutor import Tutor
from evals.analysis.scored_run import ScoredAttempt, score_attempt
from evals.dataset.utterances import Utterance
from evals.notation import Katex
from evals.replay.answer_sound import AnswerSound
from evals.replay.direct import replay
from evals.replay.turn import ReplayedTurn
from evals.runs.rows import Attempt
from workbench.runs.views import attempt_view
from workbench.shared.places import NoPlaceLeftError
from workbench.shared.views import Typeset, TypesetView, View, typeset_view

MAX_AT_ONCE = 4


class TrialNews(TypedDict):
    """What has come of a clip so far."""

    kind: Literal["news"]
    text: str
    formulas: list[TypesetView]
    answer: str


class TrialWhole(TypedDict):
    """All that came; `shown` are the tutor's formulas, `sound` its answer as WAV in base64."""

    kind: Literal["whole"]
    attempt: View
    answer: str
    shown: list[TypesetView]
    sound: str | None
    timings_ms: dict[str, int]
    ours_ms: int


class TrialProblem(TypedDict):
    """Why no more comes."""

    kind: Literal["problem"]
    message: str


@dataclass(frozen=True, slots=True)
class SoFar:
    """What has come of one turn."""

    transcript: str = ""
    formulas: tuple[Formula, ...] = ()
    answer: str = ""


class TryOut:
    """Tries tutors on clips, a few at a time."""

    def __init__(self, katex: Katex, typeset: Typeset) -> None:
        self._katex = katex
        self._typeset = typeset
        self._n_running = 0
        self._client: tuple[LiveEndpoint, genai.Client] | None = None  # making one takes 60 ms

    def check_place(self) -> None:
        """NoPlaceLeftError while too many clips are tried."""
        if self._n_running >= MAX_AT_ONCE:
            raise NoPlaceLeftError(
                f"{MAX_AT_ONCE} clips are being tried already. Try again in a moment."
            )

    async def run(
        self, tutor: Tutor, utterance: Utterance, clip: str | None, endpoint: LiveEndpoint
    ) -> AsyncGenerator[TrialNews | TrialWhole, None]:
        """What is heard, written and answered so far, again and again; at last the whole.

        Raises AudioFormatError for a clip that can't be read.
        """
        self.check_place()
        self._n_running += 1
        asked_sec = time.perf_counter()
        news: asyncio.Queue[ReplayedTurn | None] = asyncio.Queue()
        sound = AnswerSound(is_kept=True)
        try:
            audio = await asyncio.to_thread(utterance.audio)
            client = self._client_for(endpoint)
            ours_ms = round(1_000 * (time.perf_counter() - asked_sec))
            replaying = asyncio.create_task(replay(audio, tutor, client, sound, news.put_nowait))
            replaying.add_done_callback(lambda _: news.put_nowait(None))
            try:
                told = SoFar()
                while (turn := await news.get()) is not None:
                    so_far = SoFar(turn.transcript, tuple(turn.formulas.values()), turn.answer)
                    if so_far != told:
                        told = so_far
                        yield await self._news(so_far)
                attempt = Attempt(utterance.id, 0, 1, await replaying)
                scored = await asyncio.to_thread(
                    score_attempt, utterance, attempt, tutor.model, self._katex
                )
                yield await asyncio.to_thread(self._whole, scored, clip, sound, ours_ms)
            finally:
                replaying.cancel()
        finally:
            self._n_running -= 1

    def _client_for(self, endpoint: LiveEndpoint) -> genai.Client:
        if self._client is None or self._client[0] != endpoint:
            self._client = endpoint, endpoint.client()
        return self._client[1]

    async def _news(self, so_far: SoFar) -> TrialNews:
        views: list[TypesetView] = []
        if so_far.formulas:
            latex = [formula.latex for formula in so_far.formulas]
            typeset = self._typeset
            views = await asyncio.to_thread(lambda: [typeset_view(each, typeset) for each in latex])
        return {
            "kind": "news",
            "text": so_far.transcript.strip(),
            "formulas": views,
            "answer": so_far.answer.strip(),
        }

    def _whole(
        self, scored: ScoredAttempt, clip: str | None, sound: AnswerSound, ours_ms: int
    ) -> TrialWhole:
        prediction = scored.attempt.prediction
        pcm = sound.pcm()
        return {
            "kind": "whole",
            "attempt": attempt_view(scored, clip, self._typeset),
            "answer": prediction.answer,
            "shown": [
                typeset_view(formula.latex, self._typeset)
                for formula in prediction.formulas
                if formula.speaker == "tutor"
            ],
            "sound": None if pcm is None else base64.b64encode(wav_bytes(pcm)).decode(),
            "timings_ms": {
                what: round(1_000 * sec) for what, sec in prediction.timings_sec.items()
            },
            "ours_ms": ours_ms,
        }
