"""Lessons on this server, and who may begin one."""

from collections.abc import Mapping
from typing import Protocol

from agent.tutor.tutor import Tutor
from workbench.live.lesson import Lesson, LessonRules
from workbench.shared.parts import Shared
from workbench.shared.places import Places

MAX_LESSONS = 8  # what one core carries without the tutor's voice breaking up


class Lessons(Places[Lesson]):
    """Those of the Live tab's visitors."""

    at_most = MAX_LESSONS
    full = f"All {MAX_LESSONS} places are taken at the moment. Try again in a few minutes."
    gone = "This lesson is over. Press Start to begin another."


class Opening(Protocol):
    """Begins lessons, for everybody with the page or for visitors of the public demo."""

    @property
    def lessons(self) -> Lessons:
        """Those under way."""
        ...

    def begin(self, tutor: Tutor, cookies: Mapping[str, str]) -> Lesson:
        """A lesson under way. Raises SpokenMathsError with a sentence for who can't have one."""
        ...


class OpenToAll:
    """Everybody with the page may begin a lesson, and turns that they correct are kept."""

    def __init__(self, shared: Shared) -> None:
        self.lessons = Lessons()
        self._engine = shared.engine
        self._typeset = shared.typeset
        self._rules = LessonRules(datasets=shared.home / "datasets")

    def begin(self, tutor: Tutor, cookies: Mapping[str, str]) -> Lesson:
        del cookies
        engine = self._engine
        lesson = Lesson(
            tutor, engine.endpoint, engine.name(tutor.model), self._typeset, self._rules
        )
        self.lessons.begin(lesson)
        return lesson
