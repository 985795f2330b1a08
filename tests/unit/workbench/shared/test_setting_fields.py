"""A prompt's settings as fields of a form."""

from agent.prompts.settings import PromptSettings
from workbench.live.patience import PATIENCE_MS, patience_view
from workbench.live.routes import Change, NewLesson
from workbench.shared.setting_fields import setting_field, setting_fields


def test_every_setting_has_its_field() -> None:
    """One that the editor leaves out is lost when a prompt is kept."""
    assert [field.name for field in setting_fields({}, {})] == list(PromptSettings.model_fields)


def test_a_field_has_the_bounds_of_its_setting() -> None:
    """The ends are taken, and not one step more."""
    for name, step in (("temperature", 0.1), ("silence_ms", 50)):
        field = setting_field(name)
        assert field.step == step
        assert field.minimum is not None
        assert field.maximum is not None
        for value in (field.minimum, field.maximum):
            assert PromptSettings.model_validate({name: value})
        for value in (field.minimum - step, field.maximum + step):
            assert not _is_taken(name, value)


def test_a_label_names_range_and_unit() -> None:
    """Nobody should have to guess what is refused."""
    labels = {field.name: field.label for field in setting_fields({}, {})}
    assert labels["temperature"] == "Temperature (0 to 2)"
    assert labels["silence_ms"] == "A pause that ends a turn (200 to 5000 ms)"


def test_what_is_offered_makes_a_choice() -> None:
    """Models and voices are known to the server alone."""
    model, voice, *_ = setting_fields({"model": ["m1", "m2"]}, {"model": "not set (m1)"})
    assert (model.kind, model.choices, model.unset) == ("choice", ("m1", "m2"), "not set (m1)")
    assert voice.kind == "text"


def test_a_lesson_takes_every_pause_that_a_prompt_may_ask_for() -> None:
    """A pause that is cut on the way is tried, and another is measured."""
    view = patience_view()
    field = setting_field("silence_ms")
    assert (view["minimum"], view["maximum"]) == (field.minimum, field.maximum)
    assert isinstance(PATIENCE_MS, int)
    for pause_ms in (200, 1_234, 4_000, 5_000):
        assert PromptSettings(silence_ms=pause_ms).silence_ms == pause_ms
        assert NewLesson(prompt="tutor@1", model="m", patience_ms=pause_ms).patience_ms == pause_ms
        assert Change(patience_ms=pause_ms).patience_ms == pause_ms


def _is_taken(name: str, value: float) -> bool:
    try:
        PromptSettings.model_validate({name: value})
    except ValueError:
        return False
    return True
