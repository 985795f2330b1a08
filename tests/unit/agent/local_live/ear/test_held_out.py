"""The benchmark's phrases, which the recogniser is measured with and never built from."""

import csv

from agent.local_live.ear.corpus import grammar_text
from tests.paths import PROJECT

HELD_OUT = PROJECT / "benchmarks" / "held_out.tsv"


def test_no_held_out_phrase_stands_in_the_generators_grammar() -> None:
    """Word errors on what the language model was built from would say nothing."""
    grammar = f" {grammar_text().replace('a.', 'a')} "
    with HELD_OUT.open(encoding="utf-8", newline="") as rows:
        phrases = [row["transcript"] for row in csv.DictReader(rows, delimiter="\t")]
    assert len(phrases) > 150
    assert [phrase for phrase in phrases if f" {phrase} " in grammar] == []
