"""Plots that the notebooks share: no value without its interval and what it covers."""

from textwrap import fill

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.figure import Figure


def intervals(frame: pd.DataFrame, title: str, label: str, whose: str) -> Figure:
    """A line a row of `frame` (`value`, `low`, `high`, `n`), the first on top.

    `label` says what is measured and in what, `whose` whose figures these are.
    """
    figure, axes = plt.subplots(figsize=(7, 1.4 + 0.4 * len(frame)), layout="constrained")
    places = range(len(frame))
    axes.hlines(places, frame["low"], frame["high"], linewidth=2)
    axes.plot(frame["value"], places, "o")
    axes.set_yticks(places, [f"{name} (n {row['n']:.0f})" for name, row in frame.iterrows()])
    axes.set_ylim(len(frame) - 0.5, -0.5)
    axes.set_xlabel(f"{label}, with its 95 % interval")
    axes.set_title(f"{title}\n{fill(whose, 60)}", fontsize=10)
    axes.grid(axis="x", alpha=0.3)
    if (frame["low"] < 0).any():
        axes.axvline(0, color="gray", linewidth=1)
    return figure
