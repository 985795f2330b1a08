"""Transcripts that grow in deltas."""

import pytest

from agent.local_live.ear.words import GrowingTranscript


@pytest.mark.parametrize(
    ("hypotheses", "final", "deltas"),
    [
        ([], "x squared", ["x squared"]),
        ([], "", [""]),
        (["x"], "x", ["", "x"]),
        (["a b c d", "a b c d e"], "a b c d e f", ["", "a b c", " d e f"]),
        (["a b c d", "a b x d e"], "a b x d e", ["", "a b", " x d e"]),  # only what two agree on
        (["a b c", "a b c"], "a b c", ["", "a", " b c"]),
        (["a b c d", "z b c d e"], "a b c d", ["", "", "a b c d"]),  # they agree on nothing
        (["a b c d", "a b c d", "a"], "a b c d e", ["", "a b", "", " c d e"]),  # shrinks
        (["a b c d", "a b c d"], "", ["", "a b", ""]),  # can't be taken back
        (["a b c d e", "a b c d e"], "a x c d e", ["", "a b c", " d e"]),  # one word corrected
        (["a b c d e", "a b c d e"], "a b b c d e", ["", "a b c", " d e"]),  # one put in
        (["a b c d e", "a b c d e"], "a c d e", ["", "a b c", " d e"]),  # one left out
    ],
)
def test_deltas_join_to_the_transcript(
    hypotheses: list[str], final: str, deltas: list[str]
) -> None:
    """What went out stays; what follows goes on from the place that it stands for."""
    transcript = GrowingTranscript(commits_early=True)
    assert [*map(transcript.interim, hypotheses), transcript.final(final)] == deltas


def test_without_early_words_the_transcript_is_the_final_hypothesis() -> None:
    """An evaluation scores what was understood at the end, not the first guess."""
    transcript = GrowingTranscript(commits_early=False)
    assert transcript.interim("x where") == ""
    assert not transcript.has_begun
    assert transcript.final("x squared") == "x squared"
