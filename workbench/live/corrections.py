"""What the visitor meant, where their words can be read in several ways."""

from collections import OrderedDict
from dataclasses import dataclass, replace

from agent.errors import SpokenMathsError
from agent.transcript import Formula, Transcript
from workbench.shared.views import close_readings

MAX_SEGMENTS = 200


class NoSuchReadingError(SpokenMathsError):
    """The formula is not on the page any more, or was never offered."""


@dataclass(frozen=True, slots=True)
class Correction:
    """The transcript as it is now, and the formula that was chosen in it."""

    transcript: Transcript
    formula: Formula


class Corrections:
    """Remembers a lesson's latest transcripts and the readings that were chosen in them."""

    def __init__(self) -> None:
        self._shown: OrderedDict[str, Transcript] = OrderedDict()
        self._chosen: dict[tuple[str, str], str] = {}

    def apply(self, transcript: Transcript) -> Transcript:
        """The transcript with what was chosen before; to be called for each that is shown."""
        self._shown[transcript.segment_id] = transcript
        if len(self._shown) > MAX_SEGMENTS:
            self._shown.popitem(last=False)
        return replace(
            transcript,
            formulas=tuple(
                self._corrected(transcript.segment_id, each) for each in transcript.formulas
            ),
        )

    def shown(self, segment_id: str) -> Transcript | None:
        """The latest transcript of a segment with what was chosen in it; None for none."""
        heard = self._shown.get(segment_id)
        return None if heard is None else self.apply(heard)

    def choose(self, segment_id: str, formula_number: int, latex: str) -> Correction:
        """Take a reading that the page offered; NoSuchReadingError for any other."""
        heard = self._shown.get(segment_id)
        if heard is None or not 0 <= formula_number < len(heard.formulas):
            raise NoSuchReadingError("That formula is not on the page any more.")
        formula = heard.formulas[formula_number]
        if latex != formula.latex and latex not in close_readings(formula, heard.text):
            raise NoSuchReadingError("That is none of the formula's readings.")
        self._chosen[segment_id, formula.latex] = latex
        corrected = self.apply(heard)
        return Correction(corrected, corrected.formulas[formula_number])

    def _corrected(self, segment_id: str, formula: Formula) -> Formula:
        latex = self._chosen.get((segment_id, formula.latex))
        return formula if latex is None else replace(formula, latex=latex, source="chosen")
