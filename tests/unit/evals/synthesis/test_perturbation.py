"""Effects, noises and conditions: one entry each, and everybody else reads it."""

import re
from pathlib import Path
from pkgutil import resolve_name

import numpy as np
import pytest
from typer.testing import CliRunner

from agent.audio import STUDENT_RATE_HZ, Pcm16, silence
from agent.errors import DatasetError
from evals.cli import commands
from evals.synthesis.noise import Samples
from evals.synthesis.perturb import perturb
from evals.synthesis.perturbation import (
    CONDITIONS,
    EFFECTS,
    NOISES,
    Noise,
    Perturbation,
    option_name,
    values_of,
)
from tests.paths import PROJECT


def test_whatever_an_entry_names_is_there() -> None:
    """It is looked up when the first recording is made worse: too late for a typing error."""
    named = [each.done_by for each in EFFECTS.values() if each.done_by]
    assert all(callable(resolve_name(path)) for path in named)
    assert all(callable(resolve_name(each.made_by)) for each in NOISES.values())


def test_the_command_has_an_option_for_each_effect() -> None:
    """With its sentence and the values it takes."""
    shown = CliRunner().invoke(commands, ["dataset", "perturb", "--help"], terminal_width=300)
    plain = " ".join(shown.stdout.replace("│", " ").split())
    for name, effect in EFFECTS.items():
        values = values_of(name)
        assert f"--{option_name(name)} " in plain
        assert effect.sentence + (f" ({values})." if values else ".") in plain


def test_the_docs_table_says_what_the_entries_say() -> None:
    """Row for row, in the order in which it is done."""
    text = (PROJECT / "datasets" / "spoken-math-mini" / "README.md").read_text()
    table = re.search(r"\| option \| effect.*\n\|.*\n((?:\|.*\n)+)", text)
    assert table is not None
    assert table[1].splitlines() == [
        f"| `--{option_name(name)}` | {effect.sentence} | {values_of(name)} |"
        for name, effect in EFFECTS.items()
    ]


def test_each_noise_is_a_condition_of_manifests_and_page() -> None:
    """At the one ratio that the shipped dataset has."""
    assert list(CONDITIONS) == ["none", *(f"{name}20" for name in NOISES)]
    assert CONDITIONS["none"].how is None
    assert CONDITIONS["babble20"].words == "other voices, 20 dB"
    assert CONDITIONS["babble20"].how == Perturbation(noise="babble", snr_db=20)


def hum(_: object, n_samples: int, random: np.random.Generator) -> Samples:
    """Of the mains."""
    del random
    return np.sin(2 * np.pi * 50 * np.arange(n_samples) / STUDENT_RATE_HZ)


def test_a_new_noise_is_one_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    """No other place has to know it."""
    monkeypatch.setitem(NOISES, "hum", Noise("hum", "mains hum", f"{__name__}:hum"))
    clean = Pcm16(np.full(1_600, 1_000, dtype=np.int16), STUDENT_RATE_HZ)
    noisy = perturb(clean, Perturbation(noise="hum", snr_db=0), [], 0)
    assert np.corrcoef(noisy.samples - clean.samples, hum(None, 1_600, None))[0, 1] > 0.99  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"speed": 0.4}, "speed: expected at least 0.5, at most 2, got 0.4"),
        ({"clip": 0.0}, "clip: expected above 0, at most 1, got 0.0"),
        ({"clip": 1.1}, "clip: expected above 0, at most 1, got 1.1"),
        ({"pause_sec": -1.0}, "pause: expected at least 0, at most 60, got -1.0"),
        ({"reverb_sec": -0.1}, "reverb: expected at least 0, at most 10, got -0.1"),
        ({"reverb_sec": 1e9}, "reverb: expected at least 0, at most 10, got 1000000000.0"),
        ({"snr_db": float("nan")}, "snr: expected at least -60, at most 100, got nan"),
        ({"gain_db": float("inf")}, "gain: expected at least -60, at most 60, got inf"),
        (
            {"band_hz": (3400.0, 300.0)},
            "band: expected at least 0, at most 8000, the lower first, got (3400.0, 300.0)",
        ),
        (
            {"band_hz": (float("nan"), 300.0)},
            "band: expected at least 0, at most 8000, the lower first, got (nan, 300.0)",
        ),
        ({"seed": -1}, "seed: expected at least 0, at most 999999999, got -1"),
        ({"codec": "gsm"}, "codec: expected mu-law, opus or mp3, got 'gsm'"),
    ],
)
def test_a_value_out_of_bounds_is_refused_by_name(wrong: dict[str, object], sentence: str) -> None:
    """As the option is typed, with the bounds that its help shows."""
    with pytest.raises(DatasetError) as caught:
        Perturbation(**wrong)  # type: ignore[arg-type]
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    "right",
    [
        {"speed": 0.5},
        {"speed": 2},
        {"clip": 1},
        {"pause_sec": 0},
        {"gain_db": -40},
        {"band_hz": (0, 8_000)},
    ],
)
def test_the_bounds_themselves_are_taken(right: dict[str, object]) -> None:
    """Up to and with."""
    assert Perturbation(**right)  # type: ignore[arg-type]
    assert not perturb(silence(0.1, STUDENT_RATE_HZ), Perturbation(), [], 0).samples.any()


def test_a_band_is_one_word_of_the_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`--band 300-3400`, as telephones are described."""
    asked: list[Perturbation] = []
    monkeypatch.setattr(
        "evals.synthesis.perturb_dataset.perturb_dataset",
        lambda _folder, _out, how: asked.append(how) or 0,
    )
    words = ["dataset", "perturb", str(tmp_path), "out", "--band", "300-3400", "--pause", "0.5"]
    assert CliRunner().invoke(commands, words).exit_code == 0
    assert asked == [Perturbation(band_hz=(300.0, 3400.0), pause_sec=0.5)]
    wrong = CliRunner().invoke(commands, [*words, "--band", "wide"])
    assert wrong.exit_code == 2
    assert "two frequencies" in wrong.stderr
