"""Where two prompts differ, told line by line and word by word."""

import pytest

from agent.prompts.prompt import Prompt
from agent.prompts.settings import PromptSettings
from tests.pace import cpu_below
from workbench.prompts.difference import DifferenceLine, difference


def told(one: str, other: str) -> list[tuple[str, str]]:
    lines = difference(Prompt("a", "1", "", one), Prompt("a", "2", "", other))
    return [(line.kind, "".join(text for text, _ in line.pieces)) for line in lines]


@pytest.mark.parametrize(
    ("one", "other", "lines"),
    [
        ("a\nb", "a\nb", [("skipped", "2 lines the same")]),
        ("a\nb", "a\nc", [("same", "a"), ("removed", "b"), ("added", "c")]),
        ("a", "a\nb", [("same", "a"), ("added", "b")]),
        ("a\nb\nc", "c", [("removed", "a"), ("removed", "b"), ("same", "c")]),
        ("a\nb", "c", [("removed", "a"), ("removed", "b"), ("added", "c")]),
    ],
)
def test_lines_are_the_same_removed_or_added(
    one: str, other: str, lines: list[tuple[str, str]]
) -> None:
    """Whoever reads it must get both texts back."""
    assert sorted(told(one, other)) == sorted(lines)


def test_changed_words_of_a_line_are_marked() -> None:
    """A prompt's line is a paragraph: one changed word must be seen."""
    before = Prompt("a", "1", "", "one or two short sentences")
    after = Prompt("a", "2", "", "one short sentence")
    removed, added = difference(before, after)
    assert [text for text, is_changed in removed.pieces if is_changed] == [" or two", "sentences"]
    assert [text for text, is_changed in added.pieces if text and is_changed] == ["sentence"]


def test_far_from_a_change_lines_are_skipped() -> None:
    """Three lines around say where it is."""
    lines = [str(number) for number in range(20)]
    found = told("\n".join(lines), "\n".join([*lines[:10], "new", *lines[11:]]))
    assert [text for kind, text in found if kind == "skipped"] == [
        "7 lines the same",
        "6 lines the same",
    ]
    assert [text for kind, text in found if kind == "same"] == ["7", "8", "9", "11", "12", "13"]


def test_settings_are_lines_too() -> None:
    """Another voice is another tutor."""
    other = Prompt("a", "2", "", "x", settings=PromptSettings(voice="Kore"))
    assert difference(Prompt("a", "1", "", "x"), other)[0] == DifferenceLine(
        "added", (("voice: Kore", False),)
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a\n" * 25_000, "a\nb\n" * 12_500),
        ("a " * 25_000, "a b " * 12_500),
        ("a\n" * 1_999, "a\nb\n" * 990),
        ("ab " * 1_000 + "\n", "b a " * 900),
    ],
)
def test_no_text_takes_long_to_compare(one: str, other: str) -> None:
    """difflib is quadratic: unbounded it took 90 s for the third of these."""
    with cpu_below(2):
        told(one, other)
