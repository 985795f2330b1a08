"""Which words of speech that goes on are shown."""

import pytest

from agent.local_live.ear.interims import Agreement, hop_sec


@pytest.mark.parametrize(
    ("decodings", "shown"),
    [
        ([], ""),
        (["x squared plus"], ""),  # one decoding agrees with nobody
        (["x squared plus", "x squared plus one"], "x squared plus"),
        (["x squared", "x squared"], "x"),  # the newest word is wrong most often
        (["why equals", "y equals three"], ""),
        (["why equals", "y equals three", "y equals three x"], "y equals three"),
        (["x squared plus", "x squared plus one", "f of x"], ""),  # it may take words back
        (["x", ""], ""),
    ],
)
def test_words_are_shown_once_two_decodings_agree(decodings: list[str], shown: str) -> None:
    """A growing sound is decoded to other words until enough of them are there."""
    agreement = Agreement()
    for words in decodings:
        agreement.add(words.split())
    assert " ".join(agreement.words) == shown


def test_long_segments_are_decoded_less_often() -> None:
    """Each decoding costs as much as the segment is long."""
    assert [hop_sec(sec) for sec in (0.5, 4, 10, 28)] == pytest.approx([0.4, 0.4, 1.0, 2.8])
