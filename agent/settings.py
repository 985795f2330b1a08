"""What the environment says, read once by an entry point."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    AliasChoices,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
)
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from agent.errors import SettingsError
from agent.models import DEFAULT_MODEL
from agent.signing import check_secret

Engine = Literal["gemini", "embedded"]
EngineChoice = Literal["auto", "gemini", "embedded"]
LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]


def _parts(value: object) -> object:
    """The parts of a text with commas; what isn't text is left to pydantic."""
    if not isinstance(value, str):
        return value
    return tuple(part for part in (part.strip() for part in value.split(",")) if part)


def _web_address(address: SecretStr) -> SecretStr:
    parts = urlsplit(address.get_secret_value())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("expected an address that begins with http:// or https://")
    return address


def _signing_secret(secret: SecretStr) -> SecretStr:
    check_secret(secret.get_secret_value())
    return secret


def _name_alone(source: EnvSettingsSource) -> Callable[[], dict[str, Any]]:
    """Of all entries AGENT_NAME alone says something when it is empty."""
    return lambda: {name: text for name, text in source().items() if name == "agent_name"}


class Settings(BaseSettings):
    """Every variable of `.env.example`; the environment wins over `.env`."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True
    )

    google_api_key: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("GOOGLE_API_KEY", "GEMINI_API_KEY")
    )
    google_gemini_base_url: str | None = None
    ssl_cert_file: Path | None = None
    log_level: Annotated[LogLevel, BeforeValidator(lambda text: text.strip().upper())] = "INFO"

    agent_engine: EngineChoice = "auto"
    embedded_faults: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_parts)] = ()
    agent_model: str = DEFAULT_MODEL
    agent_prompt: str = "tutor"

    frontend_webhook_url: Annotated[SecretStr, AfterValidator(_web_address)] | None = None
    webhook_secret: Annotated[SecretStr, AfterValidator(_signing_secret)] | None = None
    livekit_url: str | None = Field(default=None, pattern=r"^(wss?|https?)://[^/]")
    livekit_public_url: str | None = Field(default=None, pattern=r"^wss?://[^/]")
    livekit_api_key: str | None = None
    livekit_api_secret: SecretStr | None = None
    agent_name: str = "math-tutor"
    agent_max_rooms: int = Field(default=8, ge=1, le=1_000)
    agent_drain_sec: int = Field(default=600, ge=1, le=86_400)
    agent_host: str = "127.0.0.1"
    agent_port: int = Field(default=8081, ge=0, le=65535)

    hf_token: SecretStr | None = None

    workbench_home: Path = Path("workspace")
    workbench_host: str = "127.0.0.1"
    workbench_port: int = Field(default=7860, ge=0, le=65535)
    workbench_password: SecretStr | None = None
    workbench_tls_cert: Path | None = None
    workbench_tls_key: Path | None = None

    workbench_public: bool = False
    workbench_public_minutes_per_day: int = Field(default=30, ge=0, le=100_000)
    workbench_public_lesson_sec: int = Field(default=90, ge=5, le=1_800)
    workbench_public_places_per_address: int = Field(default=3, ge=1, le=100)
    workbench_public_visits_per_address: int = Field(default=40, ge=1, le=1_000)
    workbench_allowed_hosts: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_parts)] = ()
    workbench_proxies: int = Field(default=0, ge=0, le=10)
    space_host: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_parts)] = ()
    turn_url: str | None = Field(default=None, pattern=r"^turns?:[^/]")
    turn_username: str | None = None
    turn_credential: SecretStr | None = None
    cloudflare_turn_key_id: str | None = Field(default=None, pattern=r"^\w+$")
    cloudflare_turn_api_token: SecretStr | None = None
    cloudflare_turn_address: str = Field(
        default="https://rtc.live.cloudflare.com", pattern=r"^https?://[^/]"
    )

    @property
    def allowed_hosts(self) -> tuple[str, ...]:
        """The names that a proxy in front of the workbench answers to."""
        return self.workbench_allowed_hosts + self.space_host

    @property
    def n_proxies(self) -> int:
        """How many proxies in front are believed about whom they speak for."""
        return self.workbench_proxies or (1 if self.space_host else 0)

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every value that no log may show."""
        values = (value for _, value in self if isinstance(value, SecretStr))
        return tuple(value.get_secret_value() for value in values)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> Any:  # noqa: ANN401 (pydantic-settings' own type leaves functions out)
        environment = EnvSettingsSource(settings_cls, env_ignore_empty=False)
        file = DotEnvSettingsSource(settings_cls, env_ignore_empty=False)
        names = (_name_alone(environment), _name_alone(file))
        return (init_settings, *names, env_settings, dotenv_settings)


def read_settings() -> Settings:
    """The settings, or one sentence about the first entry that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        raise SettingsError(
            f"{name}: {first['msg']}. Correct it in the environment or in .env "
            "(.env.example explains every entry)."
        ) from None
