"""Where two prompts differ: line by line, and word by word in lines that were changed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from agent.prompts.prompt import Prompt

MAX_COMPARED = 2_000  # lines, or words of a line: beyond that difflib may take seconds
CONTEXT_LINES = 3

Kind = Literal["same", "removed", "added", "skipped"]


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """A line of either prompt; `pieces` are its parts, each with whether it was changed."""

    kind: Kind
    pieces: tuple[tuple[str, bool], ...]


def difference(one: Prompt, other: Prompt) -> list[DifferenceLine]:
    """From the first prompt to the second, settings first; far from a change lines are skipped."""
    before, after = _lines(one), _lines(other)
    found: list[DifferenceLine] = []
    steps = _steps(before, after)
    for number, (kind, i1, i2, j1, j2) in enumerate(steps):
        if kind == "equal":
            same = [_whole("same", line) for line in before[i1:i2]]
            found += _around(same, is_first=number == 0, is_last=number == len(steps) - 1)
        else:
            found += _changed(before[i1:i2], after[j1:j2])
    return found


def _lines(prompt: Prompt) -> list[str]:
    settings = [f"{name}: {value}" for name, value in prompt.settings.written().items()]
    return [*settings, *prompt.instructions.splitlines()]


def _steps(one: Sequence[str], other: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    if max(len(one), len(other)) > MAX_COMPARED:
        return [("replace", 0, len(one), 0, len(other))]
    return SequenceMatcher(None, one, other).get_opcodes()


def _around(same: list[DifferenceLine], *, is_first: bool, is_last: bool) -> list[DifferenceLine]:
    """What stands next to a change of a stretch that did not change."""
    head = 0 if is_first else CONTEXT_LINES
    tail = 0 if is_last else CONTEXT_LINES
    n_skipped = len(same) - head - tail
    if n_skipped <= 1:
        return same
    skipped = _whole("skipped", f"{n_skipped} lines the same")
    return [*same[:head], skipped, *same[len(same) - tail :]]


def _changed(before: Sequence[str], after: Sequence[str]) -> Iterator[DifferenceLine]:
    pairs = [_pair(one, other) for one, other in zip(before, after, strict=False)]
    yield from (removed for removed, _ in pairs)
    yield from (_whole("removed", line) for line in before[len(pairs) :])
    yield from (added for _, added in pairs)
    yield from (_whole("added", line) for line in after[len(pairs) :])


def _pair(one: str, other: str) -> tuple[DifferenceLine, DifferenceLine]:
    before, after = (re.findall(r"\s+|[^\s]+", line) for line in (one, other))
    left: list[tuple[str, bool]] = []
    right: list[tuple[str, bool]] = []
    for kind, i1, i2, j1, j2 in _steps(before, after):
        is_changed = kind != "equal"
        left.append(("".join(before[i1:i2]), is_changed))
        right.append(("".join(after[j1:j2]), is_changed))
    return DifferenceLine("removed", tuple(left)), DifferenceLine("added", tuple(right))


def _whole(kind: Kind, text: str) -> DifferenceLine:
    return DifferenceLine(kind, ((text, False),))
