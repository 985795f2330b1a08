"""Start the workbench: `python app.py`."""

import os
import signal
import sys

from agent.errors import SpokenMathsError
from agent.local_live import embedded_engine
from agent.outputs import take_over_outputs
from agent.settings import read_settings


def main() -> int:
    """Serve until interrupted; gives the exit code."""
    take_over_outputs()
    os.umask(0o077)  # what libraries write is the owner's alone, too
    if signal.getsignal(signal.SIGHUP) == signal.SIG_DFL:  # a closed terminal, unlike nohup's
        signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
    try:
        settings = read_settings()
        from workbench.serving import serve  # noqa: PLC0415 (settings are checked first)

        serve(settings, embedded_engine)
    except SpokenMathsError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
