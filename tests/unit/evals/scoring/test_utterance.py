"""Scores of utterances and of a run."""

from dataclasses import asdict, replace

import pytest

from evals.analysis.summary import summarise
from evals.notation import Katex
from evals.scoring.utterance import Scorable, UtteranceScore, score_utterances

SAID = Scorable(
    utterance_id="u1",
    phrase_id="p1",
    epoch=0,
    status="ok",
    reference="x squared plus one",
    accepted=("x^2+1",),
    transcript="x squared plus one",
    formulas=(r"x^{2}+1",),
    tags={"category": "powers", "voice": "en-us", "noise": "clean"},
)
PROSE = replace(
    SAID,
    utterance_id="u2",
    phrase_id="p2",
    reference="let me think",
    accepted=(),
    transcript="let me think",
    formulas=(),
)
FAILED = replace(
    SAID, utterance_id="u3", phrase_id="p3", status="failed", transcript="", formulas=()
)


def test_what_was_heard_and_what_was_understood_are_scored_apart(katex: Katex) -> None:
    """The model may write the right formula from words it transcribed wrongly."""
    misheard = replace(SAID, transcript="x squared plus nine")
    misread = replace(SAID, formulas=("x^2-1",))
    first, second = score_utterances([misheard, misread], katex)
    assert first.words is not None
    assert first.words.n_errors == 1
    assert first.notation is not None
    assert first.notation.exact_spoken is True
    assert second.words is not None
    assert second.words.n_errors == 0
    assert second.notation is not None
    assert second.notation.exact_spoken is False


def test_words_only_is_the_parser_on_the_transcript_alone(katex: Katex) -> None:
    """A column of its own: the model's formulas never leak into it, nor it into theirs."""
    silent = replace(SAID, formulas=())
    (score,) = score_utterances([silent], katex)
    assert score.words_only is not None
    assert score.words_only.exact_spoken is True
    assert score.notation is not None
    assert score.notation.present is False
    assert len(score.words_only_formulas) == 1
    (misheard,) = score_utterances([replace(SAID, transcript="x squared plus two")], katex)
    assert misheard.words_only is not None
    assert misheard.words_only.exact_spoken is False


def test_a_failed_attempt_has_no_scores(katex: Katex) -> None:
    """A lost connection is not an answer, right or wrong."""
    first, second = score_utterances([FAILED, SAID], katex)
    assert (first.words, first.notation, first.words_only) == (None, None, None)
    assert second.utterance_id == "u1"
    assert second.words is not None


def test_a_cut_off_attempt_is_scored_as_it_stands(katex: Katex) -> None:
    """What never came is deleted words and a missing formula; leaving it out would flatter."""
    cut = replace(SAID, status="cut_off", transcript="x squared", formulas=())
    (score,) = score_utterances([cut], katex)
    assert score.words is not None
    assert score.words.deletions == 2
    assert score.notation is not None
    assert score.notation.exact_spoken is False


def test_a_summary_counts_every_attempt_and_rates_the_answered(katex: Katex) -> None:
    """Total, ok, cut off and failed add up; failures are seen, not averaged away."""
    cut = replace(SAID, utterance_id="u4", status="cut_off", formulas=())
    summary = summarise(score_utterances([SAID, PROSE, FAILED, cut], katex))
    assert asdict(summary.utterances) == {
        "total": 4,
        "ok": 2,
        "cut_off": 1,
        "no_answer": 0,
        "failed": 1,
    }
    assert summary.words.wer.n == 3
    assert summary.notation.exact_spoken.value == pytest.approx(1 / 2)
    assert summary.notation.exact_spoken.n == 2
    assert summary.words_only.exact_spoken.n == 2


def test_prose_counts_in_no_formula_alone(katex: Katex) -> None:
    """A right nothing must not lift the share of right formulas."""
    spurious = replace(PROSE, utterance_id="u5", phrase_id="p5", formulas=("x",))
    summary = summarise(score_utterances([SAID, PROSE, spurious], katex))
    assert summary.notation.valid.n == 1
    assert summary.notation.exact_strict.n == 1
    assert summary.no_formula.correct.value == pytest.approx(1 / 2)
    assert summary.no_formula.spurious.value == pytest.approx(1 / 2)
    assert summary.no_formula.spurious.n == 2


def test_an_unreadable_reference_is_unscored_and_counted(katex: Katex) -> None:
    """A slip in the dataset lowers n, not the system's score."""
    broken = replace(SAID, utterance_id="u6", accepted=(r"\frac{1",))
    summary = summarise(score_utterances([SAID, broken], katex))
    assert summary.notation.unscored == 1
    assert summary.notation.exact_spoken.n == 1
    assert summary.notation.exact_spoken.value == pytest.approx(1.0)
    assert summary.notation.valid.n == 2


def test_slices_show_where_it_goes_wrong(katex: Katex) -> None:
    """By category, voice and noise: WER and exact_spoken."""
    other = replace(
        SAID,
        utterance_id="u7",
        transcript="x squared plus nine",
        formulas=("x",),
        tags={"voice": "en-gb"},
    )
    slices = summarise(score_utterances([SAID, other], katex)).slices
    assert set(slices) == {"category", "voice", "noise"}
    assert set(slices["voice"]) == {"en-us", "en-gb"}
    assert set(slices["noise"]) == {"clean"}
    assert slices["voice"]["en-us"].wer.value == pytest.approx(0.0)
    assert slices["voice"]["en-gb"].wer.value == pytest.approx(1 / 4)
    assert slices["voice"]["en-gb"].exact_spoken.value == pytest.approx(0.0)


def test_speakers_are_resampled_from_ten_speakers_on(katex: Katex) -> None:
    """One who is never understood is one speaker, however many phrases they read."""
    items = [
        replace(
            SAID,
            utterance_id=f"{speaker}-{phrase}",
            phrase_id=f"p{phrase}",
            formulas=("x^2+1",) if speaker else ("x+1",),
            tags={"speaker": f"s{speaker}"},
        )
        for speaker in range(12)
        for phrase in range(4)
    ]
    scores = score_utterances(items, katex)
    by_speaker = summarise(scores)
    by_phrase = summarise([score for score in scores if int(score.tags["speaker"][1:]) < 9])
    assert (by_speaker.clustered_by, by_phrase.clustered_by) == ("speaker", "phrase")
    exact = by_speaker.notation.exact_spoken
    assert exact.value == pytest.approx(11 / 12)
    assert (exact.low, exact.high) == (pytest.approx(0.75), 1.0)  # a speaker drawn 0 to 3 times
    assert by_phrase.notation.exact_spoken.low == by_phrase.notation.exact_spoken.high


def test_a_column_that_names_each_utterance_is_no_slice(katex: Katex) -> None:
    """The length of every clip is no group of clips; a grade that three share is."""
    items = [
        replace(SAID, utterance_id=str(n), tags={"seconds": str(n), "grade": str(n // 3)})
        for n in range(9)
    ]
    assert set(summarise(score_utterances(items, katex)).slices) == {"grade"}


def test_nothing_scored_gives_no_rates() -> None:
    """An empty run that scores 0.0, or 1.0, is a lie."""
    summary = summarise([])
    assert summary.utterances.total == 0
    assert summary.words.wer.value is None
    assert summary.notation.exact_spoken.value is None
    assert summary.no_formula.correct.n == 0


def test_a_summary_repeats_itself(katex: Katex) -> None:
    """Scoring again must give the same report, intervals included."""
    scores: list[UtteranceScore] = score_utterances(
        [
            replace(SAID, utterance_id=f"u{n}", phrase_id=f"p{n}", transcript="x" * (n % 3))
            for n in range(30)
        ],
        katex,
    )
    assert summarise(scores) == summarise(scores)


def test_a_summary_has_the_reports_shape() -> None:
    """The report's JSON is read by other programs."""
    plain = asdict(summarise([]))
    assert set(plain) == {
        "utterances",
        "words",
        "notation",
        "words_only",
        "no_formula",
        "all_counted",
        "heard_understood",
        "repeats",
        "slices",
        "clustered_by",
        "answers",
    }
    assert {"wer", "mer", "cer", "wil", "insertions", "deletions"} < set(plain["words"])
    assert {"valid", "exact_strict", "exact_spoken", "unscored"} < set(plain["notation"])
    assert set(plain["no_formula"]) == {"correct", "spurious"}
    assert set(plain["words"]["wer"]) == {"value", "low", "high", "n"}
