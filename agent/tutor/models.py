"""The Live models this project knows, by name; the one place where they stand."""

from dataclasses import dataclass

from agent.errors import ModelError

DEFAULT_MODEL = "gemini-3.8-live"


@dataclass(frozen=True, slots=True)
class LiveModel:
    """One model of the Live API.

    `transcribes_only`: text out, no tools and no system instruction.
    `takes_vocabulary`: accepts `custom_vocabulary` in its transcription config.
    """

    name: str
    transcribes_only: bool = False
    takes_vocabulary: bool = False


MODELS = {
    model.name: model
    for model in (
        LiveModel("gemini-3.8-live", takes_vocabulary=True),
        LiveModel("gemini-3.8-live-extended-thinking", takes_vocabulary=True),
        LiveModel("gemini-3.1-flash-live-preview"),
        LiveModel("gemini-2.5-flash-native-audio-preview-12-2025"),
        LiveModel("gemini-3.5-transcribe-live", transcribes_only=True, takes_vocabulary=True),
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
