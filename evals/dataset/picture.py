"""A dataset's make-up as a picture: one bar for each category, parted by noise condition."""

from collections import Counter
from html import escape

from evals.dataset.utterances import Dataset

WIDTH, ROW, LEFT, UNIT = 640, 20, 190, 20
COLOURS = ("#3b6ea5", "#d08c3c", "#7a9e4f", "#9a5ea8")  # in the order of the conditions


def make_up_svg(dataset: Dataset) -> str:
    """An SVG that needs nothing from elsewhere."""
    counts: dict[str, Counter[str]] = {}
    for utterance in dataset.utterances:
        category = utterance.tags.get("category", "")
        counts.setdefault(category, Counter())[utterance.tags.get("noise", "")] += 1
    conditions = list(dict.fromkeys(noise for counter in counts.values() for noise in counter))
    unit = min(UNIT, (WIDTH - LEFT - 50) / max(counter.total() for counter in counts.values()))
    parts = [_text(LEFT + 110 * i, 15, name, COLOURS[i % 4]) for i, name in enumerate(conditions)]
    for row, (category, counter) in enumerate(counts.items(), start=1):
        top = ROW * row + 6
        parts.append(_text(4, top + 13, category, "#444"))
        left = float(LEFT)
        for i, name in enumerate(conditions):
            width = unit * counter[name]
            parts.append(
                f'<rect x="{left:.1f}" y="{top}" width="{width:.1f}" height="{ROW - 4}" '
                f'fill="{COLOURS[i % 4]}"/>'
            )
            left += width
        parts.append(_text(left + 4, top + 13, str(counter.total()), "#444"))
    height = ROW * (len(counts) + 1) + 10
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        'font-family="sans-serif" font-size="13"><rect width="100%" height="100%" fill="#fff"/>'
    )
    return "\n".join([head, *parts, "</svg>\n"])


def _text(left: float, base: float, words: str, colour: str) -> str:
    return f'<text x="{left:.1f}" y="{base}" fill="{colour}">{escape(words)}</text>'
