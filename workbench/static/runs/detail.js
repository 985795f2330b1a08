// One utterance of the compared runs: what was said, when what came, what each run made of it,
// and a listener's remarks.

import { saidPart, sidePart } from "./attempt_sides.js";
import { element } from "../shared/dom.js";
import { remarkForm } from "./remarks.js";
import { request } from "../shared/requests.js";
import { LETTERS } from "./rows.js";
import { waterfall } from "./waterfall.js";

const HIDDEN_PX = 480; // of a drawing that is not in view yet
const SETTLING_MS = 90; // arrows held down must not ask for every row that they pass

export class Detail {
  #root;
  #keep;
  /** @type {string[]} */
  #runs = [];
  /** @type {string[]} */
  #events = [];
  /** @type {Pair | null} */
  #pair = null;
  #side = 0;
  #settling = 0;

  /**
   * `keep(pair, remark)` keeps what a listener found.
   *
   * @param {HTMLElement} root
   * @param {(pair: Pair, remark: Wire.Remark) => Promise<void>} keep
   */
  constructor(root, keep) {
    this.#root = root;
    this.#keep = keep;
  }

  /**
   * The runs, by id, that its utterances are of, and the names of an answer's parts.
   *
   * @param {string[]} runs
   * @param {string[]} events
   */
  of(runs, events) {
    this.#runs = runs;
    this.#events = events;
    this.#side = Math.min(this.#side, runs.length - 1);
  }

  /**
   * Show it when no other one is asked for at once.
   *
   * @param {Pair} pair
   * @param {string[]} marks
   */
  settle(pair, marks) {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.show(pair, marks), SETTLING_MS);
  }

  /**
   * Show an utterance; `marks` are the tags to offer.
   *
   * @param {Pair} pair
   * @param {string[]} marks
   */
  async show(pair, marks) {
    this.#pair = pair;
    let nodes;
    try {
      const attempts = await Promise.all(pair.sides.map((row, i) => row && request("GET", this.#address(i, row))));
      nodes = this.#parts(pair, attempts, marks);
    } catch (error) {
      nodes = [element("p", { className: "wb-wrong", textContent: error.message })];
    }
    if (pair !== this.#pair) return;
    this.#root.replaceChildren(...nodes);
    this.#root.scrollTop = 0;
    this.#mark();
    this.#drawWaits();
  }

  focus() {
    this.#find("audio, button, input")?.focus();
  }

  /** Play what was said, or stop it. */
  play() {
    const clip = this.#find(".wb-clip");
    if (!(clip instanceof HTMLAudioElement)) return;
    if (clip.paused) clip.play();
    else clip.pause();
  }

  /** Look at the next run; gives what is to be told. */
  switch() {
    if (this.#runs.length < 2) return "There is one run only.";
    this.#side = (this.#side + 1) % this.#runs.length;
    this.#mark();
    this.#drawWaits();
    this.#root.querySelector(".wb-current")?.scrollIntoView({ block: "nearest" });
    return `Run ${LETTERS[this.#side]}`;
  }

  /**
   * Write into a field of the remarks.
   *
   * @param {string} name
   */
  edit(name) {
    const field = this.#find(`[name=${name}]`);
    if (!field) return;
    const folded = field.closest("details");
    if (folded) folded.open = true;
    field.focus();
  }

  /** @param {string} selector @returns {HTMLElement | null} */
  #find(selector) {
    return this.#root.querySelector(selector);
  }

  /** @param {Pair} pair @param {(RunAttemptView | null)[]} attempts @param {string[]} marks */
  #parts(pair, attempts, marks) {
    const [first] = attempts;
    if (!first) return [];
    const sides = attempts.flatMap((attempt, i) => (attempt ? [sidePart(attempt, i, attempts.length === 1)] : []));
    const waits = element("div", { className: "wb-waits" });
    const form = remarkForm(pair, first, marks, (remark) => this.#keep(pair, remark));
    return [saidPart(first, pair), waits, element("div", { className: "wb-run-sides" }, ...sides), form];
  }

  async #drawWaits() {
    const place = this.#root.querySelector(".wb-waits");
    if (!place || !this.#pair) return;
    const other = this.#pair.sides[this.#side];
    const address = other ? this.#address(this.#side, other) : this.#address(0, this.#pair.first);
    try {
      place.replaceChildren(await waterfall(`${address}/outline`, this.#events, place.clientWidth || HIDDEN_PX));
    } catch (error) {
      place.replaceChildren(element("p", { className: "wb-hint", textContent: error.message }));
    }
  }

  #mark() {
    const sides = /** @type {NodeListOf<HTMLElement>} */ (this.#root.querySelectorAll("[data-side]"));
    for (const side of sides) {
      side.classList.toggle("wb-current", side.dataset.side === String(this.#side) && this.#runs.length > 1);
    }
  }

  /** @param {number} side @param {RunRow} row */
  #address(side, row) {
    return `/api/runs/${encodeURIComponent(this.#runs[side])}/attempts/${row.number}`;
  }
}
