// The Evaluate tab's lower half: the run as a table, and one utterance of it, its recording and
// both readings side by side.

import { typeset } from "../shared/board.js";
import { byId, element, scrollable } from "../shared/dom.js";
import { request } from "../shared/requests.js";
import { fetchRun } from "./rows.js";
import { Table } from "../shared/table.js";

const SETTLING_MS = 90; // arrows held down must not ask for every row that they pass

/** The rows of the run that Evaluate shows. */
export class RunTable {
  #root = byId("evaluate-table", HTMLElement);
  #utterance = new Utterance(byId("utterance", HTMLElement));
  #settling = 0;
  #asked = 0;

  /**
   * Show the run whose rows are at `address`.
   *
   * @param {string} address
   */
  async show(address) {
    const asked = ++this.#asked;
    const count = byId("evaluate-count", HTMLElement);
    this.#root.hidden = false;
    count.textContent = "Opening…";
    try {
      const { run, rows } = await fetchRun(address);
      if (asked !== this.#asked) return;
      const attempts = `/api/runs/${encodeURIComponent(run.id)}/attempts`;
      const table = new Table(byId("evaluate-grid", HTMLElement), {
        label: "Utterances of the run",
        columns: COLUMNS,
        onActive: ({ number }) => this.#settle(`${attempts}/${number}`),
      });
      table.show(rows);
      count.textContent = `${rows.length.toLocaleString("en")} utterances.`;
      byId("evaluate-compare", HTMLAnchorElement).href = `?${new URLSearchParams({ tab: "compare", runs: run.id })}`;
    } catch (error) {
      if (asked === this.#asked) count.textContent = error.message;
    }
  }

  /** @param {string} address */
  #settle(address) {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#utterance.show(address), SETTLING_MS);
  }
}

export class Utterance {
  #root;
  #asked = 0;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root;
  }

  clear() {
    this.#asked++;
    this.#root.replaceChildren();
  }

  /**
   * Show the attempt that `address` describes; an empty one shows none.
   *
   * @param {string} address
   */
  async show(address) {
    const asked = ++this.#asked;
    if (!address) return;
    const nodes = await request("GET", address).then(attemptNodes, problemNodes);
    if (asked === this.#asked) this.#root.replaceChildren(...nodes);
  }
}

/** @type {import("../shared/table.js").Column<RunRow>[]} */
const COLUMNS = [
  { name: "id", title: "Utterance", width: "minmax(7rem, 1.7fr)", cell: ({ utterance_id: id, epoch }) => (epoch ? `${id} (${epoch})` : id) },
  { name: "verdict", title: "Verdict", width: "minmax(6.2rem, 1fr)", cell: verdictBadge },
  { name: "errors", title: "Errors", width: "4.5rem", cell: errorCount },
  { name: "said", title: "Said", width: "minmax(6rem, 2fr)", cell: ({ said }) => said },
  { name: "heard", title: "Heard", width: "minmax(6rem, 2fr)", cell: ({ heard }) => heard },
];

/**
 * Word errors of one attempt: `1 of 9`.
 *
 * @param {Pick<Wire.Row, "word_errors" | "reference_words">} row
 */
export function errorCount({ word_errors: errors, reference_words: words }) {
  return errors === null ? "" : `${errors} of ${words}`;
}

/**
 * How an attempt came out, as a badge that is coloured, too.
 *
 * @param {Pick<Wire.Row, "verdict" | "is_right">} row
 */
export function verdictBadge({ verdict, is_right: isRight }) {
  return element("span", { className: "wb-verdict", textContent: verdict, dataset: { right: String(isRight) } });
}

/**
 * One attempt, said beside understood, as nodes.
 *
 * @param {AttemptView} attempt
 */
export function attemptNodes(attempt) {
  const title = element("h2", { textContent: attempt.utterance_id });
  const head = element("header", { className: "wb-utterance-head" }, title, verdictBadge(attempt));
  /** @type {HTMLElement[]} */
  const nodes = [head];
  if (attempt.clip) nodes.push(element("audio", { src: attempt.clip, controls: true, preload: "none" }));
  if (attempt.error) nodes.push(element("p", { className: "wb-problem", textContent: attempt.error }));
  nodes.push(
    element("div", { className: "wb-sides" }, side("Said", attempt.said, attempt.readings.accepted), side("Understood", attempt.heard, attempt.readings.written)),
    alignment(attempt.alignment),
  );
  return nodes;
}

/** @param {Error} error */
function problemNodes({ message }) {
  return [element("p", { className: "wb-empty", textContent: message })];
}

/** @param {string} name @param {string} text @param {Reading[]} readings */
function side(name, text, readings) {
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

/**
 * A reading's prose and formulas, typeset.
 *
 * @param {Reading} pieces
 */
export function reading(pieces) {
  return scrollable(element("p", { className: "wb-math" }, ...pieces.map(piece)));
}

/** @param {Reading[number]} part */
function piece(part) {
  return "text" in part ? element("span", { className: "wb-prose", textContent: part.text }) : typeset(part);
}

/**
 * The words said, and below each that was not heard what was heard instead.
 *
 * @param {Wire.StepView[]} steps
 */
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
