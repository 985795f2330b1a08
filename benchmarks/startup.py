"""How soon the commands answer, beside an import of Typer alone.

python -m benchmarks.startup
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

PROJECT = Path(__file__).parents[1]
RUNS = 9
COMMANDS = {
    "python -m evals --help": ["-m", "evals", "--help"],
    "python -m agent --help": ["-m", "agent", "--help"],
    'python -m agent spoken "x squared"': ["-m", "agent", "spoken", "x squared"],
    "an import of Typer": ["-c", "import typer"],
}


def seconds(words: list[str]) -> float:
    """Wall time of one process."""
    began_sec = time.perf_counter()
    subprocess.run([sys.executable, *words], cwd=PROJECT, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began_sec


def main() -> None:
    """Print the table."""
    table = Table("command", "median, s", "worst, s", title=f"{RUNS} runs each")
    for name, words in COMMANDS.items():
        seconds(words)
        taken = [seconds(words) for _ in range(RUNS)]
        table.add_row(name, f"{statistics.median(taken):.3f}", f"{max(taken):.3f}")
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
