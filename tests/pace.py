"""Bounds on CPU time that a busy machine does not make false."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

ORDINARY_SEC = 0.02  # of `_reference_sec`, on a quiet core of 2 GHz


@contextmanager
def cpu_below(most_sec: float) -> Iterator[None]:
    """Fails when the block takes more CPU seconds than that on an ordinary machine.

    Neighbours that share its caches make a core up to three times slower, and that within
    seconds: how slow it is is measured before and after, and the slower of the two counts.
    """
    before_sec, began = _reference_sec(), time.process_time()
    yield
    taken_sec = time.process_time() - began
    slowness = max(before_sec, _reference_sec()) / ORDINARY_SEC
    assert taken_sec / max(1.0, slowness) < most_sec


def _reference_sec() -> float:
    began = time.process_time()
    sum(number * number % 7 for number in range(200_000))
    return time.process_time() - began
