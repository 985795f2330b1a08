"""Utterances made from a formula: its phrasings, each tried by reading it back."""

import itertools
from collections.abc import Sequence
from pathlib import Path

from agent.audio import Pcm16
from agent.errors import DatasetError
from agent.spoken import readings
from evals.dataset.catalogue import SHIPPED_DATASETS
from evals.dataset.own import put_utterance
from evals.dataset.utterances import load_dataset, short_hash
from evals.notation import Invalid, Katex, score_notation
from evals.notation.canonical import canonical_trees
from evals.synthesis.perturb import perturb
from evals.synthesis.perturbation import CLEAN, CONDITIONS
from evals.synthesis.verbalise import STYLES, UnsayableError, formula_words
from evals.synthesis.voices import VOICES, full_name, speak

MAX_MADE = 60
N_BABBLE = 6


def find_phrasings(latex: str, katex: Katex) -> list[str]:
    """Different ways to say a formula, all of which our parser reads as that formula again.

    DatasetError in a sentence when there are none: LaTeX that is none, or a part without words.
    """
    tree = canonical_trees([latex], katex)[latex]
    if isinstance(tree, Invalid):
        raise DatasetError("The LaTeX can't be typeset; correct it first.")
    said: dict[str, None] = {}
    try:
        for style in STYLES:
            said.setdefault(formula_words(tree.strict_tree, style))
    except UnsayableError as part:
        raise DatasetError(
            f"There are no words here for {str(part)[:60]!r}; write yourself what is said."
        ) from None
    kept = [words for words in said if _reads_back(words, latex, katex)]
    if not kept:
        raise DatasetError(
            "No phrasing of it is read back as the same formula; write yourself what is said."
        )
    return kept


def _reads_back(words: str, latex: str, katex: Katex) -> bool:
    found = readings(words, 1)
    if not found:
        return False
    (score,) = score_notation([([latex], [found[0].latex])], katex)
    return score.exact_spoken is True


def make_utterances(
    folder: Path,
    latex: str,
    transcripts: Sequence[str],
    voices: Sequence[str],
    conditions: Sequence[str],
) -> list[str]:
    """Speak each transcript in each voice under each condition into a dataset; gives the ids.

    `conditions` are of CONDITIONS. DatasetError for unknown ones and for more than MAX_MADE,
    EnvironmentNotReady without the synthesiser of a voice.
    """
    takes = list(itertools.product(transcripts, voices, conditions))
    if not 1 <= len(takes) <= MAX_MADE:
        raise DatasetError(
            f"Choose phrasings, voices and noises for 1 to {MAX_MADE} recordings, got {len(takes)}."
        )
    if set(voices) - set(VOICES) or set(conditions) - CONDITIONS.keys():
        raise DatasetError("There is no such voice or noise; reload the page.")
    others = _others() if set(conditions) - {CLEAN} else []
    clean = {pair: speak(*pair) for pair in itertools.product(transcripts, voices)}
    ids = []
    for number, (words, voice, condition) in enumerate(takes):
        sound, how = clean[words, voice], CONDITIONS[condition].how
        if how is not None:
            sound = perturb(sound, how, others, number)
        utterance_id = f"made-{short_hash(latex + words)[:8]}-{voice}-{condition}"
        put_utterance(folder, utterance_id, sound, _columns(latex, words, voice, condition))
        ids.append(utterance_id)
    return ids


def _others() -> list[Pcm16]:
    """What babbles behind a recording: some of the shipped ones."""
    shipped = load_dataset(SHIPPED_DATASETS / "spoken-math-mini", with_recordings=False)
    return [
        utterance.audio()
        for utterance in shipped.utterances[:: len(shipped.utterances) // N_BABBLE]
    ]


def _columns(latex: str, words: str, voice: str, condition: str) -> dict[str, object]:
    return {
        "phrase_id": f"made-{short_hash(latex + words)[:8]}",
        "transcript": words,
        "latex": [latex],
        "category": "made",
        "speaker": voice,
        "voice": full_name(voice),
        "noise": condition,
        "language": "en-US",
        "licence": f"{VOICES[voice].licence} (sound)",
    }
