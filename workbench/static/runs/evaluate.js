// The Evaluate tab's lower half: the run as a table, and one utterance of it, its recording and
// both readings side by side.

import { typeset } from "../shared/board.js";
import { element, scrollable } from "../shared/dom.js";
import { request } from "../shared/requests.js";
import { fetchRun } from "./rows.js";
import { Table } from "../shared/table.js";

const SETTLING_MS = 90; // arrows held down must not ask for every row that they pass

/** The rows of the run that Evaluate shows. */
export class RunTable {
  #root;
  #utterance = new Utterance(document.getElementById("utterance"));
  #settling = 0;
  #asked = 0;

  constructor(root) {
    this.#root = root;
  }

  /** Show the run whose rows are at `address`. */
  async show(address) {
    const asked = ++this.#asked;
    const count = this.#root.querySelector("#evaluate-count");
    this.#root.hidden = false;
    count.textContent = "Opening…";
    try {
      const { run, rows } = await fetchRun(address);
      if (asked !== this.#asked) return;
      const attempts = `/api/runs/${encodeURIComponent(run.id)}/attempts`;
      const table = new Table(this.#root.querySelector("#evaluate-grid"), {
        label: "Utterances of the run",
        columns: COLUMNS,
        onActive: ({ number }) => this.#settle(`${attempts}/${number}`),
      });
      table.show(rows);
      count.textContent = `${rows.length.toLocaleString("en")} utterances.`;
      this.#root.querySelector("#evaluate-compare").href = `?${new URLSearchParams({ tab: "compare", runs: run.id })}`;
    } catch (error) {
      if (asked === this.#asked) count.textContent = error.message;
    }
  }

  #settle(address) {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#utterance.show(address), SETTLING_MS);
  }
}

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
    const nodes = await request("GET", address).then(attemptNodes, problemNodes);
    if (asked === this.#asked) this.#root.replaceChildren(...nodes);
  }
}

const COLUMNS = [
  { name: "id", title: "Utterance", width: "minmax(7rem, 1.7fr)", cell: ({ id, epoch }) => (epoch ? `${id} (${epoch})` : id) },
  { name: "verdict", title: "Verdict", width: "minmax(6.2rem, 1fr)", cell: ({ verdict }) => verdictBadge(verdict) },
  { name: "errors", title: "Errors", width: "4.5rem", cell: ({ errors, words }) => (errors === null ? "" : `${errors} of ${words}`) },
  { name: "said", title: "Said", width: "minmax(6rem, 2fr)", cell: ({ said }) => said },
  { name: "heard", title: "Heard", width: "minmax(6rem, 2fr)", cell: ({ heard }) => heard },
];

/** How an attempt came out, as a badge that is coloured, too. */
export function verdictBadge(verdict) {
  return element("span", { className: "wb-verdict", textContent: verdict, dataset: { verdict } });
}

/** One attempt, said beside understood, as nodes. */
export function attemptNodes(attempt) {
  const title = element("h2", { textContent: attempt.utterance_id });
  const head = element("header", { className: "wb-utterance-head" }, title, verdictBadge(attempt.verdict));
  const nodes = [head];
  if (attempt.clip) nodes.push(element("audio", { src: attempt.clip, controls: true, preload: "none" }));
  if (attempt.error) nodes.push(element("p", { className: "wb-problem", textContent: attempt.error }));
  nodes.push(
    element("div", { className: "wb-sides" }, side("Said", attempt.said), side("Understood", attempt.understood)),
    alignment(attempt.alignment),
  );
  return nodes;
}

function problemNodes({ message }) {
  return [element("p", { className: "wb-empty", textContent: message })];
}

function side(name, { text, readings }) {
  const formulas = readings.map(reading);
  if (!readings.length) formulas.push(element("p", { className: "wb-hint", textContent: "No formula." }));
  return element(
    "section",
    { className: "wb-side" },
    element("h3", { textContent: name }),
    element("p", { className: "wb-words", textContent: text || "(nothing)" }),
    ...formulas,
  );
}

/** A reading's prose and formulas, typeset. */
export function reading(pieces) {
  return scrollable(element("p", { className: "wb-math" }, ...pieces.map(piece)));
}

function piece(part) {
  return part.text === undefined ? typeset(part) : element("span", { className: "wb-prose", textContent: part.text });
}

/** The words said, and below each that was not heard what was heard instead. */
export function alignment(steps) {
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
