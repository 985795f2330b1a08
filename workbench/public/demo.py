"""The demo as a whole: visitors begin lessons and runs here, within its limits."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import Request

from agent.errors import LiveError, RunError
from agent.settings import Settings
from agent.tasks import end_all
from agent.tutor.tutor import Tutor
from evals.dataset.catalogue import SHIPPED_DATASETS, list_datasets
from evals.dataset.utterances import load_dataset
from evals.replay.runner import Plan
from workbench.live.lesson import Lesson, LessonRules
from workbench.public.budget import Budget
from workbench.public.engines import Engines, Loan
from workbench.public.lesson_line import DemoLessons, LessonLine
from workbench.public.runs import DemoRun, reserved_sec, spread_plan
from workbench.public.turns import Turns
from workbench.public.visitors import Visitor, Visitors
from workbench.public.waiting import follow_line
from workbench.shared.addresses import client_address
from workbench.shared.parts import Shared
from workbench.shared.places import NotHereError
from workbench.shared.wording import without_paths


def demo_settings(settings: Settings) -> Settings:
    """What the demo's own engine is opened with: the embedded one, unless only Gemini may answer."""
    is_embedded = settings.agent_engine != "gemini"
    return settings.model_copy(update={"agent_engine": "embedded"} if is_embedded else {})


class Demo:
    """What visitors may do; the `Opening` of public mode."""

    def __init__(self, shared: Shared) -> None:
        settings, home = shared.settings, shared.home
        minutes, sec = (
            settings.workbench_public_minutes_per_day,
            settings.workbench_public_lesson_sec,
        )
        self.visitors = Visitors(home / "visits", settings.workbench_public_visits_per_address)
        self.lessons = DemoLessons()
        self._engines = Engines(settings, shared.engine, Budget(home / "public.json", 60 * minutes))
        self._line = LessonLine(self.lessons, settings.workbench_public_places_per_address, sec)
        self._turns = Turns()
        self._typeset = shared.typeset
        self._n_proxies = settings.n_proxies
        self._rules = LessonRules(max_sec=sec, wording=without_paths)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Visits end by themselves for as long as this is open, and all of them with it."""
        ending = asyncio.create_task(self.visitors.run())
        try:
            yield
        finally:
            await end_all(ending)

    def visitor(self, request: Request) -> Visitor:
        """Whose request it is. Raises as `Visitors.find`."""
        address = client_address(request.scope, self._n_proxies)
        return self.visitors.find(request.cookies, address)

    def begin(self, tutor: Tutor, request: Request) -> Lesson:
        """One lesson a visitor, when it is their turn. Raises MustWaitError and others."""
        visitor = self.visitor(request)
        if visitor.lesson is not None:
            raise LiveError(
                "You have a lesson under way, perhaps in another window. Stop it first."
            )
        self._line.claim(visitor)
        loan = self._engines.lend(visitor.key, self._rules.max_sec)
        try:
            return self._teach(tutor, visitor, loan)
        except Exception:
            loan.settle()
            raise

    def _teach(self, tutor: Tutor, visitor: Visitor, loan: Loan) -> Lesson:
        name = loan.engine_name(tutor.model)
        lesson = Lesson(tutor, loan.endpoint, name, self._typeset, self._rules)

        def settle(_: object) -> None:
            visitor.lesson = None
            self._line.ended(lesson)
            loan.settle()

        self.lessons.begin(lesson).add_done_callback(settle)
        self._line.began(visitor, lesson)
        visitor.lesson = lesson
        return lesson

    async def replay(self, visitor: Visitor, tutor: Tutor, n_clips: int) -> None:
        """Replay some of the shipped recordings; the visitor's earlier run is removed."""
        plan = await asyncio.to_thread(_plan, visitor, tutor, n_clips)
        if not visitor.is_here:
            raise NotHereError("Your visit has ended. Reload the page.")
        earlier = visitor.run
        if earlier is not None and not earlier.is_over:
            raise RunError("Your run is still going on. Stop it first.")
        lend = partial(self._engines.lend, visitor.key, reserved_sec(n_clips))
        visitor.run = DemoRun(plan, lend, self._turns.turn(visitor.id, visitor.address))
        if earlier is not None:
            await earlier.remove()

    def note(self, visitor: Visitor | None) -> str:
        """Which engine would answer this visitor now."""
        return self._engines.note(visitor.key if visitor else None, self._rules.max_sec)

    def wait(self, visitor: Visitor) -> AsyncGenerator[str, None]:
        """The line for lessons, with this visitor in it."""
        return follow_line(self._line, visitor)


def _plan(visitor: Visitor, tutor: Tutor, n_clips: int) -> Plan:
    folder = next(iter(list_datasets([SHIPPED_DATASETS]).values()))
    return spread_plan(load_dataset(folder), tutor, n_clips, visitor.folder)
