"""What is wrong with a dataset, all of it, with file and line."""

import json
from collections import Counter
from pathlib import Path

import pytest

from agent.audio import STUDENT_RATE_HZ, silence, write_wav
from agent.errors import DatasetError
from evals.dataset.checks import find_problems
from evals.dataset.own import create_dataset, put_utterance
from evals.dataset.picture import make_up_svg
from evals.dataset.stats import dataset_stats
from evals.dataset.utterances import METADATA, load_dataset
from evals.synthesis.perturb import Perturbation
from evals.synthesis.perturb_dataset import perturb_dataset
from tests.paths import DATASET


def row(name: str, **fields: object) -> dict[str, object]:
    return {
        "file_name": f"audio/{name}.wav",
        "id": name,
        "phrase_id": name,
        "transcript": "x squared",
        "latex": ["x^2"],
        "category": "powers",
        "noise": "none",
        **fields,
    }


def make(folder: Path, *rows: dict[str, object] | str) -> Path:
    """A dataset with a recording for each of its good lines."""
    (folder / "audio").mkdir(parents=True)
    for each in rows:
        if isinstance(each, dict):
            write_wav(folder / str(each["file_name"]), silence(0.5, STUDENT_RATE_HZ))
    lines = [each if isinstance(each, str) else json.dumps(each) for each in rows]
    (folder / METADATA).write_text("\n".join(lines) + "\n")
    return folder


def test_every_finding_has_its_line(tmp_path: Path) -> None:
    """One at a time would take a day of mending."""
    folder = make(
        tmp_path / "mine",
        row("good"),
        "{broken",
        row("again", id="good"),
        row("tex", transcript="x^2"),
        row("bell", transcript="x \x07 squared"),
        row("brace", latex=[r"\frac{1"]),
        row("words", phrase_id="good", transcript="x cubed"),
    )
    write_wav(folder / "audio" / "forgotten.wav", silence(0.5, STUDENT_RATE_HZ))
    (folder / "audio" / "tex.wav").unlink()
    problems = [str(finding) for finding in find_problems(folder)]
    for line, what in [
        (2, "expected JSON"),
        (3, "'good' was used in line 1"),
        (4, "is missing"),
        (4, "has LaTeX"),
        (5, "control characters"),
        (6, "can't be typeset"),
        (7, "other words in line 1"),
    ]:
        assert any(f"{METADATA}, line {line}: " in p and what in p for p in problems), what
    assert any("forgotten.wav: no line" in problem for problem in problems)
    assert len(problems) == 8


def test_the_shipped_dataset_is_in_order_and_as_rich_as_its_card_says() -> None:
    """What a fresh machine shows has to convince."""
    assert find_problems(DATASET) == []
    stats = dataset_stats(load_dataset(DATASET))
    assert (stats.n_utterances, stats.n_phrases, stats.n_conversations) == (170, 85, 3)
    assert {tag: len(counts) for tag, counts in stats.by_tag.items()} == {
        "category": 26,
        "voice": 5,
        "noise": 3,
    }
    assert sum(path.stat().st_size for path in DATASET.rglob("*")) < 8_000_000
    voices = Counter(
        u.phrase_id for u in load_dataset(DATASET).utterances if u.tags["voice"] == "hibari-heart"
    )
    assert set(voices.values()) == {1}
    assert len(voices) == stats.n_phrases
    assert (DATASET / "make-up.svg").read_text() == make_up_svg(load_dataset(DATASET))


def test_a_dataset_without_metadata_is_refused(tmp_path: Path) -> None:
    """There is no line to name."""
    with pytest.raises(DatasetError, match="expected a dataset with"):
        find_problems(tmp_path)


def test_a_perturbed_copy_says_what_was_done_and_leaves_the_original(tmp_path: Path) -> None:
    """A robustness curve is made of such copies."""
    source = make(tmp_path / "mine", row("one"), row("two"))
    before = (source / METADATA).read_bytes()
    how = Perturbation(noise="white", snr_db=10.0, gain_db=-6.0)
    assert perturb_dataset(source, tmp_path / "noisy", how) == 2
    (first, _) = map(json.loads, (tmp_path / "noisy" / METADATA).read_text().splitlines())
    assert json.loads(first["perturbation"]) == {
        "noise": "white",
        "snr_db": 10.0,
        "gain_db": -6.0,
        "seed": 1,
    }
    assert (first["id"], first["noise"]) == ("one", "white 10 dB")
    assert find_problems(tmp_path / "noisy") == []
    assert (source / METADATA).read_bytes() == before
    with pytest.raises(DatasetError, match="exists already"):
        perturb_dataset(source, tmp_path / "noisy", how)


def test_a_copy_that_nobody_could_read_is_not_left(tmp_path: Path) -> None:
    """A clip that lasts too long would be refused by the next command, whatever was done."""
    source = create_dataset(tmp_path / "datasets", "long")
    meant = {"transcript": "x", "latex": ["x"]}
    for name, duration_sec in (("short", 1.0), ("long", 400.0)):
        put_utterance(source, name, silence(duration_sec, STUDENT_RATE_HZ), meant)
    with pytest.raises(DatasetError, match="long would last 800 s, expected at most 600 s"):
        perturb_dataset(source, tmp_path / "slow", Perturbation(speed=0.5))
    assert not (tmp_path / "slow").exists()
