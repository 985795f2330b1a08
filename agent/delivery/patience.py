"""How long to wait after a failed attempt."""

import random

FIRST_SEC = 1.0
LONGEST_SEC = 300.0


def delay_sec(n_attempts: int, jitter: float | None = None) -> float:
    """Seconds after the `n_attempts`th failure: doubling up to five minutes.

    Between half and all of that, by `jitter` (0..1, drawn when None), so that many agents
    do not return to a receiver at the same moment.
    """
    longest = min(LONGEST_SEC, FIRST_SEC * 2.0 ** min(n_attempts - 1, 30))
    drawn = random.random() if jitter is None else jitter  # noqa: S311 (no secret)
    return longest * (1 + drawn) / 2
