"""The table of phrases that a dataset is spoken from."""

from pathlib import Path

import pytest

from agent.errors import DatasetError
from evals.synthesis.manifest import Take, read_manifest

HEAD = "category\tphrase_id\ttranscript\tlatex\tsay\tvoices\tconversation\tturn\n"


def read(tmp_path: Path, *lines: str) -> list[object]:
    path = tmp_path / "phrases.tsv"
    path.write_text(HEAD + "".join(line + "\n" for line in lines), encoding="utf-8")
    return list(read_manifest(path))


def test_a_line_is_a_phrase_with_its_pauses_and_voices(tmp_path: Path) -> None:
    """What the synthesiser is told differs from what was said."""
    line = "pauses\tp-1\ta over c\t\\frac{a}{c} | a/c\tay [600] over c\tawb kal16+white20\tl-1\t2"
    (phrase,) = read(tmp_path, line)
    assert phrase.transcript == "a over c"  # type: ignore[attr-defined]
    assert phrase.latex == (r"\frac{a}{c}", "a/c")  # type: ignore[attr-defined]
    assert phrase.parts == (("ay", 600), ("over c", 0))  # type: ignore[attr-defined]
    assert phrase.takes == (Take("awb", "none"), Take("kal16", "white20"))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("c\tx-1\tx \\frac 2\t", "plain words"),
        ("c\tx-1\tx $2$\t", "plain words"),
        ("c\tx-1\tx \x07 two\t", "plain words"),
        ("c\tx-1\tx two\t\tx^2", "plain words in say"),
        ("c\tx-1\t\t", "empty"),
        ("c\t../x\tx two\t", "phrase_id"),
        ("c\t\tx two\t", "phrase_id"),
        ("c\tx-1\tx two\t\t\tnobody", "'nobody' is no voice"),
        ("c\tx-1\tx two\t\t\trms+rain", "is no voice"),
    ],
)
def test_a_line_that_can_not_be_spoken_is_named(tmp_path: Path, line: str, complaint: str) -> None:
    """A synthesiser reads LaTeX aloud letter by letter, and nobody notices."""
    with pytest.raises(DatasetError, match=complaint) as caught:
        read(tmp_path, "c\tgood\tx squared\tx^2", line)
    assert "line 3" in str(caught.value)


def test_an_id_twice_and_a_missing_column_are_refused(tmp_path: Path) -> None:
    """Both would overwrite recordings."""
    with pytest.raises(DatasetError, match="used before"):
        read(tmp_path, "c\tx\ttwo\t2", "c\tx\tthree\t3")
    (tmp_path / "other.tsv").write_text("a\tb\n")
    with pytest.raises(DatasetError, match="columns"):
        read_manifest(tmp_path / "other.tsv")
    with pytest.raises(DatasetError, match="expected a UTF-8 table"):
        read_manifest(tmp_path / "none.tsv")
