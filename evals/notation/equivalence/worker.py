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

# Before the first fork: SymPy's imports and caches then cost each comparison nothing
# (measured: 0.05 s of CPU a comparison instead of 0.19 s).
WARM_UP = (
    ("(x+1)^2", "x^2+2x+1"),
    ("2x=4", "x=2"),
    (r"\sin^2 x+\cos^2 x", "1"),
    (r"\int_0^1 x\,dx", r"\frac{1}{2}"),
    ("x<3", "x>3"),
)


def main() -> None:
    """Answer until the input ends."""
    logging.disable(logging.CRITICAL)
    for reference, prediction in WARM_UP:
        _compare(reference, prediction)
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
    same = verify(said, written, timeout_seconds=0) or _is_same_equation(said[0], written[0])
    return b"t" if same else b"f"


def _is_same_equation(said: object, written: object) -> bool:
    """`2x=4` and `x=2`: their sides' differences have a constant ratio."""
    from sympy import Eq, simplify  # noqa: PLC0415

    if not isinstance(said, Eq) or not isinstance(written, Eq):
        return False
    try:
        ratio = simplify((said.lhs - said.rhs) / (written.lhs - written.rhs))
    except (AttributeError, TypeError, ValueError):  # sides that can't be subtracted
        return False
    return bool(ratio.is_number and ratio.is_finite and ratio.is_nonzero)


if __name__ == "__main__":
    main()
