"""The demo as a whole: visitors begin lessons and runs here, within its limits."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from agent.errors import LiveError, RunError
from agent.settings import Settings
from agent.tutor.tutor import Tutor
from evals.dataset.catalogue import SHIPPED_DATASETS, list_datasets
from evals.dataset.utterances import load_dataset
from evals.replay.runner import Plan
from workbench.live.lesson import Lesson, LessonRules
from workbench.live.lessons import Lessons
from workbench.public.budget import Budget
from workbench.public.engines import Engines
from workbench.public.line import Line, try_again_sec
from workbench.public.runs import PAID_SEC_PER_CLIP, DemoRun, spread_plan
from workbench.public.visitors import Visitor, Visitors
from workbench.shared.parts import Shared
from workbench.shared.places import NoPlaceLeftError
from workbench.shared.wording import without_paths


def demo_settings(settings: Settings) -> Settings:
    """What the demo's own engine is opened with: the embedded one, unless only Gemini may answer."""
    is_embedded = settings.agent_engine != "gemini"
    return settings.model_copy(update={"agent_engine": "embedded"} if is_embedded else {})


class DemoLessons(Lessons):
    """A demo's machine is small, and its visitors are many."""

    at_most = 5
    full = "All 5 places are taken at the moment. Try again in a few minutes."


@dataclass(frozen=True, slots=True)
class Waiting:
    """A visitor's place in the line for a lesson, and when one is free at the latest."""

    place: int
    try_again_sec: float
    is_free_now: bool

    def sentence(self) -> str:
        if self.is_free_now:
            return "A place is free now and is kept for you for 30 seconds. Press Start."
        return (
            f"All {DemoLessons.at_most} places are taken. You are number {self.place} in line; "
            f"try again in about {max(5, round(self.try_again_sec / 5) * 5)} seconds."
        )


class Demo:
    """What visitors may do; the `Opening` of public mode."""

    def __init__(self, shared: Shared) -> None:
        settings, home = shared.settings, shared.home
        minutes = settings.workbench_public_minutes_per_day
        self.visitors = Visitors(home / "visits")
        self._engines = Engines(settings, shared.engine, Budget(home / "public.json", 60 * minutes))
        self.lessons = DemoLessons()
        self._typeset = shared.typeset
        self._line = Line()
        self._ends_at_sec: dict[str, float] = {}
        self._turn = asyncio.Lock()
        sec = settings.workbench_public_lesson_sec
        self._rules = LessonRules(max_sec=sec, wording=without_paths)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Visits end by themselves for as long as this is open, and all of them with it."""
        ending = asyncio.create_task(self.visitors.run())
        try:
            yield
        finally:
            ending.cancel()
            await asyncio.gather(ending, return_exceptions=True)

    def begin(self, tutor: Tutor, cookies: Mapping[str, str]) -> Lesson:
        """One lesson a visitor, when it is their turn. Raises NoPlaceLeftError and others."""
        visitor = self.visitors.find(cookies)
        if visitor.lesson_id in self._ends_at_sec:
            raise LiveError(
                "You have a lesson under way, perhaps in another window. Stop it first."
            )
        if not self._line.ask(visitor.id, self._n_free):
            raise NoPlaceLeftError(self._waiting(visitor.id).sentence())
        loan = self._engines.lend(visitor.key, self._rules.max_sec)
        name = loan.engine_name(tutor.model)
        lesson = Lesson(tutor, loan.endpoint, name, self._typeset, self._rules)
        began_sec = time.monotonic()

        def settle(_: object) -> None:
            self._ends_at_sec.pop(lesson.id, None)
            self._engines.settle(loan, time.monotonic() - began_sec)

        self.lessons.begin(lesson).add_done_callback(settle)
        self._ends_at_sec[lesson.id] = began_sec + self._rules.max_sec
        visitor.lesson_id = lesson.id
        return lesson

    async def replay(self, visitor: Visitor, tutor: Tutor, n_clips: int) -> None:
        """Replay some of the shipped recordings; the visitor's earlier run is forgotten."""
        if visitor.run is not None and not visitor.run.is_over:
            raise RunError("Your run is still going on. Stop it first.")
        plan = await asyncio.to_thread(_plan, visitor, tutor, n_clips)
        loan = self._engines.lend(visitor.key, n_clips * PAID_SEC_PER_CLIP)
        visitor.run = DemoRun(plan, loan, self._engines, self._turn)

    def note(self, visitor: Visitor) -> str:
        """Which engine would answer this visitor now."""
        return self._engines.note(visitor.key, self._rules.max_sec)

    def waiting(self, visitor: Visitor) -> Waiting | None:
        """Their place in the line; None for one who does not wait."""
        self._line.look(visitor.id)
        is_there = self._line.place(visitor.id) is not None
        return self._waiting(visitor.id) if is_there else None

    @property
    def _n_free(self) -> int:
        return self.lessons.at_most - self.lessons.n_running

    def _waiting(self, visitor_id: str) -> Waiting:
        is_free_now = self._line.is_offered(visitor_id, self._n_free)
        place = self._line.place(visitor_id) or 1
        now_sec = time.monotonic()
        remaining_sec = [max(0.0, end_sec - now_sec) for end_sec in self._ends_at_sec.values()]
        return Waiting(place, try_again_sec(place, remaining_sec, self._rules.max_sec), is_free_now)


def _plan(visitor: Visitor, tutor: Tutor, n_clips: int) -> Plan:
    folder = next(iter(list_datasets([SHIPPED_DATASETS]).values()))
    return spread_plan(load_dataset(folder), tutor, n_clips, visitor.folder)
