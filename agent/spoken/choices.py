"""Ambiguous decisions: the likeliest first, the others best-first afterwards."""

import heapq
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

MAX_PARSES = 24
Result = TypeVar("Result")


@dataclass(slots=True)
class Chooser:
    """Decides as it is told for the first choice points, then always for the cheapest way."""

    told: tuple[int, ...] = ()
    made: list[int] = field(default_factory=list)
    costs: list[Sequence[float]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def choose(self, name: str, costs: Sequence[float]) -> int:
        """Which of the ways whose `costs` are given to take at this point."""
        n_made = len(self.made)
        cheapest = min(range(len(costs)), key=costs.__getitem__)
        way = self.told[n_made] if n_made < len(self.told) else cheapest
        self.made.append(way)
        self.costs.append(costs)
        self.names.append(name)
        return way

    @property
    def cost(self) -> float:
        return sum(costs[way] for way, costs in zip(self.made, self.costs, strict=True))

    def undo(self, n_made: int) -> None:
        """Forget the choices of an attempt that led nowhere."""
        del self.made[n_made:], self.costs[n_made:], self.names[n_made:]

    def others(self) -> Iterator[tuple[int, ...]]:
        """What to tell a chooser for each way not taken after what this one was told."""
        for point in range(len(self.told), len(self.made)):
            for way in range(len(self.costs[point])):
                if way != self.made[point]:
                    yield (*self.made[:point], way)


def best_first(
    attempt: Callable[[Chooser], Result | None],
) -> Iterator[tuple[Result, Chooser]]:
    """Results in the order of their cost, at most MAX_PARSES of them."""
    waiting: list[tuple[float, tuple[int, ...], Result, Chooser]] = []
    told: list[tuple[int, ...]] = [()]
    for _ in range(MAX_PARSES):
        for ways in told:
            chooser = Chooser(ways)
            result = attempt(chooser)
            if result is not None and math.isfinite(chooser.cost):
                heapq.heappush(waiting, (chooser.cost, tuple(chooser.made), result, chooser))
        if not waiting:
            return
        _, _, result, chooser = heapq.heappop(waiting)
        yield result, chooser
        told = list(chooser.others())
