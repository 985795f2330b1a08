"""What no decoding may write."""

import pytest

from agent.local_live.ear.guards import banned_tokens, is_loop, mark_tokens, most_tokens

TEXTS = ("<unk>", "<s>", "</s>", "▁", "▁two", "s", "'s", ",", "▁.", "▁2", "-", "▁\N{GREEK SMALL LETTER PI}", "▁é", "\N{REPLACEMENT CHARACTER}", "A")  # fmt: skip


@pytest.mark.parametrize(
    ("text", "is_banned"),
    [
        ("<unk>", True),
        ("<s>", True),
        ("</s>", False),  # the end
        ("▁", False),
        ("▁two", False),
        ("s", False),
        ("'s", False),
        (",", False),
        ("▁.", False),
        ("▁2", True),
        ("-", True),
        ("▁\N{GREEK SMALL LETTER PI}", True),
        ("▁é", True),
        ("\N{REPLACEMENT CHARACTER}", True),
        ("A", False),
    ],
)
def test_words_marks_and_the_end_alone_are_allowed(text: str, is_banned: bool) -> None:
    """The parser wants "twenty five" as words."""
    assert banned_tokens(TEXTS)[TEXTS.index(text)] == is_banned


def test_marks_are_told_from_words() -> None:
    """Marks leave the words of a hypothesis as they are."""
    assert [text for text, is_mark in zip(TEXTS, mark_tokens(TEXTS), strict=True) if is_mark] == [
        ",",
        "▁.",
    ]


@pytest.mark.parametrize(
    ("tokens", "is_one"),
    [
        ((7, 7, 7, 7), True),
        ((7, 7, 7), False),  # "x x x" may be said
        ((9, 7, 7, 7, 7), True),
        ((7, 7, 7, 7, 9), False),  # over
        ((7, 8, 7, 8, 7, 8), True),
        ((7, 8, 7, 8), False),
        ((1, 2, 3, 4, 5, 6, 7, 8) * 3, True),
        ((1, 2, 3, 4, 5, 6, 7, 8) * 2, False),
        ((), False),
    ],
)
def test_a_loop_is_noticed_when_it_comes_round_again(tokens: tuple[int, ...], is_one: bool) -> None:
    """A quarter of a second of one word makes the model say it for ever."""
    assert is_loop(tokens) == is_one


@pytest.mark.parametrize(("n_samples", "n_tokens"), [(0, 2), (1_600, 3), (16_000, 9), (64_000, 30)])
def test_the_sound_bounds_the_tokens(n_samples: int, n_tokens: int) -> None:
    """A tenth of a second has no room for a sentence."""
    assert most_tokens(n_samples) == n_tokens
