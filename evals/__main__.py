"""`python -m evals`: replay datasets and score what was heard and understood."""

from agent.command_line import collect_seldom, run_commands
from agent.local_live import embedded_engine
from evals.cli import commands

if __name__ == "__main__":
    collect_seldom()
    run_commands(commands, embedded_engine)
