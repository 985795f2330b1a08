"""The prompts that the page offers: shipped ones and one's own."""

from agent.prompt import Prompt, find_prompt, list_prompts, prompt_folders
from agent.settings import Settings


def offered_prompts(settings: Settings) -> dict[str, Prompt]:
    """Prompts by `name@version`, the default first.

    The page chooses among these keys; a name from a request never becomes a path.
    """
    folders = prompt_folders(settings.workbench_home)
    offered: dict[str, Prompt] = {}
    for prompt in [find_prompt(settings.agent_prompt, folders), *list_prompts(folders)]:
        offered.setdefault(f"{prompt.name}@{prompt.version}", prompt)
    return offered
