"""Where somebody speaks, window by window."""

from dataclasses import dataclass

from agent.local_live.ear.voice_activity import WINDOW_SEC

STARTS_AT, GOES_ON_AT = 0.5, 0.35  # Silero's own thresholds
PAUSE_WINDOWS = round(0.32 / WINDOW_SEC)  # words of one breath are rarely further apart


@dataclass(slots=True)
class Span:
    """Speech without a pause; `start` and `end` (exclusive) count windows."""

    start: int
    end: int


class SpeechSpans:
    """The stretches of speech in a sound, parted by pauses of PAUSE_WINDOWS or more."""

    def __init__(self, n_windows: int = 0) -> None:
        self.spans: list[Span] = []
        self.n_windows = n_windows

    @property
    def quiet_windows(self) -> int:
        """How many windows have gone by since the last speech."""
        return self.n_windows - self.spans[-1].end if self.spans else self.n_windows

    def add(self, probability: float) -> None:
        """Take how likely the next window is speech, in 0..1."""
        at, self.n_windows = self.n_windows, self.n_windows + 1
        last = self.spans[-1] if self.spans else None
        if last is not None and last.end == at and probability >= GOES_ON_AT:
            last.end = at + 1
        elif probability >= STARTS_AT:
            if last is not None and at - last.end < PAUSE_WINDOWS:
                last.end = at + 1
            else:
                self.spans.append(Span(at, at + 1))

    def cut(self, at: int) -> None:
        """Forget the speech from a window on; what began before it ends there."""
        self.spans = [Span(span.start, min(span.end, at)) for span in self.spans if span.start < at]
        self.n_windows = at
