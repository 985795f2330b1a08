"""Visitors who wait for their turn, those of the address that had the fewest turns first."""

import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

RECENT_SEC = 600.0
MAX_RECENT = 1_000  # turns that are remembered


@dataclass(frozen=True, slots=True)
class Waiting:
    """A visitor in line."""

    visitor_id: str
    address: str


class Line:
    """Whoever came first is first among those whose addresses had as many turns lately.

    Who waits behind others of their own address counts those as turns: many cookies of one
    address are in nobody's way.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._arrived: dict[str, Waiting] = {}
        self._turns: deque[tuple[float, str]] = deque(maxlen=MAX_RECENT)

    def join(self, visitor_id: str, address: str) -> None:
        """Wait; who waits already keeps their place."""
        self._arrived.setdefault(visitor_id, Waiting(visitor_id, address))

    def leave(self, visitor_id: str) -> None:
        self._arrived.pop(visitor_id, None)

    def take_turn(self, visitor_id: str, address: str) -> None:
        """It was this visitor's turn, who waits no more."""
        self.leave(visitor_id)
        self._turns.append((self._clock(), address))

    def waiting(self) -> Sequence[Waiting]:
        """All who wait, in the order of their turns."""
        while self._turns and self._clock() - self._turns[0][0] > RECENT_SEC:
            self._turns.popleft()
        n_turns = Counter(address for _, address in self._turns)
        ranks: list[tuple[int, int, Waiting]] = []
        for each in self._arrived.values():
            ranks.append((n_turns[each.address], len(ranks), each))
            n_turns[each.address] += 1
        return [each for *_, each in sorted(ranks, key=lambda rank: rank[:2])]


def expected_sec(place: int, remaining_sec: Sequence[float], lesson_sec: float) -> float:
    """When a place is free at the latest for number `place` in line, 0 for now.

    `remaining_sec` is what each lesson under way has left; the later ones last `lesson_sec`.
    """
    if not remaining_sec:
        return 0.0
    rounds, lesson = divmod(place - 1, len(remaining_sec))
    return sorted(remaining_sec)[lesson] + rounds * lesson_sec
