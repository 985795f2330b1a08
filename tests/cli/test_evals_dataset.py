"""`python -m evals dataset`, as it is typed."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Commands
from tests.paths import DATASET


@pytest.mark.parametrize(
    "command", ["synth", "perturb", "validate", "stats", "import", "export", "push"]
)
def test_each_command_explains_itself_with_an_example(commands: Commands, command: str) -> None:
    """An example is read before any option."""
    assert command in commands.run("evals", "dataset", "--help").stdout
    shown = commands.run("evals", "dataset", command, "--help").stdout
    assert f"python -m evals dataset {command}" in shown


def test_a_set_is_spoken_made_worse_checked_and_counted(commands: Commands, tmp_path: Path) -> None:
    """From three lines of text to a robustness curve."""
    manifest = tmp_path / "phrases.tsv"
    rows = [
        f"sums\ts-{n}\t{words} plus one\t{n}+1\tkal16" for n, words in ((2, "two"), (3, "three"))
    ]
    manifest.write_text("category\tphrase_id\ttranscript\tlatex\tvoices\n" + "\n".join(rows) + "\n")
    clean, noisy = tmp_path / "clean", tmp_path / "noisy"
    for words in (
        ("synth", str(manifest), "--out", str(clean)),
        (
            "perturb",
            str(clean),
            str(noisy),
            "--noise",
            "babble",
            "--snr",
            "5",
            "--band",
            "300-3400",
        ),
        ("validate", str(noisy)),
        ("stats", str(noisy), "--picture", str(tmp_path / "noisy.svg")),
    ):
        done = commands.run("evals", "dataset", *words)
        assert done.returncode == 0, done.stderr
    assert "2 phrases" in done.stdout
    assert "babble 5 dB" in (tmp_path / "noisy.svg").read_text()
    row = json.loads((noisy / "metadata.jsonl").read_text().splitlines()[0])
    assert json.loads(row["perturbation"])["band_hz"] == [300.0, 3400.0]


def test_what_is_wrong_is_printed_with_file_and_line(commands: Commands, tmp_path: Path) -> None:
    """The exit code is for scripts."""
    (tmp_path / "metadata.jsonl").write_text("{broken\n{}\n")
    done = commands.run("evals", "dataset", "validate", str(tmp_path))
    assert done.returncode == 1
    assert [line.split(": ")[0][-6:] for line in done.stdout.splitlines()] == ["line 1", "line 2"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("perturb", DATASET, "{}/out", "--noise", "{}/none.wav"), "none.wav"),
        (("perturb", DATASET, "{}", "--gain", "3"), "exists already"),
        (("perturb", DATASET, "{}/out", "--band", "wide"), "two frequencies"),
        (("perturb", DATASET, "{}/out", "--codec", "gsm"), "mu-law"),
        (("synth", "{}/none.tsv"), "table of phrases"),
        (("stats", "{}"), "expected a dataset"),
    ],
)
def test_what_can_not_be_done_is_one_sentence(
    commands: Commands, tmp_path: Path, words: tuple[object, ...], sentence: str
) -> None:
    """Never a traceback."""
    typed = [str(word).replace("{}", str(tmp_path)) for word in words]
    done = commands.run("evals", "dataset", *typed)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_a_dataset_goes_out_as_a_zip_and_comes_in_again(commands: Commands, tmp_path: Path) -> None:
    """By mail to a colleague, who gives it another name."""
    theirs = commands.beside(WORKBENCH_HOME=str(tmp_path / "home"))
    packed = str(tmp_path / "mini.zip")
    for words in (
        ("export", "spoken-math-mini", packed),
        ("import", packed, "--name", "again", "--only", "speaker=rms", "--limit", "3"),
        ("validate", str(tmp_path / "home" / "datasets" / "again")),
        ("export", "again", str(tmp_path / "again.zip")),
    ):
        done = theirs.run("evals", "dataset", *words)
        assert done.returncode == 0, done.stderr
    assert "3 utterances" in done.stderr


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("push", "spoken-math-mini", "me/mine"), 4, "HF_TOKEN is not set"),
        (("push", "spoken-math-mini", "nowhere"), 2, "owner/name"),
        (("import", "nothing", "--name", "../x"), 2, "A dataset's name has"),
        (("import", "nothing", "--name", "x"), 2, "is not there"),
        (("import", DATASET, "--name", "spoken-math-mini"), 2, "comes with the workbench"),
        (("import", DATASET, "--name", "x", "--only", "speaker"), 2, "a column and its value"),
        (("export", "nothing", "x.zip"), 2, "no dataset 'nothing'"),
    ],
)
def test_what_can_not_come_or_go_is_one_sentence(
    commands: Commands, tmp_path: Path, words: tuple[str, ...], code: int, sentence: str
) -> None:
    """Scripts look at the exit code, people at the sentence."""
    done = commands.run("evals", "dataset", *map(str, words))
    assert done.returncode == code
    assert sentence in " ".join(done.stderr.replace("│", " ").split())
    assert "Traceback" not in done.stderr
