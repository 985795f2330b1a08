"""The few places for lessons, the line for them, and for whom a free one is kept."""

import math
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from workbench.live.lesson import Ending, Lesson
from workbench.live.lessons import Lessons
from workbench.public.line import Line, expected_sec
from workbench.public.share import MIN_SESSION_SEC
from workbench.public.visitors import Visitor
from workbench.shared.places import MustWaitError

ADDRESS = "/api/visit/line"
KEPT_SEC = 10.0  # a free place is kept for its visitor, whose page takes it by itself
AWAY_SEC = 5.0  # a page that lost its connection comes back within these

MOVED = Ending("idle", "You wait in another window now.")
UNTAKEN = Ending("lost", "Your turn came and your page did not take it. Press Start again.")


class DemoLessons(Lessons):
    """A demo's machine is small, and its visitors are many."""

    at_most = 5
    full = "All 5 places are taken."


@dataclass(slots=True)
class _Page:
    """A page in line: which of its streams is the newest, and for how long a place is kept."""

    stream: object | None = None
    left_at_sec: float = 0.0
    offered_at_sec: float | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """They wait; the sentence says where."""

    message: str


@dataclass(frozen=True, slots=True)
class Free:
    """A place is kept for them: now they may begin."""


News = Waiting | Free | Ending


class LessonLine:
    """Whoever asks while a place is free may begin; whoever follows the line waits for one.

    A lesson counts for its address for five seconds at least, which is what it costs.
    """

    def __init__(
        self,
        lessons: Lessons,
        max_per_address: int,
        lesson_sec: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._lessons = lessons
        self._max_per_address = max_per_address
        self._lesson_sec = lesson_sec
        self._clock = clock
        self._line = Line(clock)
        self._pages: dict[str, _Page] = {}
        self._running: dict[str, tuple[str, float]] = {}
        self._over: list[tuple[str, float]] = []

    def claim(self, visitor: Visitor) -> None:
        """Raises MustWaitError unless a place is free for this visitor now."""
        is_passing = visitor.id not in self._pages
        page = self._enter(visitor)
        self._offer(visitor.id)
        is_free = page.offered_at_sec is not None and self._lessons.n_free > 0
        refusal = self._sentence(visitor)
        if is_passing:
            self._leave(visitor.id)
        if not is_free:
            raise MustWaitError(refusal, ADDRESS)

    def began(self, visitor: Visitor, lesson: Lesson) -> None:
        """The visitor has taken the place that `claim` found."""
        self._leave(visitor.id)
        self._line.take_turn(visitor.id, visitor.address)
        self._running[lesson.id] = (visitor.address, self._clock() + self._lesson_sec)

    def ended(self, lesson: Lesson) -> None:
        address, end_sec = self._running.pop(lesson.id)
        self._over.append((address, end_sec - self._lesson_sec + MIN_SESSION_SEC))

    def follow(self, visitor: Visitor) -> object:
        """Wait, or wait on with another page; gives the stream that is told of it."""
        page = self._enter(visitor)
        page.stream = object()
        return page.stream

    def unfollow(self, visitor: Visitor, stream: object) -> None:
        """The page that had this stream has gone, perhaps for a moment only."""
        page = self._pages.get(visitor.id)
        if page is not None and page.stream is stream:
            page.stream, page.left_at_sec = None, self._clock()

    def news(self, visitor: Visitor, stream: object) -> News | None:
        """How it stands for this stream's page; None when it waits no more."""
        self._offer()
        page = self._pages.get(visitor.id)
        if page is None:
            return None if visitor.lesson else UNTAKEN
        if page.stream is not stream:
            return MOVED
        return Free() if page.offered_at_sec is not None else Waiting(self._sentence(visitor))

    def _enter(self, visitor: Visitor) -> _Page:
        self._line.join(visitor.id, visitor.address)
        return self._pages.setdefault(visitor.id, _Page(left_at_sec=self._clock()))

    def _leave(self, visitor_id: str) -> None:
        self._line.leave(visitor_id)
        self._pages.pop(visitor_id, None)

    def _offer(self, asking_id: str | None = None) -> None:
        """Keep the free places for those who come next and are there to take them."""
        self._drop_absent()
        taken = self._taken()
        waiting = self._line.waiting()
        kept = [each for each in waiting if self._is_offered(each.visitor_id)]
        taken.update(each.address for each in kept)
        n_free = self._lessons.n_free - len(kept)
        for each in waiting:
            page = self._pages[each.visitor_id]
            is_there = page.stream is not None or each.visitor_id == asking_id
            if n_free <= 0 or not is_there or self._is_offered(each.visitor_id):
                continue
            if taken[each.address] < self._max_per_address:
                page.offered_at_sec = self._clock()
                taken[each.address] += 1
                n_free -= 1

    def _taken(self) -> Counter[str]:
        """How many places each address has."""
        self._over = [each for each in self._over if each[1] > self._clock()]
        return Counter(address for address, _ in [*self._running.values(), *self._over])

    def _is_offered(self, visitor_id: str) -> bool:
        return self._pages[visitor_id].offered_at_sec is not None

    def _drop_absent(self) -> None:
        now_sec = self._clock()
        for visitor_id, page in list(self._pages.items()):
            is_away = page.stream is None and now_sec - page.left_at_sec > AWAY_SEC
            offered_at_sec = page.offered_at_sec
            if is_away or (offered_at_sec is not None and now_sec - offered_at_sec > KEPT_SEC):
                self._leave(visitor_id)

    def _sentence(self, visitor: Visitor) -> str:
        order = [each.visitor_id for each in self._line.waiting()]
        place = order.index(visitor.id) + 1
        reason, when = self._reason(visitor), ""
        if reason == self._lessons.full:
            when = f", in about {self._minutes(place)}"
        return f"{reason} You are number {place} in line: your lesson begins by itself{when}."

    def _reason(self, visitor: Visitor) -> str:
        """Why no place is free for this visitor."""
        if self._lessons.is_busy:
            return "This machine is too busy for another lesson."
        if self._taken()[visitor.address] >= self._max_per_address:
            return f"Your network has {self._max_per_address} lessons, as many as it may have."
        return self._lessons.full

    def _minutes(self, place: int) -> str:
        """Coarse, because a screen reader says each change."""
        now_sec = self._clock()
        remaining_sec = [max(0.0, end_sec - now_sec) for _, end_sec in self._running.values()]
        minutes = math.ceil(expected_sec(place, remaining_sec, self._lesson_sec) / 60)
        return f"{minutes} minutes" if minutes > 1 else "a minute"
