"""The embedded engine: what it hears, how fast, and what it costs.

    python -m benchmarks.engine [ears] [words] [voice] [crowd] [turns] [start]

`ears` compares the ways to search without the engine, also on public data where that is there.
`words` needs flite for its voices. held_out.tsv has phrases that the recogniser was not built
from; "a." in it is the letter. Each phrase is a session of its own, in each voice.
"""

import sys
from collections.abc import Callable

from benchmarks._engine_ears import ears_table
from benchmarks._engine_process import crowd_table, start_table, turns_table
from benchmarks._engine_voice import voice_table
from benchmarks._engine_words import words_table

PARTS: dict[str, Callable[[], str]] = {
    "ears": ears_table,
    "words": words_table,
    "voice": voice_table,
    "crowd": crowd_table,
    "turns": turns_table,
    "start": start_table,
}


def main() -> None:
    """Print the tables asked for, or all."""
    for name in sys.argv[1:] or PARTS:
        print(PARTS[name](), flush=True)


if __name__ == "__main__":
    main()
