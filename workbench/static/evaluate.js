// The Evaluate tab's lower half: one utterance, its recording and both readings side by side.

import { typeset } from "./board.js";
import { element, scrollable, sentence } from "./dom.js";

export class Utterance {
  #root;
  #asked = 0;

  constructor(root) {
    this.#root = root;
  }

  clear() {
    this.#asked++;
    this.#root.replaceChildren();
  }

  /** Show the attempt that `address` describes; an empty one shows none. */
  async show(address) {
    const asked = ++this.#asked;
    if (!address) return;
    const response = await fetch(address);
    const nodes = response.ok
      ? attemptNodes(await response.json())
      : [element("p", { className: "wb-empty", textContent: await sentence(response) })];
    if (asked === this.#asked) this.#root.replaceChildren(...nodes);
  }
}

/** One attempt, said beside understood, as nodes. */
export function attemptNodes(attempt) {
  const title = element("h2", { textContent: attempt.utterance_id });
  const verdict = element("span", { className: "wb-verdict", textContent: attempt.verdict });
  verdict.dataset.verdict = attempt.verdict;
  const head = element("header", { className: "wb-utterance-head" }, title, verdict);
  const nodes = [head];
  if (attempt.clip) nodes.push(element("audio", { src: attempt.clip, controls: true, preload: "none" }));
  if (attempt.error) nodes.push(element("p", { className: "wb-problem", textContent: attempt.error }));
  nodes.push(
    element("div", { className: "wb-sides" }, side("Said", attempt.said), side("Understood", attempt.understood)),
    alignment(attempt.alignment),
  );
  return nodes;
}

function side(name, { text, readings }) {
  const formulas = readings.map((pieces) => scrollable(element("p", { className: "wb-math" }, ...pieces.map(piece))));
  if (!readings.length) formulas.push(element("p", { className: "wb-hint", textContent: "No formula." }));
  return element(
    "section",
    { className: "wb-side" },
    element("h3", { textContent: name }),
    element("p", { className: "wb-words", textContent: text || "(nothing)" }),
    ...formulas,
  );
}

function piece(part) {
  return part.text === undefined ? typeset(part) : element("span", { className: "wb-prose", textContent: part.text });
}

function alignment(steps) {
  const words = steps.map(({ kind, said, heard }) =>
    element(
      "span",
      { className: "wb-step", dataset: { kind } },
      element("span", { textContent: said ?? "+" }),
      element("span", { textContent: kind === "hit" ? "" : (heard ?? "−") }),
    ),
  );
  return element("p", { className: "wb-alignment", role: "group", ariaLabel: "Words said, and below them the words heard instead" }, ...words);
}
