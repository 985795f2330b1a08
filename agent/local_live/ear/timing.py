"""When each word was said, as well as the pauses tell."""

from collections.abc import Sequence

from agent.local_live.ear.words import n_covered


def word_times(
    words: Sequence[str],
    stretches: Sequence[tuple[float, float]],
    before_pauses: Sequence[Sequence[str]],
) -> list[tuple[float, float]]:
    """Start and end of each word in seconds.

    `stretches` are the times of speech between pauses, `before_pauses` the words decoded up to
    each pause, one less. Each stretch's words share it by their letters: exact at pauses alone.
    """
    times: list[tuple[float, float]] = []
    done = 0
    for number, (start_sec, end_sec) in enumerate(stretches):
        is_last = number == len(stretches) - 1
        until = len(words) if is_last else n_covered(before_pauses[number], words)
        part = words[done : max(done, until)]
        times += _shared(part, start_sec, end_sec)
        done += len(part)
    return times


def _shared(words: Sequence[str], start_sec: float, end_sec: float) -> list[tuple[float, float]]:
    n_letters = sum(map(len, words))
    times = []
    at = 0
    for word in words:
        begin, at = at, at + len(word)
        times.append(
            (
                start_sec + (end_sec - start_sec) * begin / n_letters,
                start_sec + (end_sec - start_sec) * at / n_letters,
            )
        )
    return times
