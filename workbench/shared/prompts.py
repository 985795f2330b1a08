"""The prompts that the page offers: shipped ones and one's own."""

from agent.errors import PromptError
from agent.prompts.prompt import Prompt, find_prompt, prompt_folders, readable_prompts
from agent.settings import Settings


def offered_prompts(settings: Settings) -> dict[str, Prompt]:
    """Prompts by `name@version`, the default first; drafts are offered where they are made.

    The page chooses among these keys; a name from a request never becomes a path.
    """
    default = find_prompt(settings.agent_prompt, prompt_folders(settings.workbench_home))
    offered = {default.reference: default}
    for key, prompt in known_prompts(settings).items():
        if not prompt.is_draft:
            offered.setdefault(key, prompt)
    return offered


def known_prompts(settings: Settings) -> dict[str, Prompt]:
    """Every prompt by `name@version`, drafts too; of one's own and a shipped one, one's own."""
    found: dict[str, Prompt] = {}
    for prompt in readable_prompts(prompt_folders(settings.workbench_home)).prompts:
        found.setdefault(prompt.reference, prompt)
    return found


def prompt_problems(settings: Settings) -> list[str]:
    """A sentence for each file among the prompts that can't be read; it names no folder."""
    problems = readable_prompts(prompt_folders(settings.workbench_home)).problems
    return [problem.replace(str(path), path.name) for path, problem in problems.items()]


def chosen_prompt(settings: Settings, key: str) -> Prompt:
    """The prompt with that key; PromptError for none."""
    prompt = (offered_prompts(settings) | known_prompts(settings)).get(key)
    if prompt is None:
        raise PromptError(f"There is no prompt {key[:100]!r}; reload the page.")
    return prompt


def prompt_called(settings: Settings, name: str) -> Prompt:
    """The offered prompt of that NAME@VERSION, or the last version of NAME.

    PromptError lists those there are.
    """
    offered = offered_prompts(settings)
    if name in offered:
        return offered[name]
    if name not in {prompt.name for prompt in offered.values()} or name.endswith(".md"):
        raise PromptError(f"There is no prompt {name!r}; there are: {', '.join(offered)}.")
    return find_prompt(name, prompt_folders(settings.workbench_home))
