"""Time that passes when a test says so."""


class Clock:
    """Seconds since the test began."""

    def __init__(self) -> None:
        self.sec = 0.0

    def __call__(self) -> float:
        return self.sec
