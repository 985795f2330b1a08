"""Which lesson goes when the machine can't keep up with all of them."""

import asyncio

import pytest

from tests.clock import Clock
from workbench.live.backlog import MAX_BEHIND_SEC, Backlog, LoopLag
from workbench.live.lesson import OVERLOADED, Ending, Lesson
from workbench.live.lessons import RELIEF_SEC, Lessons
from workbench.shared.places import NoPlaceLeftError


class Taught(Lesson):
    """A lesson whose sound is late as a test says; it teaches nothing."""

    def __init__(self, name: str, *, loop_is_busy: bool = True) -> None:
        self.id = name
        self.backlog = Backlog()
        self.loop_lag = LoopLag()
        for _ in range(20):
            self.loop_lag.add(0.03 if loop_is_busy else 0.001)
        self.over: asyncio.Future[Ending] = asyncio.get_running_loop().create_future()

    async def run(self) -> None:
        await self.over

    def end(self, ending: Ending) -> None:
        self.over.set_result(ending)

    def is_behind(self, sec: float) -> None:
        self.backlog.add(0.02, now_sec=0.0)
        self.backlog.add(0.02, now_sec=(sec + 0.02) / 0.98 + 0.001)


def begun(lessons: Lessons, n: int, *, loop_is_busy: bool = True) -> list[Taught]:
    taught = [Taught(f"{number}", loop_is_busy=loop_is_busy) for number in range(n)]
    for lesson in taught:
        lessons.begin(lesson)
    return taught


async def ended(taught: list[Taught]) -> list[str]:
    await asyncio.sleep(0)
    return [lesson.id for lesson in taught if lesson.over.done()]


async def test_on_a_busy_machine_the_newest_lesson_ends_and_the_others_go_on() -> None:
    """All five had ended, each when it noticed."""
    lessons = Lessons()
    taught = begun(lessons, 5)
    for lesson in taught:
        lesson.is_behind(MAX_BEHIND_SEC)
    taught[0].on_overload()
    assert await ended(taught) == ["4"]
    assert taught[4].over.result() == OVERLOADED
    assert not any(lesson.backlog.is_late for lesson in taught[:4])


async def test_a_busy_machine_takes_no_other_lesson_for_a_while() -> None:
    """The next would be ended as well."""
    clock = Clock()
    lessons = Lessons(clock)
    taught = begun(lessons, 2)
    for lesson in taught:
        lesson.is_behind(1.5)
    assert lessons.n_free == 0
    with pytest.raises(NoPlaceLeftError, match="too busy for another lesson"):
        begun(lessons, 1)
    taught[1].on_overload()
    assert await ended(taught) == ["1"]
    clock.sec = RELIEF_SEC - 1
    assert lessons.is_busy
    clock.sec = RELIEF_SEC
    begun(lessons, 1)


async def test_a_lesson_that_is_late_alone_ends_itself() -> None:
    """Whoever sends too little sound must not end others' lessons, nor keep them from beginning."""
    lessons = Lessons()
    taught = begun(lessons, 3)
    taught[0].is_behind(MAX_BEHIND_SEC)
    taught[1].is_behind(0.5)
    assert not lessons.is_busy
    taught[0].on_overload()
    assert await ended(taught) == ["0"]
    assert not lessons.is_busy


async def test_slow_visitors_do_not_end_a_lesson_that_has_no_sound_yet() -> None:
    """It is the newest, and it is not late."""
    lessons = Lessons()
    taught = begun(lessons, 3)
    for lesson in taught[:2]:
        lesson.is_behind(MAX_BEHIND_SEC)
    taught[0].on_overload()
    assert await ended(taught) == ["1"]


async def test_slow_visitors_of_a_fast_machine_end_their_own_lessons_alone() -> None:
    """Otherwise two of them would keep all others out."""
    lessons = Lessons()
    taught = begun(lessons, 2, loop_is_busy=False)
    for lesson in taught:
        lesson.is_behind(MAX_BEHIND_SEC)
    assert not lessons.is_busy
    taught[0].on_overload()
    assert await ended(taught) == ["0"]
    assert not lessons.is_busy
