"""A lesson whose sound falls behind is ended before it talks about the past."""

import pytest

from workbench.live.backlog import Backlog


@pytest.mark.parametrize(
    ("frame_sec", "every_sec", "seconds", "too_large"),
    [
        (0.02, 0.02, 600, False),  # in real time
        (0.02, 0.0202, 1800, False),  # one packet in a hundred lost, half an hour long
        (0.02, 0.015, 60, False),  # catching up after a hiccup
        (0.02, 0.04, 7, True),  # half as fast as it should be
        (0.02, 0.03, 12, True),
        (0.02, 0.04, 4, False),  # a short stall
    ],
)
def test_only_a_lasting_shortfall_counts(
    frame_sec: float, every_sec: float, seconds: float, too_large: bool
) -> None:
    """Packets get lost and clocks differ on every healthy connection."""
    backlog = Backlog()
    for i in range(int(seconds / every_sec)):
        backlog.add(frame_sec, now_sec=i * every_sec)
    assert backlog.too_large == too_large


def test_a_machine_that_slept_is_behind() -> None:
    """After a closed lid the Live session is gone, too."""
    backlog = Backlog()
    backlog.add(0.02, now_sec=0)
    backlog.add(0.02, now_sec=3_600)
    assert backlog.too_large
