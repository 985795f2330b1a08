"""`python -m evals notation`: two formulas by hand, many from a file."""

import json
from pathlib import Path

from tests.cli.conftest import Commands


def test_two_formulas_are_compared_in_words(keyless: Commands) -> None:
    """The reason first, then the rungs, then where they part."""
    done = keyless.run("evals", "notation", "(x+1)^2", "x+1^2")
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == "valid: missing bracket"
    assert "reference: ⟦(⟧x+1⟦)⟧^{2}" in done.stdout


def test_a_file_of_pairs_gives_an_object_a_line(keyless: Commands, tmp_path: Path) -> None:
    """What other programs read; a list holds accepted readings."""
    rows = [
        {"id": "a", "reference": r"\frac12", "prediction": r"\frac{1}{2}"},
        {"id": "b", "reference": ["a+b", "x"], "prediction": "b+a"},
        {"id": 3, "reference": "x", "prediction": None},
        {"id": "d", "reference": "x", "prediction": r"\frac{"},
    ]
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text("\n".join(map(json.dumps, rows)))
    done = keyless.run("evals", "notation", "--pairs", str(pairs), "--json")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in found] == ["a", "b", "3", "d"]
    assert [row["tier"] for row in found] == ["exact_strict", "equivalent", "missing", "invalid"]
    assert [row["equivalent"] for row in found] == [True, True, False, False]
    assert set(found[0]) == {
        "id",
        "present",
        "valid",
        "exact_strict",
        "exact_spoken",
        "exact_spoken_nocase",
        "equivalent",
        "similarity",
        "tier",
        "reason",
    }


def test_a_line_that_is_no_pair_is_named(keyless: Commands, tmp_path: Path) -> None:
    """Among thousands nobody finds it otherwise."""
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text('{"id": "a", "reference": "x", "prediction": "x"}\n{"id": "b"}\n')
    done = keyless.run("evals", "notation", "--pairs", str(pairs), "--json")
    assert done.returncode == 2
    assert "pairs.jsonl, line 2" in done.stderr
