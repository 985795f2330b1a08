"""The endpoints that `gradio_client` and MCP see; `docs/programs.md` describes them."""

from gradio.events import api

from workbench.programs.checked import checked
from workbench.programs.clips import ClipEndpoint
from workbench.programs.formulas import FormulaEndpoints
from workbench.programs.runs import RunEndpoints
from workbench.runs.evaluations import Evaluations
from workbench.shared.parts import Shared


def offer_endpoints(shared: Shared, evaluations: Evaluations) -> None:
    """To be called inside the page's Blocks; everything else there is private."""
    formulas = FormulaEndpoints(shared.katex, shared.prover)
    clips = ClipEndpoint(shared.settings, shared.engine)
    runs = RunEndpoints(shared.settings, evaluations, shared.recordings)
    for endpoint in (
        formulas.spoken_to_latex,
        formulas.compare_formulas,
        clips.transcribe,
        runs.start_run,
        runs.watch_run,
        runs.read_run,
    ):
        # Without Gradio's queue MCP calls the function itself, not this server over HTTP.
        api(checked(endpoint), api_name=endpoint.__name__, queue=False)
