"""Compare formulas symbolically in a process that can be killed.

Started by `prover.py` as a program. It loads the library once and says "r". Each line that
comes in is a JSON pair of formulas, within the limits of `limits.py`; each answer is one
byte: "t" equal, "f" different, "u" unknown. Every comparison runs in a fork of its own, so
that one that must be killed costs no new start, and memory does not grow.
"""

import json
import logging
import os
import resource
import select
import signal
import sys

COMPARISON_TIMEOUT_SEC = 1.5
MAX_MEMORY_BYTES = 1024 * 1024 * 1024
UNKNOWN = b"u"


def main() -> None:
    """Answer until the input ends."""
    import math_verify  # noqa: F401, PLC0415 (two seconds of SymPy, before the first fork)

    logging.disable(logging.CRITICAL)
    _answer(b"r")
    for line in sys.stdin:
        reference, prediction = json.loads(line)
        _answer(_compare_in_fork(reference, prediction))


def _answer(byte: bytes) -> None:
    os.write(1, byte)


def _compare_in_fork(reference: str, prediction: str) -> bytes:
    verdicts, verdict = os.pipe()
    child = os.fork()
    if not child:
        _compare_and_exit(reference, prediction, verdict)
    os.close(verdict)
    readable, _, _ = select.select([verdicts], [], [], COMPARISON_TIMEOUT_SEC)
    answer = os.read(verdicts, 1) if readable else b""
    os.close(verdicts)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return answer or UNKNOWN


def _compare_and_exit(reference: str, prediction: str, verdict: int) -> None:
    seconds = int(COMPARISON_TIMEOUT_SEC) + 1  # of its own, should this program be killed
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))
    try:
        os.write(verdict, _compare(reference, prediction))
    finally:
        os._exit(0)


def _compare(reference: str, prediction: str) -> bytes:
    from math_verify import LatexExtractionConfig, parse, verify  # noqa: PLC0415

    said, written = (
        parse(
            f"${latex}$",
            [LatexExtractionConfig()],
            fallback_mode="no_fallback",
            parsing_timeout=0,
        )
        for latex in (reference, prediction)
    )
    if not said or not written:
        return UNKNOWN
    return b"t" if verify(said, written, timeout_seconds=0) else b"f"


if __name__ == "__main__":
    main()
