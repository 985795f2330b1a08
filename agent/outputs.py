"""Standard output and errors that may be closed, full or gone.

Results go to standard output: a result that can't be written ends the command. Standard error
has what is told beside them: where nobody reads it, nothing is lost.
"""

import io
import os
import sys
from typing import NoReturn, TextIO

from agent.errors import EnvironmentNotReady

READER_GONE = 141  # what a shell shows for a program whose pipe was closed, as `| head` does


def take_over_outputs() -> None:
    """Have the streams of this program behave so, from now on."""
    for number in (0, 1, 2):  # a closed one would be the next file's, and words would go into it
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stdin is None:
        sys.stdin = open(0, closefd=False)  # noqa: SIM115 (for as long as the program)
    sys.stdout = _Results(1, sys.stdout)
    sys.stderr = _Output(2, sys.stderr)


class _Output(io.TextIOWrapper):
    """In place of a stream, None where its number was closed; forgets what can't be written."""

    def __init__(self, number: int, stream: TextIO | None) -> None:
        file = open(number, "wb", closefd=False)  # noqa: SIM115 (for as long as the program)
        is_by_line = number == 2 or file.isatty()
        encoding = stream.encoding if stream is not None else "utf-8"
        super().__init__(file, encoding, "backslashreplace", line_buffering=is_by_line)

    def write(self, text: str) -> int:
        try:
            return super().write(text)
        except OSError as error:
            self._lose(error)
            return len(text)

    def flush(self) -> None:
        try:
            super().flush()
        except OSError as error:
            self._lose(error)

    def _lose(self, _: OSError) -> None:
        """From now on nothing is written: the program must not stumble on it in the end."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.fileno())
        os.close(nowhere)


class _Results(_Output):
    """Ends the program instead, with a sentence where somebody may read it."""

    def _lose(self, error: OSError) -> NoReturn:
        super()._lose(error)
        if isinstance(error, BrokenPipeError):
            sys.exit(READER_GONE)
        raise EnvironmentNotReady(
            f"The output can't be written ({error.strerror}). Make room, or write it elsewhere."
        ) from error
