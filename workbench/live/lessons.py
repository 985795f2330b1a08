"""Lessons on this server, and who may begin one."""

import asyncio
import time
from collections.abc import Callable
from functools import partial
from typing import Protocol

from fastapi import Request

from agent.tutor.tutor import Tutor
from workbench.live.lesson import OVERLOADED, Lesson, LessonRules
from workbench.shared.parts import Shared
from workbench.shared.places import NoPlaceLeftError, Places

MAX_LESSONS = 8  # what one core carries without the tutor's voice breaking up
RELIEF_SEC = 30.0  # after a lesson had to end because the machine did not keep up
TOO_BUSY = "This machine is too busy for another lesson. Try again in a minute."


class Lessons(Places[Lesson]):
    """Those of the Live tab's visitors.

    A machine that can't keep up is late with several lessons and with itself: then the newest ends
    and no other begins for a while. Any other lesson that is late ends itself: visitors who send
    too little sound do nothing to others.
    """

    at_most = MAX_LESSONS
    full = f"All {MAX_LESSONS} places are taken at the moment. Try again in a few minutes."
    gone = "This lesson is over. Press Start to begin another."

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._busy_until_sec = 0.0

    @property
    def is_busy(self) -> bool:
        """Whether the machine can't keep up with another lesson."""
        return self._clock() < self._busy_until_sec or self._is_overloaded

    @property
    def n_free(self) -> int:
        return 0 if self.is_busy else self.at_most - self.n_running

    def begin(self, guest: Lesson) -> asyncio.Task[None]:
        """As `Places.begin`; raises NoPlaceLeftError for a machine that is busy, too."""
        if self.is_busy:
            raise NoPlaceLeftError(TOO_BUSY)
        guest.on_overload = partial(self._relieve, guest)
        return super().begin(guest)

    @property
    def _sounding(self) -> list[Lesson]:
        return [lesson for lesson in self.running if lesson.backlog.has_begun]

    @property
    def _is_overloaded(self) -> bool:
        late = [lesson for lesson in self._sounding if lesson.backlog.is_late]
        return len(late) > 1 and any(lesson.loop_lag.is_busy for lesson in late)

    def _relieve(self, late: Lesson) -> None:
        if not self._is_overloaded:
            late.end(OVERLOADED)
            return
        *older, newest = self._sounding
        newest.end(OVERLOADED)
        for lesson in older:
            lesson.backlog.forgive()
        self._busy_until_sec = self._clock() + RELIEF_SEC


class Opening(Protocol):
    """Begins lessons, for everybody with the page or for visitors of the public demo."""

    @property
    def lessons(self) -> Lessons:
        """Those under way."""
        ...

    def begin(self, tutor: Tutor, request: Request) -> Lesson:
        """A lesson under way. Raises SpokenMathsError with a sentence for who can't have one."""
        ...


class OpenToAll:
    """Everybody with the page may begin a lesson, and turns that they correct are kept."""

    def __init__(self, shared: Shared) -> None:
        self.lessons = Lessons()
        self._engine = shared.engine
        self._typeset = shared.typeset
        self._rules = LessonRules(datasets=shared.home / "datasets")

    def begin(self, tutor: Tutor, request: Request) -> Lesson:
        del request
        engine = self._engine
        lesson = Lesson(
            tutor, engine.endpoint, engine.name(tutor.model), self._typeset, self._rules
        )
        self.lessons.begin(lesson)
        return lesson
