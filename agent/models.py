"""The Live models this project knows: one entry each, with what it takes and what it costs."""

from dataclasses import dataclass

from agent.errors import ModelError

DEFAULT_MODEL = "gemini-3.8-live"
PRICES_READ = "2026-10"  # at ai.google.dev/gemini-api/docs/pricing


@dataclass(frozen=True, slots=True)
class Prices:
    """US dollars for a million tokens, paid tier."""

    text_in: float
    audio_in: float
    text_out: float
    audio_out: float


@dataclass(frozen=True, slots=True)
class LiveModel:
    """One model of the Live API.

    `prices` is None where none is published: what its runs cost is then unknown.
    `transcribes_only`: text out, no tools and no system instruction.
    `takes_vocabulary`: accepts `custom_vocabulary` in its transcription config.
    `waits_for_tools`: says nothing before a tool has answered, unless a tool is declared
    NON_BLOCKING.
    """

    name: str
    prices: Prices | None = None
    transcribes_only: bool = False
    takes_vocabulary: bool = False
    waits_for_tools: bool = True


_FLASH_LIVE = Prices(text_in=0.75, audio_in=3.0, text_out=4.5, audio_out=12.0)
MODELS = {
    model.name: model
    for model in (
        LiveModel("gemini-3.8-live", _FLASH_LIVE, takes_vocabulary=True, waits_for_tools=False),
        LiveModel(
            "gemini-3.8-live-extended-thinking",
            _FLASH_LIVE,
            takes_vocabulary=True,
            waits_for_tools=False,
        ),
        LiveModel("gemini-3.1-flash-live-preview", _FLASH_LIVE),
        LiveModel(
            "gemini-2.5-flash-native-audio-preview-12-2025",
            Prices(text_in=0.5, audio_in=3.0, text_out=2.0, audio_out=12.0),
        ),
        LiveModel(
            "gemini-3.5-transcribe-live",
            Prices(text_in=3.5, audio_in=3.5, text_out=21.0, audio_out=0.0),
            transcribes_only=True,
            takes_vocabulary=True,
        ),
    )
}
TUTORS = tuple(name for name, model in MODELS.items() if not model.transcribes_only)
# The prebuilt voices of the Gemini API's guide to speech generation.
VOICES = (
    "Achernar",
    "Achird",
    "Algenib",
    "Algieba",
    "Alnilam",
    "Aoede",
    "Autonoe",
    "Callirrhoe",
    "Charon",
    "Despina",
    "Enceladus",
    "Erinome",
    "Fenrir",
    "Gacrux",
    "Iapetus",
    "Kore",
    "Laomedeia",
    "Leda",
    "Orus",
    "Puck",
    "Pulcherrima",
    "Rasalgethi",
    "Sadachbia",
    "Sadaltager",
    "Schedar",
    "Sulafat",
    "Umbriel",
    "Vindemiatrix",
    "Zephyr",
    "Zubenelgenubi",
)
RETIRED = frozenset(
    {
        "gemini-2.0-flash-exp",
        "gemini-2.0-flash-live-001",
        "gemini-live-2.5-flash-preview",
        "gemini-2.5-flash-preview-native-audio-dialog",
        "gemini-2.5-flash-exp-native-audio-thinking-dialog",
        "gemini-2.5-flash-native-audio-preview-09-2025",
    }
)


def live_model(name: str) -> LiveModel:
    """The model of that name (`models/` in front is allowed).

    Raises ModelError that lists the current names when it is unknown or retired.
    """
    bare = name.removeprefix("models/")
    if bare in MODELS:
        return MODELS[bare]
    what = "is retired" if bare in RETIRED else "is not a Live model this project knows"
    raise ModelError(f"model {name!r} {what}; choose one of: {', '.join(MODELS)}")
