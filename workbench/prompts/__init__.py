"""The Prompts tab's server side: versions, edits, trials and comparisons."""
