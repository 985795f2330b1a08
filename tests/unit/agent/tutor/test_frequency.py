"""What happens too often is a fault, whatever happens in between."""

from agent.tutor.frequency import Frequency


def test_more_than_so_many_within_the_time_is_too_often() -> None:
    """The bound itself is allowed."""
    losses = Frequency(3, 60.0)
    assert [losses.note(now_sec) for now_sec in (0.0, 1.0, 2.0, 3.0, 4.0)] == [
        False, False, False, True, True,
    ]  # fmt: skip


def test_what_is_long_ago_does_not_count() -> None:
    """A lesson may last half an hour, and services do send one away now and then."""
    losses = Frequency(3, 60.0)
    assert not any(losses.note(20.0 * n) for n in range(100))
    assert not any(losses.note(3_000.0 + 60.0 * n) for n in range(100))
