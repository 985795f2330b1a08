"""Who may begin a lesson, who waits, and whose turn it is."""

from pathlib import Path

import pytest

from tests.clock import Clock
from workbench.live.lesson import Lesson
from workbench.public.lesson_line import (
    AWAY_SEC,
    KEPT_SEC,
    MOVED,
    UNTAKEN,
    DemoLessons,
    Free,
    LessonLine,
    News,
    Waiting,
)
from workbench.public.line import Line, expected_sec
from workbench.public.visitors import Visitor
from workbench.shared.places import MustWaitError


class Begun(Lesson):
    """A lesson that has a name and does nothing."""

    def __init__(self, name: str) -> None:
        self.id = name


class Room(DemoLessons):
    """Places for lessons, as many of them free as a test says."""

    def __init__(self, n_free: int) -> None:
        super().__init__()
        self.free = n_free
        self.busy = False

    @property
    def n_free(self) -> int:
        return 0 if self.busy else self.free

    @property
    def is_busy(self) -> bool:
        return self.busy


class Hall:
    """A line of visitors, each with a page that follows it."""

    def __init__(self, n_free: int, max_per_address: int = 5) -> None:
        self.clock = Clock()
        self.room = Room(n_free)
        self.line = LessonLine(self.room, max_per_address, 90, self.clock)
        self.visitors: dict[str, Visitor] = {}
        self.streams: dict[str, object] = {}

    def visitor(self, name: str) -> Visitor:
        """`name@address`; without an address it is the only one of its own."""
        address = name.partition("@")[2] or name
        return self.visitors.setdefault(name, Visitor(name, address, Path("never-made"), 0.0))

    def begin(self, name: str) -> None:
        visitor = self.visitor(name)
        self.line.claim(visitor)
        visitor.lesson = Begun(name)
        self.line.began(visitor, visitor.lesson)
        self.room.free -= 1

    def end(self, name: str) -> None:
        self.line.ended(Begun(name))
        self.room.free += 1

    def wait(self, *names: str) -> None:
        for name in names:
            self.streams[name] = self.line.follow(self.visitor(name))

    def leave(self, name: str) -> None:
        self.line.unfollow(self.visitor(name), self.streams[name])

    def news(self, name: str) -> News | None:
        return self.line.news(self.visitor(name), self.streams[name])

    def place(self, name: str) -> str:
        """What the visitor reads of their place."""
        news = self.news(name)
        assert isinstance(news, Waiting)
        return news.message


def test_places_go_to_those_who_waited_longest() -> None:
    """Whoever comes at the right moment does not overtake the line."""
    hall = Hall(n_free=1)
    hall.begin("first")
    with pytest.raises(MustWaitError, match="You are number 1 in line"):
        hall.begin("second")
    hall.wait("second", "third")
    assert hall.place("third") == (
        "All 5 places are taken. You are number 2 in line: your lesson begins by itself, in about "
        "3 minutes."
    )
    hall.end("first")
    with pytest.raises(MustWaitError):
        hall.begin("passer-by")
    assert hall.news("second") == Free()
    assert "number 2" in hall.place("third")
    hall.begin("second")
    assert "number 1" in hall.place("third")


def test_who_asked_and_does_not_wait_is_in_nobodys_way() -> None:
    """A refused request takes no place in the line."""
    hall = Hall(n_free=0)
    for name in ("one", "two", "three"):
        with pytest.raises(MustWaitError):
            hall.begin(name)
    hall.wait("patient")
    assert "number 1" in hall.place("patient")


def test_many_cookies_of_one_address_put_nobody_behind_them() -> None:
    """Sixty cookies put an honest visitor at number 56."""
    hall = Hall(n_free=5, max_per_address=3)
    for number in range(3):
        hall.begin(f"{number}@crowd")
    with pytest.raises(MustWaitError, match="Your network has 3 lessons"):
        hall.begin("3@crowd")
    hall.wait(*(f"{number}@crowd" for number in range(3, 60)))
    hall.begin("honest")
    hall.begin("also honest")
    hall.wait("late")
    assert "number 1 in line" in hall.place("late")
    hall.end("0@crowd")
    assert hall.news("late") == Free()
    assert isinstance(hall.news("3@crowd"), Waiting)


def test_a_class_behind_one_address_gets_all_the_places_that_it_may_have() -> None:
    """Its pupils come one after the other."""
    hall = Hall(n_free=5, max_per_address=3)
    pupils = [f"{number}@school" for number in range(30)]
    for name in pupils[:3]:
        hall.begin(name)
    hall.wait(*pupils[3:])
    for gone, comes in zip(pupils, pupils[3:], strict=False):
        hall.clock.sec += 30
        hall.end(gone)
        assert hall.news(comes) == Free()
        hall.begin(comes)


def test_lessons_that_are_stopped_at_once_take_their_places_for_five_seconds() -> None:
    """Otherwise one address could use up the owner's minutes faster than three lessons do."""
    hall = Hall(n_free=5, max_per_address=3)
    for number in range(3):
        hall.begin(f"{number}@home")
        hall.end(f"{number}@home")
    with pytest.raises(MustWaitError, match="Your network has 3 lessons"):
        hall.begin("3@home")
    hall.begin("elsewhere")
    hall.clock.sec += 5
    hall.begin("3@home")


def test_who_has_left_is_in_line_for_a_moment_only() -> None:
    """A page that lost its connection comes back; a closed one must not hold up others."""
    hall = Hall(n_free=0)
    hall.wait("gone", "back", "patient")
    hall.leave("gone")
    hall.leave("back")
    hall.clock.sec += AWAY_SEC
    hall.wait("back")
    assert "number 3" in hall.place("patient")
    hall.room.free = 1
    assert hall.news("back") == Free()  # not for a page that is not there
    hall.clock.sec += 0.1
    assert "number 2" in hall.place("patient")


def test_a_place_is_not_kept_for_long() -> None:
    """A page that does not take it is told so, and the next one has it."""
    hall = Hall(n_free=1)
    hall.wait("asleep", "awake")
    assert hall.news("asleep") == Free()
    assert "number 2" in hall.place("awake")
    hall.clock.sec += KEPT_SEC + 0.1
    assert hall.news("awake") == Free()
    assert hall.news("asleep") == UNTAKEN


def test_of_one_visitors_pages_the_newest_waits() -> None:
    """A second window must not take a second place."""
    hall = Hall(n_free=0)
    hall.wait("visitor", "next")
    earlier = hall.streams["visitor"]
    hall.wait("visitor")
    assert hall.line.news(hall.visitor("visitor"), earlier) == MOVED
    hall.line.unfollow(hall.visitor("visitor"), earlier)
    assert "number 1" in hall.place("visitor")
    assert "number 2" in hall.place("next")


def test_a_machine_that_cannot_keep_up_lets_the_line_wait() -> None:
    """The newest comes when there is room for it."""
    hall = Hall(n_free=1)
    hall.room.busy = True
    hall.wait("visitor")
    assert "This machine is too busy for another lesson. You are number 1" in hall.place("visitor")
    hall.room.busy = False
    assert hall.news("visitor") == Free()


@pytest.mark.parametrize(
    ("place", "remaining_sec", "sec"),
    [
        (1, [50, 20, 90], 20),
        (2, [50, 20, 90], 50),
        (3, [50, 20, 90], 90),
        (4, [50, 20, 90], 110),
        (1, [], 0),
    ],
)
def test_a_place_in_line_says_for_how_long(
    place: int, remaining_sec: list[float], sec: float
) -> None:
    """The lesson that ends first is the first one's, and so on around."""
    assert expected_sec(place, remaining_sec, 90) == sec


def test_an_address_is_not_behind_others_for_ever() -> None:
    """Turns are forgotten after ten minutes."""
    clock = Clock()
    line = Line(clock)
    line.take_turn("1", "home")
    clock.sec = 601
    line.join("2", "home")
    line.join("3", "new")
    assert [each.visitor_id for each in line.waiting()] == ["2", "3"]
