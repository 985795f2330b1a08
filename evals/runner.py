"""Replay a dataset: so many sessions at a time, few retries, each outcome written at once."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from google import genai

from agent.errors import AudioFormatError
from agent.live import LiveEndpoint
from agent.tutor import Tutor
from evals.predictions import Prediction
from evals.replay.direct import replay
from evals.runs import FORMAT_VERSION, Attempt, Run, RunInfo
from evals.utterances import Dataset, Utterance

MAX_ATTEMPTS = 3
BACKOFF_SEC = 1.0
FINAL_CODES = frozenset({400, 401, 403, 404, 1007, 1008})  # another try gives the same


@dataclass(frozen=True, slots=True)
class Plan:
    """What to replay, with whom, and how."""

    dataset: Dataset
    tutor: Tutor
    folder: Path
    concurrency: int = 4
    limit: int | None = None
    epochs: int = 1

    @property
    def utterances(self) -> tuple[Utterance, ...]:
        return self.dataset.utterances[: self.limit]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is; `done` of `total` utterances, epochs counted one by one."""

    done: int
    total: int
    ok: int
    cut_off: int
    failed: int


async def run_dataset(
    plan: Plan,
    endpoint: LiveEndpoint,
    on_progress: Callable[[Progress], None] = lambda _: None,
    *,
    resume: bool = False,
) -> Run:
    """Replay what has no outcome yet; gives the run, complete.

    Cancelled, the run is `stopped` and can be resumed. Raises RunError when the folder can't
    be used.
    """
    run = Run.open(plan.folder) if resume else Run.create(plan.folder, _info(plan, endpoint))
    with run.locked():
        run.set_status("running")
        outcomes = {(a.utterance_id, a.epoch): a for a in run.attempts() if _is_final(a)}
        worker = _Worker(plan, run, endpoint.client(), outcomes, on_progress)
        try:
            await worker.run()
        except BaseException:
            run.set_status("stopped")
            raise
        run.set_status("complete")
    return run


class _Worker:
    def __init__(
        self,
        plan: Plan,
        run: Run,
        client: genai.Client,
        outcomes: dict[tuple[str, int], Attempt],
        on_progress: Callable[[Progress], None],
    ) -> None:
        self._plan = plan
        self._run = run
        self._client = client
        self._outcomes = outcomes
        self._on_progress = on_progress

    async def run(self) -> None:
        """Replay the missing ones, `concurrency` at a time."""
        waiting = iter(
            [
                (utterance, epoch)
                for epoch in range(self._plan.epochs)
                for utterance in self._plan.utterances
                if (utterance.id, epoch) not in self._outcomes
            ]
        )
        self._report()
        async with asyncio.TaskGroup() as tasks:
            for _ in range(self._plan.concurrency):
                tasks.create_task(self._work(waiting))

    async def _work(self, waiting: Iterator[tuple[Utterance, int]]) -> None:
        for utterance, epoch in waiting:
            await self._replay(utterance, epoch)
            self._report()

    async def _replay(self, utterance: Utterance, epoch: int) -> None:
        for number in range(1, MAX_ATTEMPTS + 1):
            attempt = Attempt(utterance.id, epoch, number, await self._predict(utterance))
            self._run.add(attempt)
            self._outcomes[utterance.id, epoch] = attempt
            if _is_final(attempt):
                return
            await asyncio.sleep(BACKOFF_SEC * 2 ** (number - 1))

    async def _predict(self, utterance: Utterance) -> Prediction:
        try:
            audio = await asyncio.to_thread(utterance.audio)
        except AudioFormatError as error:
            return Prediction("failed", error=str(error), error_code=400)
        return await replay(audio, self._plan.tutor, self._client)

    def _report(self) -> None:
        statuses = [attempt.prediction.status for attempt in self._outcomes.values()]
        self._on_progress(
            Progress(
                done=len(statuses),
                total=self._plan.epochs * len(self._plan.utterances),
                ok=statuses.count("ok"),
                cut_off=statuses.count("cut_off"),
                failed=statuses.count("failed"),
            )
        )


def _is_final(attempt: Attempt) -> bool:
    prediction = attempt.prediction
    is_worth_retrying = prediction.status == "failed" and prediction.error_code not in FINAL_CODES
    return not is_worth_retrying or attempt.attempt >= MAX_ATTEMPTS


def _info(plan: Plan, endpoint: LiveEndpoint) -> RunInfo:
    tutor = plan.tutor
    return RunInfo(
        format_version=FORMAT_VERSION,
        status="running",
        began=datetime.now(UTC).isoformat(timespec="seconds"),
        engine=endpoint.engine,
        model=tutor.model,
        prompt_name=tutor.prompt.name,
        prompt_version=tutor.prompt.version,
        prompt_text=tutor.prompt.instructions,
        fingerprint=tutor.fingerprint,
        dataset_name=plan.dataset.name,
        dataset_folder=str(plan.dataset.folder.resolve()),
        dataset_hash=plan.dataset.content_hash,
        utterance_ids=[utterance.id for utterance in plan.utterances],
        epochs=plan.epochs,
        concurrency=plan.concurrency,
    )
