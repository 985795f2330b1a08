"""Start the workbench: `python app.py`."""

import sys

from agent.errors import SpokenMathsError
from agent.local_live import embedded_engine
from agent.settings import read_settings


def main() -> int:
    """Serve until interrupted; gives the exit code."""
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
