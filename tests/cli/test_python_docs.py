"""The examples of docs/python.md and docs/guide.md, run as somebody would type them."""

import doctest
import re
from pathlib import Path

import pytest

from tests.live_service import SERVICE
from tests.paths import PROJECT


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The embedded engine, and a workspace of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path))
    for name in SERVICE:
        monkeypatch.delenv(name, raising=False)


def blocks(path: str, language: str) -> str:
    """All code of one language in a document, in its order."""
    text = (PROJECT / path).read_text(encoding="utf-8")
    return "\n".join(re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL))


def test_the_examples_give_what_they_show(capsys: pytest.CaptureFixture[str]) -> None:
    """In their order, in one session."""
    parser = doctest.DocTestParser()
    examples = parser.get_doctest(blocks("docs/python.md", "pycon"), {}, "python.md", None, 0)
    found = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(examples)
    assert found.attempted >= 12
    assert found.failed == 0, capsys.readouterr().out


def test_the_example_of_the_guide_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """It is the first that somebody pastes."""
    exec(compile(blocks("docs/guide.md", "python"), "guide.md", "exec"), {})  # noqa: S102
    assert "hibari-heart" in capsys.readouterr().out
