"""The endpoints that `gradio_client` and MCP see; `docs/programs.md` describes them."""

from gradio.events import api

from agent.settings import Settings
from evals.notation import Katex, Prover
from workbench.programs.clips import ClipEndpoint
from workbench.programs.formulas import FormulaEndpoints
from workbench.programs.runs import RunEndpoints
from workbench.programs.told import told
from workbench.runs.evaluations import Evaluations
from workbench.shared.engine import Engine
from workbench.shared.recordings import Recordings


def offer_endpoints(  # noqa: PLR0913, PLR0917 (what the server is made of)
    settings: Settings,
    engine: Engine,
    evaluations: Evaluations,
    recordings: Recordings,
    katex: Katex,
    prover: Prover,
) -> None:
    """To be called inside the page's Blocks; everything else there is private."""
    formulas = FormulaEndpoints(katex, prover)
    clips = ClipEndpoint(settings, engine)
    runs = RunEndpoints(settings, evaluations, recordings)
    for endpoint in (
        formulas.spoken_to_latex,
        formulas.compare_formulas,
        clips.transcribe,
        runs.start_run,
        runs.watch_run,
        runs.read_run,
    ):
        # Without Gradio's queue MCP calls the function itself, not this server over HTTP.
        api(told(endpoint), api_name=endpoint.__name__, queue=False)
