"""Replay a dataset: so many sessions at a time, few retries, each outcome written at once."""

import asyncio
import platform
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path

from agent.errors import AudioFormatError, LiveError, Remedy
from agent.tutor.endpoint import LiveEndpoint
from agent.tutor.tutor import Tutor
from evals.dataset.utterances import WHOLE, Dataset, Part, Utterance
from evals.replay.answer_sound import AnswerSound, KeptAnswers, Replay
from evals.replay.breaker import Breaker
from evals.replay.budget import Budget
from evals.replay.depths import DEFAULT_DEPTH, DEPTHS, Depth, Pace, check_depth
from evals.replay.rooms import Rooms, check_rooms
from evals.replay.turn import CONNECTED
from evals.runs.bill import Bill
from evals.runs.folder import FORMAT_VERSION, RecordedTutor, Run, RunInfo
from evals.runs.prediction import UNANSWERED, Prediction, UtteranceCounts
from evals.runs.rows import Attempt

DEFAULT_CONCURRENCY = 4
MAX_ATTEMPTS = 3
BACKOFF_SEC = 1.0  # before the second try; twice as long before the third
UNREADABLE = 400  # the code of a recording that can't be read


@dataclass(frozen=True, slots=True)
class Plan:
    """What to replay, with whom, and how; raises as `check_depth` for what can't be.

    `dataset` holds the utterances of `part` alone, which says how they were chosen.
    """

    dataset: Dataset
    tutor: Tutor
    folder: Path
    concurrency: int = DEFAULT_CONCURRENCY
    limit: int | None = None
    epochs: int = 1
    keeps_answers: bool = False
    depth: Depth = DEFAULT_DEPTH
    rooms: Rooms | None = None
    part: Part = WHOLE
    pace: Pace = "full"

    def __post_init__(self) -> None:
        check_depth(
            self.depth,
            self.tutor,
            self.rooms,
            n_at_a_time=self.concurrency,
            keeps_answers=self.keeps_answers,
        )

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
    no_answer: int
    failed: int


async def run_dataset(  # noqa: PLR0913 (each of another kind)
    plan: Plan,
    endpoint: LiveEndpoint,
    on_progress: Callable[[Progress], None] = lambda _: None,
    *,
    resume: bool = False,
    retry_failed: bool = False,
    breaker: Breaker | None = None,
    budget: Budget | None = None,
) -> Run:
    """Replay what has no outcome yet; gives the run, complete.

    With `retry_failed` only `ok` is an outcome: all else is tried again, and stays in the file.
    Runs that share a `breaker` share what it has learned of the service's quota, and those that
    share a `budget` what they may cost: BudgetSpentError when that is spent.

    Cancelled, the run is `stopped` and can be resumed. Raises RunError when the folder holds
    another run, EnvironmentNotReady when it can't be written, and LiveError when the service
    never answers from the start, or refuses in a way that waiting won't mend: that is no
    utterance's outcome. RoomError when
    the rooms' server refuses the key or can't be reached.
    """
    await check_rooms(plan.rooms)
    replay = DEPTHS[plan.depth].way(plan.tutor, endpoint, plan.rooms, plan.pace)
    run = Run.open(plan.folder) if resume else create_run(plan, endpoint)
    with run.locked():
        run.set_status("running")
        breaker = breaker or Breaker()
        worker = _Worker(
            plan, run, replay, breaker, on_progress, budget=budget, retry_failed=retry_failed
        )
        is_whole = False
        try:
            await worker.run()
            is_whole = True
        except BaseExceptionGroup as group:
            raise _first(group) from None
        finally:
            run.set_status("complete" if is_whole else "stopped")
    return run


def create_run(plan: Plan, endpoint: LiveEndpoint) -> Run:
    """A run folder that holds the plan and no attempt yet: a run to resume.

    Raises RunError and EnvironmentNotReady as `run_dataset`.
    """
    return Run.create(plan.folder, _info(plan, endpoint))


class _Worker:
    def __init__(  # noqa: PLR0913 (each of another kind)
        self,
        plan: Plan,
        run: Run,
        replay: Replay,
        breaker: Breaker,
        on_progress: Callable[[Progress], None],
        *,
        budget: Budget | None,
        retry_failed: bool,
    ) -> None:
        self._plan = plan
        self._run = run
        self._replay_clip = replay
        self._breaker = breaker
        self._budget = budget
        self._unbilled = Bill(run.info.tutor.model, run.info.engine)
        self._on_progress = on_progress
        earlier = list(run.attempts())
        self._n_tries = Counter((each.utterance_id, each.epoch) for each in earlier)
        n_counted = Counter(
            (each.utterance_id, each.epoch)
            for each in earlier
            if each.prediction.remedy is not Remedy.PAUSE
        )
        self._outcomes = {
            (each.utterance_id, each.epoch): each
            for each in earlier
            if _is_final(each.prediction, n_counted[each.utterance_id, each.epoch])
            and (each.prediction.status == "ok" or not retry_failed)
        }
        self._has_connected = bool(self._outcomes)
        self._answers = KeptAnswers(run.folder) if plan.keeps_answers else None

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
        if self._budget is not None and next(waiting, None) is not None:
            raise self._budget.spent_error

    async def _work(self, waiting: Iterator[tuple[Utterance, int]]) -> None:
        while not self._is_spent and (missing := next(waiting, None)) is not None:
            await self._replay(*missing)
            self._report()

    @property
    def _is_spent(self) -> bool:
        return self._budget is not None and self._budget.is_spent

    async def _replay(self, utterance: Utterance, epoch: int) -> None:
        try:
            audio = await asyncio.to_thread(utterance.audio)
        except AudioFormatError as error:
            failure = Prediction(
                "failed", error=str(error), error_code=UNREADABLE, remedy=Remedy.NEVER
            )
            self._add(utterance, epoch, failure)
            return
        n_tries = 0
        while True:
            sound = AnswerSound(is_kept=self._answers is not None)
            prediction = await self._breaker.replay(partial(self._replay_clip, audio, sound))
            is_refused = prediction.remedy is Remedy.PAUSE
            n_tries += not is_refused
            is_last = n_tries >= MAX_ATTEMPTS or not _is_worth_retrying(prediction)
            self._check_service(prediction, is_last=is_last)
            prediction = await self._with_answer_kept(prediction, sound, utterance, epoch)
            self._add(utterance, epoch, prediction)
            if is_last:
                break
            if not is_refused:
                await asyncio.sleep(BACKOFF_SEC * n_tries)

    async def _with_answer_kept(
        self, prediction: Prediction, sound: AnswerSound, utterance: Utterance, epoch: int
    ) -> Prediction:
        answer = sound.pcm()
        if self._answers is None or answer is None or prediction.status in UNANSWERED:
            return prediction
        number = self._n_tries[utterance.id, epoch] + 1
        keep = self._answers.keep
        file = await asyncio.to_thread(keep, answer, utterance.id, epoch, number)
        return replace(prediction, answer_file=file)

    def _add(self, utterance: Utterance, epoch: int, prediction: Prediction) -> None:
        self._n_tries[utterance.id, epoch] += 1
        number = self._n_tries[utterance.id, epoch]
        attempt = Attempt(utterance.id, epoch, number, prediction)
        self._run.add(attempt)
        if self._budget is not None:
            self._budget.spend(prediction, self._unbilled)
        if prediction.remedy is not Remedy.PAUSE:
            self._outcomes[attempt.utterance_id, attempt.epoch] = attempt

    def _check_service(self, prediction: Prediction, *, is_last: bool) -> None:
        """Give up on a service that has never opened a session, or opens none any more."""
        self._has_connected |= CONNECTED in prediction.timings_sec
        is_hopeless = prediction.remedy is Remedy.PAUSE and self._breaker.is_hopeless
        is_stopped = prediction.remedy is Remedy.STOP or is_hopeless
        if is_stopped or (not self._has_connected and is_last):
            raise LiveError(prediction.error or "", prediction.error_code, prediction.remedy)

    def _report(self) -> None:
        outcomes = self._outcomes.values()
        counts = UtteranceCounts.of(attempt.prediction.status for attempt in outcomes)
        self._on_progress(
            Progress(
                done=counts.total,
                total=self._plan.epochs * len(self._plan.utterances),
                ok=counts.ok,
                cut_off=counts.cut_off,
                no_answer=counts.no_answer,
                failed=counts.failed,
            )
        )


def _is_final(prediction: Prediction, n_tries: int) -> bool:
    """Refused sessions are no tries at the recording."""
    return not _is_worth_retrying(prediction) or (
        n_tries >= MAX_ATTEMPTS and prediction.remedy is not Remedy.PAUSE
    )


def _is_worth_retrying(prediction: Prediction) -> bool:
    """Whether the service broke off or gave nothing, and may do better next time."""
    return prediction.error is not None and prediction.remedy is not Remedy.NEVER


def _first(error: BaseException) -> BaseException:
    """What a task group wraps."""
    return _first(error.exceptions[0]) if isinstance(error, BaseExceptionGroup) else error


def _info(plan: Plan, endpoint: LiveEndpoint) -> RunInfo:
    tutor = plan.tutor
    return RunInfo(
        format_version=FORMAT_VERSION,
        status="running",
        began=datetime.now(UTC).isoformat(timespec="seconds"),
        engine=endpoint.engine,
        depth=plan.depth,
        by_worker=plan.rooms is not None and plan.rooms.agent_name is not None,
        versions=_versions(plan.depth),
        tutor=RecordedTutor.model_validate(asdict(tutor)),
        fingerprint=tutor.fingerprint,
        dataset_name=plan.dataset.name,
        dataset_folder=str(plan.dataset.folder.resolve()),
        dataset_hash=plan.dataset.content_hash,
        part=plan.part,
        utterance_ids=[utterance.id for utterance in plan.utterances],
        epochs=plan.epochs,
        concurrency=plan.concurrency,
        keeps_answers=plan.keeps_answers,
        pace=plan.pace,
    )


def _versions(depth: Depth) -> dict[str, str]:
    """What the answers went through on their way here."""
    packages = ["spoken-maths-workbench", "google-genai"]
    if DEPTHS[depth].is_lesson:
        packages += ["livekit", "livekit-agents", "livekit-plugins-google"]
    return {"python": platform.python_version()} | {name: version(name) for name in packages}
