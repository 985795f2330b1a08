"""Lessons on this server: a few at once, none left behind."""

import asyncio

from agent.errors import SpokenMathsError
from workbench.lesson import Ending, Lesson

MAX_LESSONS = 8  # what one core carries without the tutor's voice breaking up


class TooManyLessonsError(SpokenMathsError):
    """Every place is taken."""


class NoSuchLessonError(SpokenMathsError):
    """The lesson is over, or its id was never given."""


class Lessons:
    """The lessons that run now, by their secret ids."""

    def __init__(self) -> None:
        self._running: dict[str, tuple[Lesson, asyncio.Task[None]]] = {}

    @property
    def n_running(self) -> int:
        return len(self._running)

    def begin(self, lesson: Lesson) -> None:
        """Run `lesson` until it ends by itself or is ended."""
        if len(self._running) >= MAX_LESSONS:
            raise TooManyLessonsError(
                f"All {MAX_LESSONS} places are taken at the moment. Try again in a few minutes."
            )
        task = asyncio.create_task(lesson.run())
        self._running[lesson.id] = lesson, task
        task.add_done_callback(lambda _: self._running.pop(lesson.id, None))

    def find(self, lesson_id: str) -> Lesson:
        if lesson_id not in self._running:
            raise NoSuchLessonError("This lesson is over. Press Start to begin another.")
        return self._running[lesson_id][0]

    async def end_all(self, ending: Ending) -> None:
        """Tell every visitor why, and wait until all is let go."""
        running = list(self._running.values())
        for lesson, _ in running:
            lesson.end(ending)
        await asyncio.gather(*(task for _, task in running))
