"""`python -m agent`: spoken maths and the embedded engine from a shell."""

import json
import subprocess
import sys

from tests.cli.conftest import Commands
from tests.paths import PROJECT


def spoken(*options: str, lines: bytes) -> list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-m", "agent", "spoken", "--json", *options],
        input=lines,
        stdout=subprocess.PIPE,
        cwd=PROJECT,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_readings_are_printed_best_first(keyless: Commands) -> None:
    """A reader sees at a glance that there are two ways to read it."""
    first, second = keyless.run("agent", "spoken", "a plus b over c").stdout.splitlines()
    assert r"a+\frac{b}{c}" in first
    assert r"\frac{a+b}{c}" in second


def test_a_phrase_a_line_gives_an_object_a_line() -> None:
    """Other programs keep it running and read line by line; a bad byte is not the end."""
    found = spoken(lines=b"x squared\n\nhello there\n\xff\xfe plus\n")
    assert [row["text"] for row in found] == ["x squared", "", "hello there", "\ufffd\ufffd plus"]
    assert found[0]["readings"] == [{"latex": "x^2", "confidence": 1.0}]
    assert found[2]["readings"] == []


def test_formulas_of_sentences_come_with_their_characters() -> None:
    """Offsets are what a page colours."""
    (row,) = spoken("--sentences", lines="well, α plus one is what I said\n".encode())
    (formula,) = row["formulas"]  # type: ignore[misc]
    assert str(row["text"])[formula["start"] : formula["end"]] == "α plus one"
    assert formula["latex"] == r"\alpha+1"


def test_an_unknown_fault_is_told_in_a_sentence(keyless: Commands) -> None:
    """The list of faults is what one looks for then."""
    done = keyless.run("agent", "local-live", "--port", "0", "--fault", "nonsense")
    assert done.returncode != 0
    assert "go_away" in done.stderr


def test_another_language_is_told_in_a_sentence(keyless: Commands) -> None:
    """Guessing German would mislead; a stream of lines goes on all the same."""
    done = keyless.run("agent", "spoken", "x quadrat plus eins ist gleich null")
    assert done.returncode == 2
    assert "expected English" in done.stderr
    first, second = spoken(lines=b"x quadrat plus eins ist gleich null\nx squared\n")
    assert "expected English" in str(first["error"])
    assert "error" not in second


def test_a_phrase_may_change_the_formula_before(keyless: Commands) -> None:
    """Corrections come after the fact."""
    words = ("spoken", "change the two to a three", "--after", "x^2+1")
    assert "x^3+1" in keyless.run("agent", *words).stdout
