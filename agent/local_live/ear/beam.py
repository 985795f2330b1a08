"""Beam search: the likeliest hypotheses of a sound, n-best, with what the text makes likely."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from agent.local_live.ear.guards import banned_tokens, is_loop, mark_tokens, most_tokens
from agent.local_live.ear.moonshine import Decoding, Floats, Moonshine
from agent.local_live.ear.tokenizer import END, WORD_START

WIDTH = 4  # 8 were no better
CANDIDATES = 8 * WIDTH
DENIED_NATS = 7.0  # behind the token that sounds best: no text brings it back
MARGIN_NATS = 2.0  # the search ends when what goes on is so far behind what has ended

SAID_NATS = -0.5  # a token, at least; speech has -0.1 to -0.8


class TextBonus(Protocol):
    """What the words so far make likelier than sound alone does."""

    @property
    def banned(self) -> npt.NDArray[np.bool_]:
        """Tokens that are never written, shape (n_tokens,)."""
        ...

    def bonus(self, history: tuple[int, ...]) -> Floats:
        """Nats to add to each token's log-probability, shape (n_tokens,).

        `history` has the hypothesis's tokens, marks left out.
        """
        ...


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One way to hear a sound.

    `score` ranks hypotheses of the same sound, in nats; `log_probs` are what the sound alone
    gave to each of the `tokens`; `words` are theirs without case and marks.
    """

    score: float = 0.0
    tokens: tuple[int, ...] = ()
    log_probs: tuple[float, ...] = ()
    history: tuple[int, ...] = ()
    words: str = ""


class BeamSearch:
    """Searches with a model; hypotheses of the same words count as one."""

    def __init__(self, model: Moonshine, text: TextBonus | None = None) -> None:
        self._model = model
        self._text = text
        texts = model.tokenizer.texts
        self._is_mark = mark_tokens(texts)
        self.banned = banned_tokens(texts)
        if text is not None:
            self.banned = self.banned | text.banned
        self._letters = [
            "" if is_mark else t.lower() for t, is_mark in zip(texts, self._is_mark, strict=True)
        ]

    def search(self, sound: Floats) -> list[Hypothesis]:
        """The hypotheses of 16 kHz sound, best first, at least one."""
        decoding = self._model.listen(sound)
        live, ended = [Hypothesis()], dict[str, Hypothesis]()
        for _ in range(most_tokens(len(sound))):
            grown = self._grow(live, decoding, ended)
            if not grown or _is_over(grown, ended):
                break
            rows, live = [row for row, _ in grown], [hypothesis for _, hypothesis in grown]
            decoding = self._model.go_on(decoding, rows, [each.tokens[-1] for each in live])
        return longest_said(sorted(ended.values() or live, key=lambda each: -each.score))

    def _grow(
        self, live: Sequence[Hypothesis], decoding: Decoding, ended: dict[str, Hypothesis]
    ) -> list[tuple[int, Hypothesis]]:
        """The best hypotheses one token longer, each with its row; those that end go to `ended`."""
        grown: dict[str, tuple[int, Hypothesis]] = {}
        for row, token, score in _best(self._scores(live, decoding)):
            before = live[row]
            if token == END:
                _keep_better(ended, before, score, float(decoding.log_probs[row, END]))
                continue
            after = self._with(before, token, score, float(decoding.log_probs[row, token]))
            if after.words not in grown and not is_loop(after.tokens):
                grown[after.words] = (row, after)
            if len(grown) == WIDTH:
                break
        return list(grown.values())

    def _scores(self, live: Sequence[Hypothesis], decoding: Decoding) -> Floats:
        """Each live hypothesis's score with each token, minus infinity where it is forbidden."""
        sound = decoding.log_probs
        scores = sound + np.array([[each.score] for each in live], np.float32)
        if self._text is not None:
            scores += np.stack([self._text.bonus(each.history) for each in live])
        scores[:, self.banned] = -np.inf
        scores[sound < sound.max(axis=1, keepdims=True) - DENIED_NATS] = -np.inf
        return np.asarray(scores)

    def _with(self, before: Hypothesis, token: int, score: float, log_prob: float) -> Hypothesis:
        is_mark = self._is_mark[token]
        return Hypothesis(
            score,
            (*before.tokens, token),
            (*before.log_probs, log_prob),
            before.history if is_mark else (*before.history, token),
            before.words + self._letters[token],
        )


def longest_said(ranked: list[Hypothesis]) -> list[Hypothesis]:
    """The hypotheses; one that goes on where the best ends comes first if its rest sounds said.

    Scores are sums of logarithms, so ending early, at a pause, costs less than many words.
    """
    best = ranked[0]
    going_on = [
        each
        for each in ranked[1:]
        if each.words.startswith(best.words + WORD_START)
        and np.mean(each.log_probs[len(best.tokens) :]) >= SAID_NATS
    ]
    if not going_on:
        return ranked
    longest = max(going_on, key=lambda each: len(each.tokens))
    return [longest, *(each for each in ranked if each is not longest)]


def _best(scores: Floats) -> Iterator[tuple[int, int, float]]:
    """Row, token and score of the best that are not forbidden, best first."""
    flat = scores.ravel()
    best = np.argpartition(-flat, CANDIDATES)[:CANDIDATES]
    for at in best[np.argsort(-flat[best], kind="stable")]:
        if np.isfinite(flat[at]):
            row, token = divmod(int(at), scores.shape[1])
            yield row, token, float(flat[at])


def _keep_better(
    ended: dict[str, Hypothesis], before: Hypothesis, score: float, log_prob: float
) -> None:
    if before.words not in ended or ended[before.words].score < score:
        log_probs = (*before.log_probs, log_prob)
        ended[before.words] = Hypothesis(
            score, before.tokens, log_probs, before.history, before.words
        )


def _is_over(grown: Sequence[tuple[int, Hypothesis]], ended: dict[str, Hypothesis]) -> bool:
    best_ended = max((each.score for each in ended.values()), default=-np.inf)
    return max(each.score for _, each in grown) < best_ended - MARGIN_NATS
