"""The environment is read once, and the first wrong entry is named."""

from pathlib import Path

import pytest

from agent.errors import SettingsError
from agent.settings import Settings, read_settings
from tests.paths import PROJECT


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable and no .env of the machine that runs the tests."""
    for name, field in Settings.model_fields.items():
        monkeypatch.delenv(name.upper(), raising=False)
        if field.validation_alias is not None:
            monkeypatch.delenv("GEMINI_API_KEY", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("variable", "text", "field", "value"),
    [
        ("LOG_LEVEL", "debug", "log_level", "DEBUG"),
        ("LOG_LEVEL", " Warning ", "log_level", "WARNING"),
        ("LOG_LEVEL", "", "log_level", "INFO"),
        ("AGENT_ENGINE", "embedded", "agent_engine", "embedded"),
        ("WORKBENCH_PORT", "0", "workbench_port", 0),
        ("WORKBENCH_PORT", "65535", "workbench_port", 65_535),
        ("WORKBENCH_HOME", "/data/run", "workbench_home", Path("/data/run")),
        ("AGENT_PROMPT", "transcribe@1", "agent_prompt", "transcribe@1"),
        (
            "EMBEDDED_FAULTS",
            "drop@answer#2, slow_link,",
            "embedded_faults",
            ("drop@answer#2", "slow_link"),
        ),
        ("EMBEDDED_FAULTS", "", "embedded_faults", ()),
        ("AGENT_NAME", "physics-tutor", "agent_name", "physics-tutor"),
        ("AGENT_NAME", "", "agent_name", ""),
        ("AGENT_MAX_ROOMS", "1", "agent_max_rooms", 1),
        ("LIVEKIT_URL", "wss://x.livekit.cloud", "livekit_url", "wss://x.livekit.cloud"),
        ("LIVEKIT_URL", "", "livekit_url", None),
        ("WORKBENCH_PROXIES", "2", "n_proxies", 2),
        ("SPACE_HOST", "demo.hf.space", "n_proxies", 1),
        ("SPACE_HOST", "", "n_proxies", 0),
        ("SPACE_HOST", "a.hf.space,own.example", "allowed_hosts", ("a.hf.space", "own.example")),
        ("SOMETHING_ELSE", "x", "agent_model", "gemini-3.8-live"),
    ],
)
def test_a_variable_sets_its_entry(
    monkeypatch: pytest.MonkeyPatch, variable: str, text: str, field: str, value: object
) -> None:
    """As .env.example promises."""
    monkeypatch.setenv(variable, text)
    assert getattr(read_settings(), field) == value


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("LOG_LEVEL", "loud"),
        ("LOG_LEVEL", "10"),
        ("AGENT_ENGINE", "openai"),
        ("AGENT_ENGINE", "gemini,embedded"),
        ("WORKBENCH_PORT", "-1"),
        ("WORKBENCH_PORT", "65536"),
        ("WORKBENCH_PORT", "seven"),
        ("WORKBENCH_PORT", "78.60"),
        ("FRONTEND_WEBHOOK_URL", "example.org/hook"),
        ("FRONTEND_WEBHOOK_URL", "ftp://example.org/hook"),
        ("FRONTEND_WEBHOOK_URL", "http://"),
        ("WEBHOOK_SECRET", "whsec_"),
        ("WEBHOOK_SECRET", "not base64 at all, however long it is"),
        ("WEBHOOK_SECRET", "c2hvcnQ="),  # five bytes
        ("LIVEKIT_URL", "localhost:7880"),
        ("LIVEKIT_URL", "ftp://localhost"),
        ("AGENT_MAX_ROOMS", "0"),
        ("AGENT_DRAIN_SEC", "soon"),
        ("WORKBENCH_PROXIES", "-1"),
    ],
)
def test_a_wrong_entry_is_named(monkeypatch: pytest.MonkeyPatch, variable: str, text: str) -> None:
    """One sentence with the variable's name, and what to do."""
    monkeypatch.setenv(variable, text)
    with pytest.raises(SettingsError, match=rf"^{variable}: .*Correct it in the environment"):
        read_settings()


@pytest.mark.parametrize(
    ("environment", "file", "expected"),
    [
        ({"GOOGLE_API_KEY": "a"}, "", "a"),
        ({"GEMINI_API_KEY": "b"}, "", "b"),
        ({"GOOGLE_API_KEY": "a", "GEMINI_API_KEY": "b"}, "", "a"),
        ({"GOOGLE_API_KEY": "", "GEMINI_API_KEY": "b"}, "", "b"),
        ({}, "GOOGLE_API_KEY=c\n", "c"),
        ({"GOOGLE_API_KEY": "a"}, "GOOGLE_API_KEY=c\n", "a"),
        ({}, "GOOGLE_API_KEY=\n", None),
        ({}, "", None),
    ],
)
def test_the_key_is_found_under_either_name(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    environment: dict[str, str],
    file: str,
    expected: str | None,
) -> None:
    """The two clients read different names; here both mean the same."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    (tmp_path / ".env").write_text(file)
    key = read_settings().google_api_key
    assert (key.get_secret_value() if key else None) == expected


@pytest.mark.parametrize(
    ("environment", "file", "expected"),
    [
        ({}, "", "math-tutor"),
        ({}, "AGENT_NAME=\n", ""),
        ({}, "AGENT_NAME=a\n", "a"),
        ({"AGENT_NAME": "b"}, "AGENT_NAME=a\n", "b"),
        ({"AGENT_NAME": ""}, "AGENT_NAME=a\n", ""),
    ],
)
def test_an_empty_name_is_a_name(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    environment: dict[str, str],
    file: str,
    expected: str,
) -> None:
    """It sends a tutor to every room, while other empty entries mean nothing."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    (tmp_path / ".env").write_text(file)
    assert read_settings().agent_name == expected


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings end up in logs and reports."""
    monkeypatch.setenv("LIVEKIT_API_SECRET", "very-secret")
    monkeypatch.setenv("GOOGLE_API_KEY", "very-secret")
    monkeypatch.setenv("WORKBENCH_PASSWORD", "very-secret")
    settings = read_settings()
    assert "very-secret" not in f"{settings!r} {settings.model_dump()} {settings}"


def test_a_secret_is_not_shown_either_when_something_else_is_wrong(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Error messages are pasted into issues."""
    monkeypatch.setenv("GOOGLE_API_KEY", "very-secret")
    monkeypatch.setenv("WEBHOOK_SECRET", "very-secret")
    monkeypatch.setenv("FRONTEND_WEBHOOK_URL", "very-secret")
    monkeypatch.setenv("WORKBENCH_PORT", "x")
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert "very-secret" not in repr(caught.value)
    assert caught.value.__suppress_context__


def test_every_entry_is_explained_in_the_example() -> None:
    """An entry that nobody knows of is none."""
    example = (PROJECT / ".env.example").read_text()
    explained = {line.lstrip("#").partition("=")[0] for line in example.splitlines() if "=" in line}
    assert {name.upper() for name in Settings.model_fields} == explained
