"""When a room that lacks a tutor is to be asked one for, by a clock of our own."""

from itertools import pairwise

from agent.service.guard import AGAIN_SEC, LACKING_SEC, LONGEST_SEC, SETTLED_SEC, WatchedRoom


def asked_at(*seen: tuple[float, bool]) -> list[float]:
    """The times at which a tutor is asked for, of a room seen with and without one."""
    room = WatchedRoom()
    return [now_sec for now_sec, has_tutor in seen if room.is_due(now_sec, has_tutor=has_tutor)]


def seconds(first: int, last: int, *, has_tutor: bool) -> list[tuple[float, bool]]:
    return [(float(now), has_tutor) for now in range(first, last)]


def test_a_tutor_is_given_time_to_come() -> None:
    """One that was dispatched is on its way when the student is in already."""
    assert asked_at(*seconds(0, int(LACKING_SEC), has_tutor=False)) == []
    assert asked_at((0.0, False), (1.0, True), (LACKING_SEC, False)) == []
    assert asked_at((0.0, False), (LACKING_SEC, False)) == [LACKING_SEC]


def test_each_tutor_asked_for_in_vain_makes_the_next_come_later() -> None:
    """Without a worker, requests must not pile up; nor where each tutor refuses at once."""
    asked = asked_at(*seconds(0, 4_000, has_tutor=False))
    waits = [later - earlier for earlier, later in pairwise(asked)]
    assert waits[:3] == [AGAIN_SEC, 2 * AGAIN_SEC, 4 * AGAIN_SEC]
    assert waits[-1] == LONGEST_SEC


def test_a_tutor_who_goes_at_once_is_no_success() -> None:
    """It told the student why there can be no lesson, and would again."""
    seen = [(0.0, False), (3.0, False), (4.0, True), (6.0, False), (9.0, False), (13.0, False)]
    assert asked_at(*seen) == [3.0, 13.0]


def test_a_tutor_lost_after_a_long_lesson_is_replaced_at_once() -> None:
    """What went wrong before it came is over."""
    before = seconds(0, 20, has_tutor=False)
    taught = seconds(20, 20 + int(SETTLED_SEC) + 1, has_tutor=True)
    after = seconds(81, 90, has_tutor=False)
    assert asked_at(*before, *taught, *after)[-1] == 81 + LACKING_SEC
