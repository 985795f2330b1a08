"""The commands of `python -m evals`, one file each; heavy imports wait until one is run."""

from agent.command_line import new_commands
from evals.cli.check import check
from evals.cli.compare import compare
from evals.cli.dataset import dataset
from evals.cli.exchange import exchange
from evals.cli.ls import ls
from evals.cli.notation import notation
from evals.cli.plan import plan
from evals.cli.report import report
from evals.cli.run import run
from evals.cli.score import score
from evals.cli.show import show

commands = new_commands("Replay recorded utterances through Gemini Live and score what comes back.")
for command in (run, plan, check, score, report, ls, show, notation, compare):
    commands.command()(command)
dataset.add_typer(exchange)
commands.add_typer(dataset, name="dataset")
