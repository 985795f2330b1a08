"""A recording to the service and back, before a run spends anything."""

import time
from dataclasses import dataclass

from agent.errors import AudioFormatError, DatasetError
from agent.settings import Engine
from agent.tutor.endpoint import LiveEndpoint
from agent.tutor.tutor import Tutor
from evals.dataset.utterances import Dataset, Utterance
from evals.replay.depths import Pace
from evals.replay.direct import replay
from evals.replay.turn import CONNECTED
from evals.runs.bill import Bill
from evals.runs.prediction import UNANSWERED, Prediction
from evals.scoring.words import corpus_words, word_errors

PACES: tuple[Pace, ...] = ("full", "realtime")
MIN_CLIP_SEC = 1.0  # shorter ones say little about an ear


@dataclass(frozen=True, slots=True)
class Trial:
    """One session at one pace; `wer` is the share of words wrong, None where none were heard."""

    pace: Pace
    prediction: Prediction
    wer: float | None
    took_sec: float

    @property
    def has_connected(self) -> bool:
        """Whether the service opened the session: key, model and network are right."""
        return CONNECTED in self.prediction.timings_sec

    @property
    def is_heard(self) -> bool:
        return self.wer is not None


@dataclass(frozen=True, slots=True)
class Preflight:
    """What a service made of one recording at full pace and in real time."""

    model: str
    engine: Engine
    utterance: Utterance
    trials: tuple[Trial, ...]

    @property
    def bill(self) -> Bill:
        """What the trials have cost."""
        bill = Bill(self.model, self.engine)
        for trial in self.trials:
            bill = bill.with_attempt(trial.prediction.usage)
        return bill

    @property
    def refusal(self) -> str:
        """Why the service opened no session; empty where it did."""
        first = self.trials[0]
        return "" if first.has_connected else first.prediction.error or ""

    @property
    def hears_alike(self) -> bool:
        """Whether sound sent at once is heard as well as sound sent as it was spoken."""
        rates = [trial.wer for trial in self.trials]
        return len(rates) == len(PACES) and rates[0] is not None and rates[0] == rates[1]

    @property
    def advice(self) -> str:
        """What to do next, in a sentence."""
        if self.refusal:
            return self.refusal
        if not any(trial.is_heard for trial in self.trials):
            return "Nothing was heard. Try again; if it goes on, choose another model or prompt."
        full, realtime = self.trials
        if (realtime.wer, realtime.prediction.status) == (full.wer, full.prediction.status):
            return "Ready."
        if full.is_heard and realtime.is_heard and (full.wer or 0) < (realtime.wer or 0):
            return "Ready at full pace; in real time it heard worse. Try again to see if it lasts."
        return "Heard worse at full pace: use --pace realtime with this model."

    @property
    def is_ready(self) -> bool:
        """Whether a run at full pace can be expected to work."""
        full = self.trials[0]
        return full.prediction.status == "ok" and self.hears_alike


async def preflight(tutor: Tutor, endpoint: LiveEndpoint, utterance: Utterance) -> Preflight:
    """Replay `utterance` at each pace, one after the other; at one only, if it is refused.

    Raises AudioFormatError for a recording that can't be read, and nothing for what the
    service does.
    """
    audio, client = utterance.audio(), endpoint.client()
    trials: list[Trial] = []
    try:
        for pace in PACES:
            began_sec = time.perf_counter()
            prediction = await replay(audio, tutor, client, pace=pace)
            took_sec = time.perf_counter() - began_sec
            trials.append(Trial(pace, prediction, _wer(utterance, prediction), took_sec))
            if not trials[-1].has_connected:
                break
    finally:
        await client.aio.aclose()
    return Preflight(tutor.model, endpoint.engine, utterance, tuple(trials))


def short_clip(dataset: Dataset) -> Utterance:
    """The shortest recording of at least a second, which costs least; DatasetError for none."""
    lengths: dict[str, float] = {}
    for utterance in dataset.utterances:
        try:
            lengths[utterance.id] = utterance.duration_sec
        except AudioFormatError:
            continue
    clips = [u for u in dataset.utterances if lengths.get(u.id, 0.0) >= MIN_CLIP_SEC]
    if not clips:
        raise DatasetError(
            f"{dataset.folder}: expected a recording of at least {MIN_CLIP_SEC:g} s, found none; "
            "name another dataset"
        )
    return min(clips, key=lambda utterance: lengths[utterance.id])


def _wer(utterance: Utterance, prediction: Prediction) -> float | None:
    if prediction.status in UNANSWERED or not prediction.transcript:
        return None
    return corpus_words([word_errors(utterance.transcript, prediction.transcript)]).wer
